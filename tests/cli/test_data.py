"""build, validate, format and verify-source on a small folder of data."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import rdflib

from aigov_graph.stores import VersionedStore
from aigov_graph.turtle import canonical
from aigov_graph.validation import RENDERERS
from tests.cli.conftest import FACT, FILES, HEADER, TEXT, Run

AGENCIES = "graphs/entities/agencies.ttl"


def lines_before(name: str, text: str) -> int:
    """In which line of a fixture's file a text stands."""
    whole = HEADER + FILES[name]
    return whole[: whole.index(text)].count("\n") + 1


def spoil(data: Path) -> str:
    """Take a label away; returns where the agency stands."""
    path = data / AGENCIES
    path.write_text(path.read_text().replace('rdfs:label "Harbour Ministry"@en', 'skos:altLabel "HM"@en'))
    return f"{AGENCIES}:{lines_before(AGENCIES, 'id:harbour-ministry')}"


def test_build_publishes_a_version(run: Run, data: Path, tmp_path: Path) -> None:
    """Its number, size and digest on stdout, the steps on stderr; a second build is the same graph."""
    first = run("build", "--data", data)
    version = VersionedStore(tmp_path / "store").current()
    assert version is not None
    assert first.returncode == 0
    assert first.stdout == f"version 1: {version.quads} statements, {version.digest}\n"
    assert first.stderr.splitlines()[:2] == ["read ...", "validate ..."]
    second = run("build", "--data", data, PYTHONHASHSEED="7")
    assert second.stdout == f"version 2: {version.quads} statements, {version.digest}\n"


def test_build_writes_the_statements_it_published(run: Run, data: Path, tmp_path: Path) -> None:
    """To a file, or to stdout with the summary on stderr; sorted, and their digest is the version's."""
    to_file = run("build", "--data", data, "--nquads", "graph.nq")
    raw = (tmp_path / "graph.nq").read_bytes()
    assert raw.splitlines(keepends=True) == sorted(raw.splitlines(keepends=True))
    assert f"sha256:{hashlib.sha256(raw).hexdigest()}\n" in to_file.stdout
    assert FACT.encode() in raw
    to_stdout = run("build", "--data", data, "--nquads", "-")
    assert to_stdout.stdout == raw.decode()
    assert to_stdout.stderr.splitlines()[-1] == to_file.stdout.strip().replace("version 1", "version 2")


def test_a_build_of_wrong_data_publishes_nothing(run: Run, data: Path, tmp_path: Path) -> None:
    """The problems and the error are on stderr; the version before stays current."""
    run("build", "--data", data)
    before = VersionedStore(tmp_path / "store").current()
    where = spoil(data)
    done = run("build", "--data", data, "--nquads", "graph.nq")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{where}: error: id:harbour-ministry" in done.stderr
    assert "error: 1 thing in the data must be mended; nothing was published" in done.stderr
    assert VersionedStore(tmp_path / "store").current() == before
    assert not (tmp_path / "graph.nq").exists()


@pytest.mark.parametrize("command", ["build", "validate", "format"])
def test_a_syntax_error_is_told_with_file_line_and_column(run: Run, data: Path, command: str) -> None:
    """And nothing is half-built."""
    path = data / AGENCIES
    text = path.read_text()
    path.write_text(text + "id:quay a aigov:Place\n  quay:label 1 .\n")
    done = run(command, "--data", data)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"  at {AGENCIES}:{text.count(chr(10)) + 2}:3\n" in done.stderr
    assert not (data.parent / "store").exists()


def test_validate_shows_warnings_and_is_content(run: Run, data: Path) -> None:
    """The report is data: on stdout."""
    done = run("validate", "--data", data)
    assert done.returncode == 0
    assert f"{AGENCIES}:{lines_before(AGENCIES, 'id:port-council')}: warning: id:port-council" in done.stdout
    assert "Another name helps." in done.stdout


def test_validate_fails_on_a_violation(run: Run, data: Path) -> None:
    """With the file, the line and the words of the shape."""
    where = spoil(data)
    done = run("validate", "--data", data)
    assert done.returncode == 1
    assert f"{where}: error: id:harbour-ministry" in done.stdout
    assert "An agency has a label." in done.stdout


def test_validate_has_every_form_of_report(run: Run, data: Path) -> None:
    """The choices are those of the renderers; each form is read back."""
    assert sorted(RENDERERS) == ["json", "text", "turtle"]
    assert isinstance(json.loads(run("validate", "--data", data, "--format", "json").stdout), dict)
    graph = rdflib.Graph().parse(data=run("validate", "--data", data, "--format", "turtle").stdout, format="turtle")
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.SH.ValidationReport))) == 1
    assert run("validate", "--data", data, "--format", "html").returncode == 2


