"""Claims sheets: what goes in, what is refused and in which words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import AigovError, BuildFailed, SheetWrong
from aigov_graph.passages import verify_source
from aigov_graph.sources.importing import import_claims, import_entities
from aigov_graph.validation import validate
from tests.sources.conftest import TEXT, cells_of

SOURCE = "port-council-2024"


def take(folder: DataFolder, *rows: Mapping[str, str], **options: object) -> object:
    """Import rows into the one source."""
    sheets = {"claims": cells_of(*(dict(row) for row in rows))}
    return import_claims(folder, SOURCE, sheets, "sheet.csv", text=TEXT, **options)  # type: ignore[arg-type]


def refusal(folder: DataFolder, *rows: Mapping[str, str]) -> list[str]:
    """What is said of rows that cannot be taken."""
    with pytest.raises(SheetWrong) as caught:
        take(folder, *rows)
    return [str(problem) for problem in caught.value.problems]


def claims_file(folder: DataFolder) -> str:
    """The claims as written."""
    return (folder.graphs / "sources" / SOURCE / "claims.ttl").read_text(encoding="utf-8")


def test_row_becomes_a_claim_whose_passage_verifies(harbour: DataFolder, sheet: dict[str, str]) -> None:
    """A row gives a claim with the defaults written out, at a passage that is the clause and no more."""
    take(harbour, sheet | {"when": "2023/..", "quantity": "at least 3 cranes"}, status="accepted")
    body = claims_file(harbour).partition("\nclaim:")[2]
    assert (
        f"claim:{body}"
        == """\
claim:port-council-2024-001
    a aigov:Claim ;
    rdfs:label "The council says that the ministry is interested in the portal."@en ;
    rdf:subject id:harbour-ministry ;
    rdf:predicate aigov:interestedIn ;
    rdf:object id:permit-portal ;
    aigov:certainty concept:certain ;
    aigov:mode concept:actual ;
    aigov:negated false ;
    aigov:when "2023/.."^^edtf:edtf ;
    aigov:quantity id:port-council-2024-amount-at-least-3-cranes ;
    prov:wasAttributedTo id:port-council ;
    prov:hadPrimarySource id:port-council-2024 ;
    aigov:evidence passage:port-council-2024-005 ;
    aigov:reviewStatus concept:accepted ;
.
"""
    )
    dataset = harbour.load()
    report = verify_source(dataset, TEXT)
    assert (len(report.passages), report.mismatches) == (5, ())
    (clause,) = [p for p in report.passages if p.iri.endswith("-005")]
    assert TEXT[clause.start : clause.end] == "The Harbour Ministry wants the permit portal"
    assert validate(dataset).conforms


def test_row_may_describe_the_situation_it_speaks_of(harbour: DataFolder, sheet: dict[str, str]) -> None:
    """Situation columns describe a thing of the source; rows name it, and each other's claims, in any order."""
    first = sheet | {"subject": "Port Council", "relation": "emphasises", "object": "row 3"}
    second = sheet | {
        "subject": "the Bay",
        "relation": "undergoes",
        "object": "situation:more-cranes",
        "situation": "more-cranes",
        "situation type": "Trend",
        "situation label": "growing number of cranes",
        "situation direction": "increase",
        "situation about": "crane control",
        "situation quantity": "almost 50 cranes",
    }
    assert "several things" in refusal(harbour, first, second)[0]
    take(harbour, first, second | {"subject": "harbour-land"})
    body = (harbour.graphs / "sources" / SOURCE / "situations.ttl").read_text(encoding="utf-8")
    assert "id:port-council-2024-more-cranes\n    a aigov:Trend ;" in body
    assert "aigov:approximate true ;\n    aigov:below 50.0 ;" in body
    assert "rdf:object claim:port-council-2024-002 ;" in claims_file(harbour)


def test_number_changes_a_claim_in_place(harbour: DataFolder, sheet: dict[str, str]) -> None:
    """A row with a claim's number changes that claim, keeps its number and leaves the others alone."""
    take(harbour, sheet, sheet | {"sentence": "Second."})
    take(harbour, sheet | {"claim": "port-council-2024-001", "certainty": "possible"})
    written = claims_file(harbour)
    assert written.count("\nclaim:") == 2
    assert written.count("concept:possible") == 1
    take(harbour, sheet | {"sentence": "Third."})
    assert "claim:port-council-2024-003" in claims_file(harbour)


