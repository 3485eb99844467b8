"""Reading claims again, finding doubles, and merging them."""

from __future__ import annotations

import pytest

from aigov_graph.dataset import DataFolder, shorten
from aigov_graph.errors import AigovError, SheetWrong
from aigov_graph.sources.agreement import agreement, as_claimed, kappa, read_reading, readings, record, sample
from aigov_graph.sources.importing import import_claims
from aigov_graph.sources.linting import lint_entities
from aigov_graph.sources.merging import merge
from aigov_graph.sources.statements import read_things
from aigov_graph.validation import validate
from aigov_graph.vocabulary.namespaces import CLAIM, DCTERMS, ID, OWL, RDF, SKOS
from tests.sources.conftest import HEADER, TEXT, cells_of

SOURCE = "port-council-2024"


@pytest.fixture
def claimed(harbour: DataFolder, sheet: dict[str, str]) -> DataFolder:
    """The harbour with four claims."""
    rows = [
        sheet | {"sentence": f"Sentence {n}.", "certainty": "possible" if n > 2 else "certain"} for n in (1, 2, 3, 4)
    ]
    import_claims(harbour, SOURCE, {"claims": cells_of(*rows)}, "sheet.csv", text=TEXT, status="accepted")
    return harbour


def test_kappa_of_a_textbook_table() -> None:
    """Twenty yes-yes, five yes-no, ten no-yes and fifteen no-no give 0.4."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y")] * 3) == 1.0


def test_sample_is_the_same_for_the_same_seed(claimed: DataFolder) -> None:
    """A sample shows claims beside their place and words, and depends on nothing but the seed."""
    two = sample(claimed, [SOURCE], {SOURCE: TEXT}, 2, seed=7)
    assert two == sample(claimed, [SOURCE], {SOURCE: TEXT}, 2, seed=7)
    everything = sample(claimed, [SOURCE], {SOURCE: TEXT}, None, seed=7)
    assert [item.claim for item in everything] == [f"{SOURCE}-00{n}" for n in (1, 2, 3, 4)]
    first = everything[0]
    assert (first.locator, first.words) == (
        "section 1, paragraph 1",
        "The Harbour Ministry wants the permit portal",
    )
    assert first.axes == {
        "relation": "interestedIn",
        "certainty": "certain",
        "mode": "actual",
        "negated": "false",
        "holder": "port-council",
    }


def test_recorded_reading_is_compared_with_the_claims(claimed: DataFolder) -> None:
    """A reading is kept with its source, without the words; axes left empty are not compared."""
    lines = ["claim,words,certainty,mode,verdict,note", f"{SOURCE}-001,The Harbour,certain,actual,right,"]
    lines += [f"{SOURCE}-002,The Harbour,possible,actual,wrong,hedged", f"{SOURCE}-003,,possible,,,"]
    rows = read_reading("\n".join(lines).encode(), "reading.csv")
    (path,) = record(claimed, rows, "second")
    assert "The Harbour" not in path.read_text()
    second = readings(claimed, "second")
    found = {item.axis: item for item in agreement(as_claimed(claimed, second), second)}
    assert set(found) == {"certainty", "mode"}
    assert (found["certainty"].claims, found["certainty"].same) == (3, 2)
    assert found["certainty"].kappa == pytest.approx(0.4)
    assert found["certainty"].apart == ((f"{SOURCE}-002", "certain", "possible"),)
    with pytest.raises(AigovError, match="nothing is recorded of a reader 'third'"):
        readings(claimed, "third")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"{SOURCE}-001,good\n", "'good' is none of right, wrong, unsure"),
        (",right\n", "names no claim"),
        (f"{SOURCE}-001,right\n{SOURCE}-001,right\n", "or one that was named before"),
    ],
)
def test_wrong_reading_is_named(line: str, message: str) -> None:
    """Verdicts that are none, and rows without a claim of their own, are refused."""
    with pytest.raises(SheetWrong, match=message):
        read_reading(f"claim,verdict\n{line}".encode(), "reading.csv")


def add(folder: DataFolder, turtle: str) -> None:
    """Describe more entities, in a file of their own."""
    (folder.graphs / "entities" / "more.ttl").write_text(HEADER + turtle, encoding="utf-8")


def test_lint_finds_what_is_there_twice(claimed: DataFolder) -> None:
    """Names that differ in case, accents and punctuation, or a shared identifier, make two entities one."""
    add(
        claimed,
        'id:tide-works-2 a aigov:Firm ; rdfs:label "Tíde-Works"@en ; skos:exactMatch <https://ror.example/1> .\n'
        'id:tide-person a aigov:Person ; rdfs:label "Tide Works"@en .\n'
        'id:ebb a aigov:Firm ; rdfs:label "Ebb"@en ; skos:exactMatch <https://ror.example/1> .\n'
        'id:pilots-offices a aigov:Agency ; rdfs:label "Pilots Offices"@en .\n',
    )
    found = {(finding.kind, *map(shorten, finding.what)) for finding in lint_entities(claimed.load())}
    assert {line for line in found if line[0] in ("same name", "same identifier", "like name")} == {
        ("same name", "id:tide-works", "id:tide-works-2"),
        ("same identifier", "id:ebb", "id:tide-works-2"),
        ("like name", "id:pilots-office", "id:pilots-offices"),
    }
    assert ("unused", "id:ebb") in found
    assert ("used once", "aigov:interestedIn") not in found


def test_merge_moves_references_and_leaves_a_tombstone(claimed: DataFolder) -> None:
    """What named the one names the other, which gets its names; the one that goes stays as a tombstone."""
    add(claimed, 'id:harbour-office a aigov:Agency ; rdfs:label "Harbour Office"@en ; skos:altLabel "HO"@en .\n')
    matches = claimed.graphs / "sources" / SOURCE / "matches.csv"
    matches.write_text("class,name,decision,nearest,note\nActor,Hbr,harbour-ministry,,\n")
    merge(claimed, "Harbour Ministry", "harbour-office")
    claims = read_things(claimed.graphs / "sources" / SOURCE / "claims.ttl")
    assert claims.values(f"{CLAIM}{SOURCE}-001", RDF.subject) == [f"{ID}harbour-office"]
    things = read_things(claimed.graphs / "entities" / "things.ttl")
    gone = f"{ID}harbour-ministry"
    assert things.value(gone, OWL.deprecated) == "true"
    assert things.value(gone, DCTERMS.isReplacedBy) == f"{ID}harbour-office"
    more = read_things(claimed.graphs / "entities" / "more.ttl")
    assert more.values(f"{ID}harbour-office", SKOS.altLabel) == ["HO", "Harbour Ministry"]
    assert "Actor,Hbr,harbour-office," in matches.read_text()
    report = validate(claimed.load())
    assert report.conforms
    assert [p for p in report.problems if p.check.endswith("Described-in-force")] == []


def test_merge_of_different_things_is_refused(claimed: DataFolder) -> None:
    """A firm is not merged into an agency, nor anything into itself or into a tombstone."""
    with pytest.raises(AigovError, match="of different classes"):
        merge(claimed, "tide-works", "port-council")
    with pytest.raises(AigovError, match="merged into itself"):
        merge(claimed, "PC", "Port Council")
    with pytest.raises(AigovError, match="nothing is called 'Lighthouse'"):
        merge(claimed, "Lighthouse", "port-council")
    merge(claimed, "pilots-office", "port-council")
    with pytest.raises(AigovError, match="a tombstone already"):
        merge(claimed, "harbour-ministry", "id:pilots-office")
