"""No sentence of a source stands in this repository: its words are its publisher's.

The proof needs no copy of the source. `data/zeng-2021-runs.txt` lists the digests of all runs of eight words of the
interview, and no run of eight words in any text file here has one of them. `data/allowed-runs.txt` holds the names and
titles that are words of the source and may be written all the same, each with the reason.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from aigov_graph.dataset import find_data
from aigov_graph.passages import digest_words

ROOT = find_data().graphs.parent
DATA = Path(__file__).parent / "data"
SOURCE = ROOT.parent / "shared" / "source" / "zeng-interview-2021.txt"
LENGTH = 8
RUNS = 1892

INVENTED = "The Port Council told the Harbour Ministry on Monday that no ferry had ever been late."


def words(text: str) -> list[str]:
    """The words of a text as `passages.digest_words` sees them."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


def runs(text: str) -> Iterator[str]:
    """All runs of eight words of a text."""
    found = words(text)
    return (" ".join(found[start : start + LENGTH]) for start in range(len(found) - LENGTH + 1))


def digest(run: str) -> str:
    """The first 16 hexadecimal digits of a run's digest."""
    return sha256(run.encode()).hexdigest()[:16]


def copied(text: str, digests: frozenset[str], allowed: frozenset[str] = frozenset()) -> list[str]:
    """The runs of a text that are in a list of digests, those allowed left out."""
    return [run for run in runs(text) if digest(run) in digests and run not in allowed]


def listed() -> frozenset[str]:
    """The shipped digests."""
    lines = (DATA / "zeng-2021-runs.txt").read_text().splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def allowances() -> list[tuple[str, str]]:
    """The names and titles that may be written, each with the reason."""
    lines = (DATA / "allowed-runs.txt").read_text().splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return [(phrase, reason) for phrase, _, reason in pairs]


def text_files() -> Iterator[tuple[str, str]]:
    """Name and content of every file that is in the repository or about to be, where it is text."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout: which files belong to it is known to git alone")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    for name in sorted(filter(None, names)):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            yield name, content.decode(errors="replace")


def test_no_run_of_the_interview_stands_in_the_repository() -> None:
    """Rewrite in words of your own what this names."""
    digests = listed()
    allowed = frozenset(run for phrase, _ in allowances() for run in runs(phrase))
    found = [f"{name}: {run}" for name, text in text_files() for run in copied(text, digests, allowed)]
    assert found == []


def test_this_very_file_is_among_those_looked_at() -> None:
    """So are data, ontology and prose."""
    names = {name for name, _ in text_files()}
    assert {"tests/test_no_source_text.py", "README.md", "ontology/ANNOTATION.md"} <= names


@pytest.mark.parametrize(
    "disguise",
    [
        "{}",
        "He wrote: «{}»!",
        'rdfs:label "{}"@en ;',
        "# {}",
    ],
)
def test_a_planted_run_is_found(disguise: str) -> None:
    """In quotes, in Turtle, in a comment."""
    digests = frozenset(map(digest, runs(INVENTED)))
    planted = "the harbour ministry on monday that no ferry"
    assert copied(disguise.format(planted), digests) == [planted]


def test_another_spelling_hides_nothing() -> None:
    """Case, width, punctuation and line breaks do not count."""
    digests = frozenset(map(digest, runs(INVENTED)))
    assert copied("THE HARBOUR\n# Ministry—on ‘Monday’;\tthat ＮＯ_ferry", digests) == [
        "the harbour ministry on monday that no ferry"
    ]


def test_seven_words_in_a_row_are_not_a_run() -> None:
    """Nor are eight with another between them."""
    digests = frozenset(map(digest, runs(INVENTED)))
    assert copied("the harbour ministry on monday that no", digests) == []
    assert copied("the harbour ministry on monday that really no ferry", digests) == []


def test_an_allowed_phrase_allows_no_more_than_itself() -> None:
    """One word beyond it makes a run that is found."""
    digests = frozenset(map(digest, runs(INVENTED)))
    phrase = "The Port Council told the Harbour Ministry on"
    assert copied(phrase, digests, frozenset(runs(phrase))) == []
    assert copied(f"{phrase} Monday", digests, frozenset(runs(phrase))) == [
        "port council told the harbour ministry on monday"
    ]


def test_words_are_those_of_the_passages() -> None:
    """The list and a passage's digest see a text in the same way."""
    assert digest_words("Ｔhe ﬁrst_ferry’s 2nd trip").removeprefix("sha256:")[:16] == digest(
        "the first ferry s 2nd trip"
    )


def test_every_allowance_has_a_reason_and_a_use() -> None:
    """A phrase that is shorter than a run, or not of the source, needs no allowance."""
    digests = listed()
    for phrase, reason in allowances():
        assert reason, phrase
        assert list(runs(phrase)), phrase
        assert all(digest(run) in digests for run in runs(phrase)), phrase


def test_the_list_is_well_formed() -> None:
    """Digests in order, each once, as many as the interview has runs."""
    lines = [line for line in (DATA / "zeng-2021-runs.txt").read_text().splitlines() if not line.startswith("#")]
    assert lines == sorted(set(lines))
    assert all(re.fullmatch(r"[0-9a-f]{16}", line) for line in lines)
    assert len(lines) == RUNS


def test_the_list_is_that_of_the_source() -> None:
    """All its runs and no other; and a run planted from it is found."""
    if not SOURCE.is_file():
        pytest.skip("the interview's text is not in a folder 'shared' beside this checkout")
    text = SOURCE.read_bytes().decode()
    assert frozenset(map(digest, runs(text))) == listed()
    sentence = words(text)[100:108]
    assert copied(f"Zeng says: {' '.join(sentence)}.", listed()) == [" ".join(sentence)]
