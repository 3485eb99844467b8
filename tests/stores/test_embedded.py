"""Versions on disk, with real processes: readers, publishers, and publishers that die."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.errors import StoreError
from aigov_graph.stores import Version, VersionedStore, named_quads
from aigov_graph.stores.base import canonical_quads, digest_of
from aigov_graph.vocabulary.namespaces import GRAPH
from tests.stores.conftest import Play

EX = "http://example.org/"
MARK = ox.NamedNode(EX + "mark")


def quads(mark: str, count: int = 3, graph: str = EX + "g") -> list[ox.Quad]:
    """Some statements that bear a mark."""
    return [ox.Quad(ox.NamedNode(f"{EX}s{i}"), MARK, ox.Literal(mark), ox.NamedNode(graph)) for i in range(count)]


def marks(store: ox.Store) -> set[str]:
    """The marks that a query sees which names no graph."""
    return {row[0].value for row in store.query("SELECT ?m { ?s <http://example.org/mark> ?m }")}  # type: ignore[union-attr]


def tell(process: subprocess.Popen[str]) -> None:
    """Let a waiting process go on."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    """The next line a process says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def finish(process: subprocess.Popen[str]) -> int:
    """Wait for a process and return its exit code."""
    process.communicate()
    return process.returncode


def entries(folder: Path) -> set[str]:
    """The names in a folder."""
    return {path.name for path in folder.iterdir()}


def test_an_empty_store_has_no_version(store: VersionedStore) -> None:
    """It says what to do; looking makes nothing."""
    assert store.current() is None
    with pytest.raises(StoreError) as caught:
        store.lease()
    assert (caught.value.what, caught.value.remedy) == ("nothing was published yet", "run: aigov-graph build")
    assert not store.folder.exists()


def test_what_is_published_is_current(store: VersionedStore) -> None:
    """Number, folder, digest and count, told alike by the publisher and to a reader."""
    published = store.publish(iter(quads("one") + quads("one")))
    assert published == Version(1, store.folder / "versions" / "1", digest_of(canonical_quads(quads("one"))), 3)
    assert VersionedStore(store.folder).current() == published
    with store.lease() as lease:
        assert lease.version == published
        assert set(named_quads(lease.store)) == set(quads("one"))
        with pytest.raises(RuntimeError, match="read-write"):
            lease.store.add(quads("two")[0])


def test_the_same_statements_in_any_order_have_one_digest(store: VersionedStore) -> None:
    """The number grows, the digest does not change."""
    first = store.publish(quads("one"))
    second = store.publish(reversed(quads("one")))
    assert (second.number, second.digest) == (2, first.digest)
    assert store.publish(quads("two")).digest != first.digest