def test_validate_facts_is_an_equality(run: Run, data: Path, tmp_path: Path) -> None:
    """Of the store's derived statements and those that the claims yield now."""
    missing = run("validate", "--data", data, "--facts")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "error: nothing was published yet" in missing.stderr
    run("build", "--data", data)
    same = run("validate", "--data", data, "--facts")
    assert (same.returncode, same.stdout) == (0, "The store's facts are those that the claims yield.\n")
    path = data / "graphs/sources/minutes/minutes.ttl"
    path.write_text(path.read_text().replace("concept:certain ", "concept:possible "))
    changed = run("validate", "--data", data, "--facts")
    assert changed.returncode == 1
    assert f"no claim yields: {FACT}" in changed.stdout
    report = json.loads(run("validate", "--data", data, "--facts", "--format", "json").stdout)
    assert report["conforms"] is False
    assert any(line.startswith(FACT) for line in report["extra"])
    assert run("validate", "--data", data, "--facts", "--format", "turtle").returncode == 2


def test_format_checks_and_writes(run: Run, data: Path) -> None:
    """The names of the files are data; once written, a check has nothing to say."""
    names = "".join(f"{name}\n" for name in (*list(FILES)[:2], *list(FILES)[2:]))
    check = run("format", "--check", "--data", data)
    assert (check.returncode, check.stdout) == (1, names)
    assert check.stderr == "error: 4 files are not in canonical layout\nrun: aigov-graph format\n"
    one = run("format", "--data", data, data / AGENCIES)
    assert (one.returncode, one.stdout, one.stderr) == (0, f"{AGENCIES}\n", "")
    assert (data / AGENCIES).read_bytes() == canonical((HEADER + FILES[AGENCIES]).encode(), AGENCIES)
    rest = run("format", "--data", data)
    assert (rest.returncode, rest.stdout) == (0, names.replace(f"{AGENCIES}\n", ""))
    clean = run("format", "--check", "--data", data)
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "", "")


def test_format_does_not_lose_a_comment(run: Run, data: Path) -> None:
    """It names the line and what to do."""
    path = data / AGENCIES
    path.write_text(path.read_text() + "# remark\n")
    done = run("format", "--data", data)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"error: 1 comment would be lost\n  at {AGENCIES}:")


def test_a_source_is_verified(run: Run, data: Path, tmp_path: Path) -> None:
    """From a file and from stdin."""
    (tmp_path / "minutes.txt").write_text(TEXT)
    done = run("verify-source", "minutes.txt", "--data", data)
    assert (done.returncode, done.stdout, done.stderr) == (0, "id:minutes: 1 of 1 passages verified\n", "")
    assert run("verify-source", "-", "--data", data, stdin=TEXT).stdout == done.stdout


def test_a_passage_that_does_not_fit_is_told(run: Run, data: Path) -> None:
    """On stderr, one by one; the count on stdout."""
    path = data / "graphs/sources/minutes/minutes.ttl"
    path.write_text(path.read_text().replace("oa:start 22", "oa:start 21"))
    done = run("verify-source", "-", "--data", data, stdin=TEXT)
    assert (done.returncode, done.stdout) == (1, "id:minutes: 0 of 1 passages verified\n")
    assert done.stderr.startswith("error: characters 21-67 have digest sha256:")
    assert "  at passage:minutes-001\n" in done.stderr


def test_a_reformatted_text_is_verified_by_its_words(run: Run, data: Path) -> None:
    """Each passage is told, with a remark on the text; the source may be named."""
    moved = run("verify-source", "-", "--data", data, stdin="Minutes. " + TEXT)
    remark = "id:minutes: 1 of 1 passages verified; the text is not the one annotated"
    assert (moved.returncode, moved.stdout) == (0, f"passage:minutes-001: same text\n{remark}, 0 are reformatted\n")
    upper = run("verify-source", "-", "--data", data, "--source", "minutes", stdin=TEXT.upper().replace(" ", "\n"))
    told = f"passage:minutes-001: same words, but reformatted\n{remark}, 1 are reformatted\n"
    assert (upper.returncode, upper.stdout) == (0, told)
    other = run("verify-source", "-", "--data", data, "--source", "id:minutes", stdin="Another text.")
    assert (other.returncode, other.stderr.count("words are not found in the text")) == (1, 1)
    assert "no such source" in run("verify-source", "-", "--data", data, "--source", "absent", stdin=TEXT).stderr


def test_a_text_that_is_no_source_is_told(run: Run, data: Path, tmp_path: Path) -> None:
    """Another text, a file that is not there, bytes that are no text."""
    other = run("verify-source", "-", "--data", data, stdin="Another text.")
    assert (other.returncode, other.stdout) == (1, "")
    assert "no source has a text with digest" in other.stderr
    assert "cannot be read: No such file" in run("verify-source", "absent.txt", "--data", data).stderr
    (tmp_path / "raw.txt").write_bytes(b"\xff")
    assert "no UTF-8 at byte 0\n  at raw.txt" in run("verify-source", "raw.txt", "--data", data).stderr
