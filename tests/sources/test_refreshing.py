"""Tables by mapping: claims from rows, and what becomes of them when the table changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import DataError
from aigov_graph.sources.new import Description, new_source
from aigov_graph.sources.refreshing import Refreshed, refresh_source
from aigov_graph.sources.statements import Things, read_things
from aigov_graph.sources.tables import TableFile, digest_record, digest_tables
from aigov_graph.sources.verifying import verify_rows
from aigov_graph.validation import validate
from aigov_graph.vocabulary.namespaces import AIGOV, BASE, PROV, RDF, RDFS, SKOS

NAME = "port-table-2024"
ONTOLOGY = f"{BASE}ontology#"
ROW = f"{BASE}row/{{number}}"
SITUATION = f"{BASE}situation/cranes-{{number}}"

TABLE = """\
number,port,state,agreement,act,since,cranes,note
1,Tide Works,Harbour Land,Berth Rule,signed,2020-01-05,20 cranes,a
2,Pilots Office,Harbour Land,Berth Rule,joined,2021-02-06,,b
3,Harbour Ministry,Harbour Land,Berth Rule,inferred,2021-02-06,,c
"""

MAPPING = {
    "@context": "http://www.w3.org/ns/csvw",
    "url": "ports.csv",
    "tableSchema": {
        "primaryKey": ["number"],
        "columns": [
            {"name": "number", "suppressOutput": True},
            {
                "name": "port",
                "aboutUrl": ROW,
                "propertyUrl": RDF.subject,
                "valueUrl": f"{BASE}name/Actor/{{port}}",
            },
            {"name": "state", "suppressOutput": True},
            {
                "name": "agreement",
                "aboutUrl": ROW,
                "propertyUrl": RDF.object,
                "valueUrl": f"{BASE}name/Policy/{{agreement}}",
            },
            {
                "name": "act",
                "null": ["inferred"],
                "aboutUrl": ROW,
                "propertyUrl": RDF.predicate,
                "valueUrl": f"{BASE}name/Relation/{{act}}",
            },
            {"name": "since", "aboutUrl": ROW, "propertyUrl": f"{BASE}start"},
            {"name": "cranes", "aboutUrl": SITUATION, "propertyUrl": AIGOV.quantity},
            {"name": "note", "suppressOutput": True},
            {"name": "kind", "virtual": True, "aboutUrl": SITUATION, "propertyUrl": RDF.type, "valueUrl": AIGOV.Event},
            {
                "name": "label",
                "virtual": True,
                "aboutUrl": SITUATION,
                "propertyUrl": RDFS.label,
                "default": "cranes bought",
            },
        ],
    },
}


@pytest.fixture
def ports(harbour: DataFolder) -> DataFolder:
    """The harbour with a data set that has a mapping and decisions, and no claims yet."""
    known = Description("Table of ports", creators=["port-council"], publishers=["port-council"], issued="2024")
    new_source(harbour, NAME, TABLE, known, paragraphs=False)
    folder = harbour.graphs / "sources" / NAME
    (folder / "mapping.json").write_text(json.dumps(MAPPING))
    (folder / "matches.csv").write_text("class,name,decision,nearest,note\nRelation,joined,adheresTo,,\n")
    return harbour


def refresh(folder: DataFolder, table: str = TABLE) -> Refreshed:
    """Run the mapping over a table."""
    return refresh_source(folder, NAME, [TableFile.read("ports.csv", table)])


def counts(done: Refreshed) -> tuple[int, int, int, int]:
    """Added, revised, withdrawn, kept."""
    return done.added, done.revised, done.withdrawn, done.kept


def claims(folder: DataFolder) -> Things:
    """The claims as written."""
    return read_things(folder.graphs / "sources" / NAME / "claims.ttl")


def claim(number: int) -> str:
    """The IRI of a claim."""
    return f"{BASE}claim/{NAME}-{number:03d}"


def test_rows_become_claims_that_verify(ports: DataFolder) -> None:
    """Each row with an act gives a claim held by the table's maker; one that is inferred gives none."""
    assert counts(refresh(ports)) == (2, 0, 0, 0)
    said = claims(ports)
    assert said.value(claim(2), RDF.predicate) == AIGOV.adheresTo
    assert said.value(claim(1), AIGOV.when) == "2020-01-05/"
    assert said.value(claim(1), PROV.wasAttributedTo) == f"{BASE}id/port-council"
    assert said.label(claim(1)) == "Table of ports says that Tide Works signed Berth Rule (2020-01-05/)."
    assert validate(ports.load()).conforms
    report = verify_rows(ports, NAME, [TableFile.read("ports.csv", TABLE)])
    assert (report.verified, report.mismatches, report.whole) == (2, (), True)