def test_a_query_that_names_no_graph_sees_all_but_the_shapes(store: VersionedStore) -> None:
    """A statement of two graphs is seen once; counts and dumps are of the named graphs."""
    version = store.publish([*quads("a"), *quads("a", graph=EX + "h"), *quads("shape", graph=GRAPH.shapes)])
    assert version.quads == 9
    with store.lease() as lease:
        assert marks(lease.store) == {"a"}
        assert len(list(lease.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == 3
        assert len(list(named_quads(lease.store))) == 9
        named = lease.store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        assert {row[0].value for row in named} == {EX + "g", EX + "h", GRAPH.shapes}  # type: ignore[union-attr]


def test_blank_nodes_have_the_same_labels_in_every_build(store: VersionedStore) -> None:
    """The shapes hold some; a parser gives them another label each time."""
    text = b"<http://example.org/s> <http://example.org/p> [ <http://example.org/q> 1 ] ."
    built = []
    for _ in range(2):
        graph = ox.NamedNode(GRAPH.shapes)
        parsed = ox.parse(text, format=ox.RdfFormat.TURTLE)
        built.append(store.publish(ox.Quad(q.subject, q.predicate, q.object, graph) for q in parsed).digest)
    assert built[0] == built[1]


def test_a_statement_without_a_graph_is_refused(store: VersionedStore) -> None:
    """The default graph is the store's own to make."""
    store.publish(quads("old"))
    with pytest.raises(StoreError, match="belongs to no named graph"):
        store.publish([ox.Quad(MARK, MARK, MARK)])
    assert store.current() == Version(1, store.folder / "versions" / "1", digest_of(quads("old")), 3)


def test_only_the_last_versions_stay(store: VersionedStore) -> None:
    """Two here, the current one among them; leases and records go with their version."""
    for number in range(1, 5):
        store.publish(quads(str(number)))
    assert entries(store.folder / "versions") == {"3", "3.json", "4", "4.json"}
    assert entries(store.folder / "leases") == {"3", "4"}


def test_a_reader_in_another_process_keeps_its_version(store: VersionedStore, play: Play) -> None:
    """It reads on while four versions supersede it; once it lets go the next publication removes it."""
    store.publish(quads("old"))
    reader = play("with store.lease() as lease:\n say(lease.version.number)\n wait()\n say(marks(lease.store))\nwait()")
    assert hear(reader) == "1"
    for number in range(2, 6):
        store.publish(quads(str(number)))
    assert entries(store.folder / "versions") == {"1", "1.json", "4", "4.json", "5", "5.json"}
    tell(reader)
    assert hear(reader) == "['old']"
    tell(reader)
    assert finish(reader) == 0
    store.publish(quads("6"))
    assert entries(store.folder / "versions") == {"5", "5.json", "6", "6.json"}


def test_a_reader_that_is_killed_keeps_nothing(store: VersionedStore, play: Play) -> None:
    """The operating system gives its lock back."""
    store.publish(quads("old"))
    reader = play("lease = store.lease()\nsay(lease.version.number)\nwait()")
    assert hear(reader) == "1"
    reader.kill()
    finish(reader)
    store.publish(quads("2"))
    store.publish(quads("3"))
    assert entries(store.folder / "versions") == {"2", "2.json", "3", "3.json"}


def test_a_closed_lease_is_of_no_use(store: VersionedStore) -> None:
    """Closing twice is harmless, using it afterwards is an error."""
    store.publish(quads("one"))
    lease = store.lease()
    lease.close()
    lease.close()
    with pytest.raises(StoreError, match="the lease was closed"):
        _ = lease.store


def test_a_version_that_still_lies_there_can_be_read(store: VersionedStore) -> None:
    """By whoever knows it; one that is gone is an error."""
    first, second = store.publish(quads("1")), store.publish(quads("2"))
    with store.lease(first) as lease:
        assert (lease.version, marks(lease.store)) == (first, {"1"})
    store.publish(quads("3"))
    with pytest.raises(StoreError, match="version 1 is gone"):
        store.lease(first)
    with store.lease(second) as lease:
        assert marks(lease.store) == {"2"}


def test_publishers_and_readers_at_once_see_whole_versions_only(store: VersionedStore, play: Play) -> None:
    """Three publish, three read: every version read has the digest and count it was published with."""
    store.publish(quads("0"))
    publishers = [
        play(f"for n in range(8):\n store.publish(quads('{name}' + str(n), count=50 + n))\nsay('done')")
        for name in "abc"
    ]
    readers = [
        play(
            "import select\n"
            "seen = set()\n"
            "while not select.select([sys.stdin], [], [], 0)[0]:\n"
            " with store.lease() as lease:\n"
            "  found = list(named_quads(lease.store))\n"
            "  assert digest_of(found) == lease.version.digest, lease.version\n"
            "  assert len(found) == lease.version.quads\n"
            "  assert len(marks(lease.store)) == 1\n"
            "  seen.add(lease.version.number)\n"
            "assert seen\n"
            "say(max(seen))"
        )
        for _ in range(3)
    ]
    assert [hear(publisher) for publisher in publishers] == ["done"] * 3
    assert [finish(publisher) for publisher in publishers] == [0, 0, 0]
    for reader in readers:
        tell(reader)
    assert all(int(hear(reader)) >= 1 for reader in readers)
    assert [finish(reader) for reader in readers] == [0, 0, 0]
    current = store.current()
    assert current is not None
    assert current.number == 25
    store.publish(quads("last"))
    assert entries(store.folder / "versions") == {"25", "25.json", "26", "26.json"}


def test_a_publisher_whose_statements_fail_changes_nothing(store: VersionedStore) -> None:
    """The error is the caller's own; the version before stays current and nothing is left behind."""
    before = store.publish(quads("old"))

    def failing() -> Iterator[ox.Quad]:
        yield from quads("new")
        raise ValueError("the derivation failed")

    with pytest.raises(ValueError, match="the derivation failed"):
        store.publish(failing())
    assert store.current() == before
    assert entries(store.folder / "versions") == {"1", "1.json"}


def test_a_full_disk_changes_nothing(store: VersionedStore, play: Play) -> None:
    """A limit on the size of files stands for it: the engine's own writing fails midway."""
    before = store.publish(quads("old"))
    publisher = play(
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))\n"
        "from aigov_graph.errors import StoreError\n"
        "try:\n store.publish([q for n in range(3000) for q in quads(str(n**40))])\n"
        "except StoreError as error:\n say(error.what)"
    )
    said = hear(publisher)
    assert said.startswith("a version cannot be written: IO error")
    assert said.endswith("File too large")
    assert finish(publisher) == 0
    assert store.current() == before
    assert entries(store.folder / "versions") == {"1", "1.json"}
    assert store.publish(quads("new")).number == 2