def test_nothing_is_written_unless_all_rows_are_right(harbour: DataFolder, sheet: dict[str, str]) -> None:
    """One wrong row keeps the right ones out as well; with partial they go in and the wrong one is handed back."""
    wrong = sheet | {"object": "permit portol"}
    before = {p: p.read_bytes() for p in harbour.graphs.rglob("*.ttl")}
    (said,) = refusal(harbour, sheet, wrong)
    assert said.startswith("row 3, column 'object': nothing is called 'permit portol'; nearest: permit portal (id:per")
    assert {p: p.read_bytes() for p in harbour.graphs.rglob("*.ttl")} == before
    done = take(harbour, sheet, wrong, sheet | {"object": "row 3", "relation": "emphasises"}, partial=True)
    assert (done.claims, [row.number for row in done.wrong_rows]) == (1, [3, 4])  # type: ignore[attr-defined]


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "unknown subject": (
        {"subject": "Harbour Ministery"},
        "row 2, column 'subject': nothing is called 'Harbour Ministery'; nearest: Harbour Ministry (id:harbour-mini",
    ),
    "unknown object": ({"object": "permit-portl"}, "nothing is called 'permit-portl'; nearest: permit portal"),
    "name of two things": ({"subject": "the Bay", "relation": "affects"}, "the name of several things"),
    "no subject": ({"subject": ""}, "row 2, column 'subject': the cell is empty"),
    "no object": ({"object": ""}, "row 2, column 'object': the cell is empty"),
    "no relation": ({"relation": ""}, "row 2, column 'relation': the cell is empty"),
    "no sentence": ({"sentence": ""}, "row 2, column 'sentence': the cell is empty"),
    "no certainty": ({"certainty": ""}, "row 2, column 'certainty': the cell is empty"),
    "no mode": ({"mode": ""}, "row 2, column 'mode': the cell is empty"),
    "unknown relation": ({"relation": "interestdIn"}, "no relation called 'interestdIn'; nearest: interestedIn"),
    "relation that is a qualifier": ({"relation": "underPolicy"}, "no relation called 'underPolicy'"),
    "certainty of no scheme": ({"certainty": "sure"}, "'sure' is none of certain, possible, probable"),
    "mode of no scheme": ({"mode": "actuel"}, "row 2, column 'mode': 'actuel' is none of actual"),
    "stance of no scheme": ({"stance": "doubt"}, "row 2, column 'stance': 'doubt' is none of opinion"),
    "status of no scheme": ({"status": "done"}, "row 2, column 'status': 'done' is none of accepted, draft, withdrawn"),
    "negated neither yes nor no": ({"negated": "perhaps"}, "row 2, column 'negated': 'perhaps' is neither yes nor no"),
    "subject of a wrong class": ({"subject": "Berth Rule"}, "id:berth-rule is aigov:Policy; what belongs here is"),
    "object of a wrong class": ({"relation": "uses", "object": "Tide Works"}, "column 'object': id:tide-works is"),
    "holder who is no actor": ({"holder": "Berth Rule"}, "row 2, column 'holder': id:berth-rule is aigov:Policy"),
    "unknown holder": ({"holder": "Port Counsel"}, "nothing is called 'Port Counsel'; nearest: Port Council"),
    "unknown relayer": ({"relayed by": "Pilots | Nobody at all"}, "row 2, column 'relayed by': nothing is called"),
    "holder relays": ({"relayed by": "PC"}, "row 2, column 'relayed by': who holds a claim does not relay it"),
    "thing related to itself": (
        {"relation": "cooperatesWith", "object": "Harbour Ministry"},
        "this relation to itself",
    ),
    "date of no calendar": ({"when": "2019-02-30"}, "row 2, column 'when': '2019-02-30': "),
    "date in words": ({"when": "spring 2019"}, "row 2, column 'when': 'spring 2019': this is no date"),
    "date of level 2": ({"stated on": "{2019,2020}"}, "row 2, column 'stated on'"),
    "interval backwards": ({"when": "2020/2019"}, "the interval ends before it starts"),
    "deadline in words": ({"deadline": "soon"}, "row 2, column 'deadline': 'soon': this is no date"),
    "amount in words": ({"quantity": "lots of cranes"}, "row 2, column 'quantity': 'lots of cranes' is no number"),
    "amount with million": ({"quantity": "3 million cranes"}, "write the number out in digits"),
    "amount backwards": ({"quantity": "9 to 3 cranes"}, "run backwards"),
    "qualifier of a wrong class": ({"in place": "Tide Works"}, "row 2, column 'in place': id:tide-works is aigov:Firm"),
    "unknown locator": ({"passage": "section 9", "first words": "", "last words": ""}, "no passage is at 'section 9'"),
    "no passage": ({"passage": "", "first words": "", "last words": ""}, "does not say where the claim stands"),
    "words that are not there": ({"first words": "The Lighthouse"}, "does not have the words 'The Lighthouse'"),
    "words that stand twice": (
        {"passage": "", "first words": "The Harbour Ministry wants", "last words": "cranes"},
        "row 2, column 'first words': the words 'The Harbour Ministry wants' stand there 2 times",
    ),
    "row without claim": ({"object": "row 9", "relation": "emphasises"}, "row 9 of this sheet holds no claim"),
    "itself": ({"object": "row 2", "relation": "emphasises"}, "a claim cannot speak of itself"),
    "number of no claim": ({"claim": "port-council-2024-041"}, "column 'claim': port-council-2024 has no claim"),
    "situation that no row describes": ({"object": "situation:storm", "relation": "undergoes"}, "nothing is called"),
    "situation without type": ({"situation": "storm", "situation label": "storm"}, "column 'situation type': the cell"),
    "situation of no kind": (
        {"situation": "storm", "situation type": "Firm", "situation label": "storm"},
        "aigov:Firm is no kind of situation; nearest: Deployment, Event",
    ),
    "situation without name": ({"situation type": "Event"}, "column 'situation' is empty"),
    "situation with a bad name": (
        {"situation": "The Storm", "situation type": "Event", "situation label": "storm"},
        "row 2, column 'situation': 'The Storm' is no short name",
    ),
    "year in words": (
        {"situation": "goal", "situation type": "Target", "situation label": "goal", "situation due year": "soon"},
        "row 2, column 'situation due year': 'soon' is no year of four digits",
    ),
    "no such column": (
        {"certainity": "certain"},
        "row 1, column 'certainity': there is no such column; nearest: certainty",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_cell_is_named(harbour: DataFolder, sheet: dict[str, str], case: str) -> None:
    """Each mistake is reported with row, column, what is wrong and the nearest valid names."""
    change, message = WRONG[case]
    assert any(message in line for line in refusal(harbour, sheet | change))


def test_two_headings_or_none_are_refused(harbour: DataFolder) -> None:
    """A heading that stands twice, a cell beyond the headings and an empty sheet are errors."""
    for cells, message in (
        ([["subject", "Subject"], ["a", "b"]], "two columns have this heading"),
        ([["subject"], ["a", "b"]], "row 2: there are more cells than headings"),
        ([], "the sheet has no headings"),
    ):
        with pytest.raises(SheetWrong, match=message):
            import_claims(harbour, SOURCE, {"claims": cells}, "sheet.csv")


def test_shapes_have_the_last_word(harbour: DataFolder, sheet: dict[str, str]) -> None:
    """Rows that read well but break a shape are not written."""
    measured = {"situation": "m", "situation type": "Measurement", "situation label": "measured", "sentence": ""}
    row = {"passage": "section 1, paragraph 1", **measured}
    with pytest.raises(BuildFailed) as caught:
        take(harbour, row)
    assert {problem.check.rpartition("#")[2] for problem in caught.value.problems} == {
        "Measurement-dimension",
        "Measurement-quantity",
    }


def test_text_of_another_source_is_refused(harbour: DataFolder, sheet: dict[str, str]) -> None:
    """Passages are cut only from the text that the source records."""
    with pytest.raises(AigovError, match="not the one that the source records"):
        import_claims(harbour, SOURCE, {"claims": cells_of(sheet)}, "sheet.csv", text=TEXT + " ")


def test_entities_are_added_by_a_sheet_of_their_own(harbour: DataFolder, sheet: dict[str, str]) -> None:
    """New entities come with the claims that name them; their file follows from their class."""
    new = {"type": "Firm", "label": "Ebb Cranes & Sons", "names": "退潮起重机@zh-Hans", "alts": "Ebb"}
    sheets = {"claims": cells_of(sheet | {"subject": "Ebb"}), "entities": cells_of(new)}
    import_claims(harbour, SOURCE, sheets, "sheet.xlsx", text=TEXT)
    written = (harbour.graphs / "entities" / "firms.ttl").read_text(encoding="utf-8")
    assert "id:ebb-cranes-and-sons\n    a aigov:Firm ;" in written
    assert "rdf:subject id:ebb-cranes-and-sons ;" in claims_file(harbour)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"type": "Firm", "label": "tide works", "slug": "tide"}, "is the name of id:tide-works already"),
        ({"type": "Agency", "label": "Tide Works", "slug": "tide-works"}, "is there already, of class aigov:Firm"),
        ({"type": "Frim", "label": "Ebb"}, "no class called 'Frim'; nearest: Firm"),
        ({"type": "Trend", "label": "Ebb"}, "aigov:Trend is no class of entities"),
        ({"type": "", "label": "Ebb"}, "the entity has no class"),
        ({"type": "Firm", "label": ""}, "the entity has no label"),
        ({"type": "Firm", "label": "退潮"}, "is no slug"),
        ({"type": "Government", "label": "Bay Cabinet", "governs": "Tide Works"}, "what belongs here is aigov:Polity"),
        ({"type": "Firm", "label": "Ebb", "names": "退潮"}, "does not say its language"),
        ({"type": "Firm", "label": "Ebb", "same as": "Q42"}, "is no address"),
    ],
)
def test_wrong_entity_is_named(harbour: DataFolder, row: dict[str, str], message: str) -> None:
    """Entities that are there already, or lack class or name, are refused."""
    with pytest.raises(SheetWrong) as caught:
        import_entities(harbour, cells_of(row), "entities.csv")
    assert message in str(caught.value.problems[0])