def test_what_lies_after_the_day_of_the_table_is_predicted(ports: DataFolder) -> None:
    """A table of 2024 may give a start in 2030, which is a plan; one of its own year is a record."""
    refresh(ports, TABLE.replace("2020-01-05", "2030-01-05"))
    said = claims(ports)
    assert [said.value(claim(number), AIGOV.mode) for number in (1, 2)] == [
        f"{BASE}concept/predicted",
        f"{BASE}concept/actual",
    ]


def test_column_speaks_of_a_second_thing_of_the_row(ports: DataFolder) -> None:
    """A virtual column under value/ takes the text of a cell that another column has taken for another thing."""
    path = ports.graphs / "sources" / NAME / "mapping.json"
    mapping = json.loads(path.read_text())
    value = f"{BASE}value/{{note}}"
    mapping["tableSchema"]["columns"].append(
        {"name": "extra", "virtual": True, "aboutUrl": ROW, "propertyUrl": SKOS.editorialNote, "valueUrl": value}
    )
    path.write_text(json.dumps(mapping))
    refresh(ports, TABLE.replace(",a\n", ",two cranes\n"))
    assert claims(ports).values(claim(1), SKOS.editorialNote) == ["two cranes"]


def test_what_a_reader_withdrew_stays_withdrawn_until_its_row_changes(ports: DataFolder) -> None:
    """The table run again does not bring it back; a row that says something else does."""
    refresh(ports)
    path = ports.graphs / "sources" / NAME / "claims.ttl"
    head, mark, rest = path.read_text().partition("claim:port-table-2024-002\n")
    path.write_text(head + mark + rest.replace("concept:accepted", "concept:withdrawn"))
    assert counts(refresh(ports)) == (0, 0, 0, 2)
    assert counts(refresh(ports, TABLE.replace("2021-02-06,,b", "2021-03-07,,b"))) == (1, 0, 0, 1)


def test_second_run_changes_no_byte(ports: DataFolder) -> None:
    """The same table run again writes the same files."""
    refresh(ports)
    before = {path: path.read_bytes() for path in ports.graphs.rglob("*") if path.is_file()}
    assert counts(refresh(ports)) == (0, 0, 0, 2)
    assert {path: path.read_bytes() for path in ports.graphs.rglob("*") if path.is_file()} == before


def test_changed_row_is_a_revision(ports: DataFolder) -> None:
    """A row that says something else gets a new claim, which revises the old one; the old one stays as it was."""
    refresh(ports)
    old = claims(ports).of(claim(2))
    changed = TABLE.replace("joined,2021-02-06", "signed,2021-02-06")
    assert counts(refresh(ports, changed)) == (0, 1, 0, 1)
    said = claims(ports)
    assert said.values(claim(3), PROV.wasRevisionOf) == [claim(2)]
    assert said.value(claim(3), RDF.predicate) == AIGOV.signed
    assert said.of(claim(2)) == old
    assert said.value(claim(3), AIGOV.evidence) != said.value(claim(2), AIGOV.evidence)
    assert verify_rows(ports, NAME, [TableFile.read("ports.csv", changed)]).mismatches == ()
    assert validate(ports.load()).conforms


def test_row_that_only_looks_different_adds_evidence(ports: DataFolder) -> None:
    """Where a row changed but not what is claimed of it, the claim stays and rests on both."""
    refresh(ports)
    changed = TABLE.replace(",,b", ",,bb")
    assert counts(refresh(ports, changed)) == (0, 0, 0, 2)
    assert len(claims(ports).values(claim(2), AIGOV.evidence)) == 2
    assert verify_rows(ports, NAME, [TableFile.read("ports.csv", changed)]).mismatches == ()