CRASHES = """
import os, signal
class Dies:
    def __init__(self, step):
        self.left = step
    def __call__(self, event, args):
        if store.folder.name in str(args):
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
step = 0
while True:
    step += 1
    child = os.fork()
    if child == 0:
        sys.addaudithook(Dies(step))
        store.publish(quads(f"step {step}"))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    say(step, "killed" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
    wait()
    if not os.WIFSIGNALED(status):
        break
"""


def test_a_publisher_killed_at_any_step_leaves_the_old_version_or_the_new(store: VersionedStore, play: Play) -> None:
    """It is killed at its first call to the operating system, then at its second, and so on until it gets through."""
    store.publish(quads("step 0"))
    publishers = play(CRASHES)
    expected, superseded, last = "step 0", 0, 0
    while (said := hear(publishers).split(" ", 1))[1] == "killed":
        last = int(said[0])
        with store.lease() as lease:
            assert marks(lease.store) <= {expected, f"step {last}"}
            assert digest_of(list(named_quads(lease.store))) == lease.version.digest
            if marks(lease.store) != {expected}:
                expected = f"step {last}"
                superseded += 1
        tell(publishers)
    assert said[1] == "0"
    assert last > 30
    assert superseded > 0
    tell(publishers)
    assert finish(publishers) == 0
    store.publish(quads("clean"))
    current = store.current()
    assert current is not None
    numbers = {current.number - 1, current.number}
    assert entries(store.folder / "versions") == {f"{n}{suffix}" for n in numbers for suffix in ("", ".json")}
    assert entries(store.folder / "leases") == {str(n) for n in numbers}
    assert entries(store.folder) == {"current", "leases", "lock", "versions"}


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda folder: (folder / "current").write_text("seven"), "holds no version's number"),
        (lambda folder: (folder / "current").write_bytes(b"\xff"), "cannot be read"),
        (lambda folder: (folder / "versions" / "1.json").write_text("{"), "the record of version 1 cannot be read"),
        (lambda folder: (folder / "versions" / "1.json").unlink(), "the record of version 1 cannot be read"),
        (lambda folder: (folder / "leases" / "1").unlink(), "the current version's folder or lease file is missing"),
        (
            lambda folder: (folder / "versions" / "1").rename(folder / "elsewhere"),
            "the current version's folder or lease file is missing",
        ),
        (lambda folder: (folder / "versions" / "1" / "CURRENT").unlink(), "cannot be opened"),
    ],
)
def test_a_damaged_store_is_an_error_with_its_place(
    store: VersionedStore, damage: Callable[[Path], object], what: str
) -> None:
    """Never an endless wait, never an empty answer."""
    store.publish(quads("one"))
    damage(store.folder)
    with pytest.raises(StoreError) as caught, store.lease() as lease:
        _ = lease.store
    assert what in caught.value.what
    assert str(store.folder) in caught.value.where
    assert caught.value.remedy


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "store").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        VersionedStore(tmp_path / "store").publish(quads("one"))


def test_what_is_made_beside_a_version_comes_and_goes_with_it(store: VersionedStore) -> None:
    """It is there before the version is current; a failure in making it leaves the version before."""

    def count(made_of: list[ox.Quad], folder: Path) -> None:
        (folder / "count").write_text(str(len(made_of)))

    def fail(made_of: list[ox.Quad], folder: Path) -> None:
        (folder / "half").write_text("")
        raise OSError("no space")

    first = store.publish(quads("1"), {"tally": count})
    assert (first.beside("tally") / "count").read_text() == "3"
    with pytest.raises(StoreError, match="no space"):
        store.publish(quads("2"), {"tally": fail})
    assert store.current() == first
    assert entries(store.folder / "versions") == {"1", "1.json", "1.tally"}
    for number in range(2, 4):
        store.publish(quads(str(number)))
    assert entries(store.folder / "versions") == {"2", "2.json", "3", "3.json"}