def test_lost_row_is_withdrawn_and_new_one_added(ports: DataFolder) -> None:
    """A claim whose row is gone is withdrawn with a remark; a row that comes back later is a new claim."""
    refresh(ports)
    shorter = "".join(line for line in TABLE.splitlines(keepends=True) if not line.startswith("2,"))
    assert counts(refresh(ports, shorter)) == (0, 0, 1, 1)
    said = claims(ports)
    assert said.value(claim(2), AIGOV.reviewStatus).endswith("withdrawn")
    assert said.values(claim(2), SKOS.editorialNote)[0].startswith("Withdrawn: ")
    assert counts(refresh(ports, TABLE)) == (1, 0, 0, 1)
    assert claims(ports).value(claim(3), RDF.predicate) == AIGOV.adheresTo


def test_order_of_rows_and_columns_does_not_count(ports: DataFolder) -> None:
    """A table that is sorted otherwise has the same rows."""
    refresh(ports)
    lines = TABLE.splitlines(keepends=True)
    assert counts(refresh(ports, "".join([lines[0], *reversed(lines[1:])]))) == (0, 0, 0, 2)
    assert digest_record({"a": "1", "b": "2"}) == digest_record({"b": "2", "a": "1"})


def test_unknown_name_waits_for_a_decision(ports: DataFolder) -> None:
    """A name that is no entity's is listed with the nearest ones; its claims wait until somebody decides."""
    table = TABLE + "4,Tyde Works,Harbour Land,Berth Rule,signed,2022-01-01,,d\n"
    done = refresh(ports, table)
    assert (done.added, done.waiting) == (2, 1)
    matches = ports.graphs / "sources" / NAME / "matches.csv"
    line = "Actor,Tyde Works,,Tide Works (id:tide-works),"
    assert line in matches.read_text()
    matches.write_text(matches.read_text().replace(line, "Actor,Tyde Works,tide-works,,a slip"))
    assert counts(refresh(ports, table)) == (1, 0, 0, 2)
    assert claims(ports).value(claim(3), RDF.subject) == f"{BASE}id/tide-works"


def test_decision_may_add_an_entity_or_leave_it_out(ports: DataFolder) -> None:
    """A decision adds a new entity under its slug, or leaves the name and its claims out."""
    table = TABLE + "4,Ebb AG,Harbour Land,Berth Rule,signed,,,d\n5,Several,Harbour Land,Berth Rule,signed,,,e\n"
    matches = ports.graphs / "sources" / NAME / "matches.csv"
    matches.write_text(
        matches.read_text() + "Actor,Ebb AG,new Firm ebb-cranes = Ebb Cranes,,Firm of the bay.\nActor,Several,-,,\n"
    )
    done = refresh(ports, table)
    assert (done.added, done.entities, done.waiting) == (3, 1, 0)
    firms = (ports.graphs / "entities" / "firms.ttl").read_text()
    assert 'skos:altLabel "Ebb AG"@en ;' in firms
    assert counts(refresh(ports, table)) == (0, 0, 0, 3)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (TABLE.replace("\n3,", "\n1,"), "the key '1' stands twice"),
        (TABLE.replace("\n3,", "\n,"), "record 3 has no key"),
    ],
)
def test_key_must_tell_rows_apart(ports: DataFolder, table: str, message: str) -> None:
    """A key that stands twice, or is empty, is an error."""
    with pytest.raises(DataError, match=message):
        refresh(ports, table)


def test_mapping_wants_its_own_tables(ports: DataFolder) -> None:
    """A table that the mapping does not describe is refused."""
    with pytest.raises(DataError, match=r"the mapping wants ports\.csv"):
        refresh_source(ports, NAME, [TableFile.read("boats.csv", TABLE)])


def test_json_records_are_a_table(tmp_path: Path) -> None:
    """Records of JSON give the same cells; lists are joined, and what is nested is left out."""
    table = TableFile.read("a.json", '[{"id": "x", "n": 3, "on": true, "of": ["a", "b|c"], "in": {"k": 1}}]')
    assert table.as_csv() == "id,n,on,of,in\nx,3,true,a | b\\|c,\n"


def test_digest_of_tables_names_them() -> None:
    """One table has the digest of its text; several have one that depends on names but not on their order."""
    one, two = TableFile.read("a.csv", "x\n1\n"), TableFile.read("b.csv", "x\n2\n")
    assert digest_tables([one, two]) == digest_tables([two, one])
    assert digest_tables([one, two]) != digest_tables([one])
