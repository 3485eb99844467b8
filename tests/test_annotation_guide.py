"""The guide for annotators: it names only terms that exist, its dates read, its examples come out as it says."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
import pytest

from aigov_graph.dataset import Dataset, find_data
from aigov_graph.dates import DateError, parse
from aigov_graph.derivation import derive
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, GRAPH, PROV, RDF, RDFS, SKOS
from tests.harbour import Said, loaded

GUIDE = (find_data().ontology / "ANNOTATION.md").read_text()
INTERVIEW = range(11, 21)
AXES = {"negated", "true", "false"}
CODES = {"d", "min", "ships", "cities", "berths", "countries", "%", "people", "CNY", "aigov.ttl"}


@dataclass(frozen=True)
class Line:
    """A row of an example's table, its cells as they stand but for the marks of code."""

    letter: str
    subject: str
    relation: str
    object: str
    negated: bool
    certainty: str
    mode: str
    qualifiers: tuple[tuple[str, str], ...]
    holder: str
    opinion: bool
    relayed_by: str | None
    becomes: str


@dataclass(frozen=True)
class Example:
    """A worked example of the guide."""

    number: int
    sentence: str
    lines: tuple[Line, ...]
    outcome: str


def read_line(row: str) -> Line:
    """Read a row of eight cells."""
    letter, subject, relation, object_, axes, qualifiers, holder, becomes = (
        cell.strip() for cell in row.split("|")[1:-1]
    )
    negated = relation.startswith("not ")
    certainty, mode = axes.split(", ")
    pairs = (qualifier.split("`: ") for qualifier in qualifiers.split("; ") if qualifier)
    who, _, relayer = holder.partition(", relayed by ")
    return Line(
        letter=letter,
        subject=subject,
        relation=relation.removeprefix("not ").strip("`"),
        object=object_,
        negated=negated,
        certainty=certainty,
        mode=mode,
        qualifiers=tuple(sorted((name.strip("`"), value) for name, value in pairs)),
        holder=who.removesuffix(" (opinion)"),
        opinion=who.endswith(" (opinion)"),
        relayed_by=relayer or None,
        becomes=becomes,
    )


@cache
def examples() -> tuple[Example, ...]:
    """The worked examples."""
    section = GUIDE.partition("## Twenty worked examples\n")[2].partition("\n## ")[0]
    found = []
    for text in section.split("\n### ")[1:]:
        number = int(text.partition(".")[0])
        sentence = next(line for line in text.splitlines() if line.startswith("*"))
        lines = [read_line(row) for row in text.splitlines() if re.match(r"\| [a-z] \|", row)]
        outcome = text.partition("**What becomes of it.** ")[2].strip()
        found.append(Example(number, sentence, tuple(lines), outcome))
    return tuple(found)


def columns(heading: str, first: str) -> list[list[str]]:
    """The rows of the table below a heading whose first column has this name."""
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    table = section.partition(f"\n| {first} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]


@cache
def data() -> Dataset:
    """The package's own data."""
    return find_data().load()


@cache
def terms() -> frozenset[str]:
    """The local names of all terms and concepts of the ontology."""
    subjects = {quad.subject.value for quad in data().quads("ontology") if isinstance(quad.subject, ox.NamedNode)}
    return frozenset(
        iri.removeprefix(AIGOV).removeprefix(CONCEPT) for iri in subjects if iri.startswith((AIGOV, CONCEPT))
    )


@cache
def concepts(scheme: str) -> frozenset[str]:
    """The local names of the concepts of a scheme."""
    return frozenset(
        quad.subject.value.removeprefix(CONCEPT)
        for quad in data().quads("ontology")
        if quad.predicate.value == SKOS.inScheme
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value == CONCEPT[f"scheme-{scheme}"]
        and isinstance(quad.subject, ox.NamedNode)
    )


def local(iris: frozenset[str]) -> set[str]:
    """IRIs of the ontology without its namespace."""
    return {iri.removeprefix(AIGOV) for iri in iris}


def test_there_are_twenty_examples_and_each_is_whole() -> None:
    """A sentence, claims, and what becomes of them; about half of them are of the interview."""
    assert [example.number for example in examples()] == list(range(1, 21))
    for example in examples():
        assert example.sentence.startswith("*The interview, question" if example.number in INTERVIEW else "*The ")
        assert example.lines, example.number
        assert [line.letter for line in example.lines] == list("abcdef")[: len(example.lines)]
        assert len(example.outcome) > 50, example.number


@pytest.mark.parametrize("example", examples(), ids=lambda example: str(example.number))
def test_an_example_names_terms_that_exist(example: Example) -> None:
    """Relations, certainties, modes and qualifiers of the ontology, and statuses of edges."""
    vocabulary = data().vocabulary()
    qualifiers = local(vocabulary.restrictive | vocabulary.additive) | {"when"}
    for line in example.lines:
        assert line.relation in local(vocabulary.relations)
        assert line.certainty in concepts("certainty")
        assert line.mode in concepts("mode")
        assert line.becomes in concepts("edge-status")
        for name, value in line.qualifiers:
            assert name in qualifiers
            if name in ("when", "deadline"):
                parse(value)
            if name == "degree":
                assert value in concepts("degree")


@pytest.mark.parametrize("example", examples(), ids=lambda example: str(example.number))
def test_an_example_becomes_what_the_rules_make_of_it(example: Example) -> None:
    """The claims of each example, put through the rules by themselves."""
    said = [as_said(line) for line in example.lines]
    vocabulary = [file for file in data().files if file.file.kind == "ontology"]
    claims = loaded("source", GRAPH["guide"], "".join(claim.turtle() for claim in said))
    quads = derive(Dataset((*vocabulary, claims)))
    status = {quad.subject: quad.object for quad in quads if quad.predicate.value == AIGOV.status}
    found = {quad.subject: status[quad.object] for quad in quads if quad.predicate.value == AIGOV.onEdge}  # type: ignore[index]
    for line, claim in zip(example.lines, said, strict=True):
        assert found[ox.NamedNode(CLAIM[claim.name])] == ox.NamedNode(CONCEPT[line.becomes]), line


def as_said(line: Line) -> Said:
    """A row as a claim."""
    qualifiers = dict(line.qualifiers)
    return Said(
        name=f"guide-{line.letter}",
        subject=slug(line.subject),
        relation=line.relation,
        object=slug(line.object),
        certainty=line.certainty,
        mode=line.mode,
        negated=line.negated,
        when=qualifiers.pop("when", None),
        holder=slug(line.holder),
        relayed_by=slug(line.relayed_by) if line.relayed_by else None,
        opinion=line.opinion,
        source="guide",
        qualifiers={name: slug(value) for name, value in qualifiers.items()},
    )


def slug(name: str) -> str:
    """A name as an IRI has it."""
    if claim := re.fullmatch(r"claim ([a-z])", name):
        return f"claim:guide-{claim[1]}"
    return re.sub(r"\W+", "-", name.lower()).strip("-")


@pytest.mark.parametrize("number", INTERVIEW)
def test_an_example_of_the_interview_is_in_the_data_as_the_guide_has_it(number: int) -> None:
    """Row by row: ends, axes, holder, relayer and qualifiers."""
    (example,) = [example for example in examples() if example.number == number]
    claims = recorded()
    iris: dict[str, str] = {}
    for line in example.lines:
        row = spelled(line, iris)
        found = [iri for iri, claim in claims.items() if claim == row]
        assert len(found) == 1, line
        iris[f"claim {line.letter}"] = found[0]


def spelled(line: Line, iris: dict[str, str]) -> tuple[object, ...]:
    """A row to compare with `recorded`; other rows of the example by the IRIs of their claims."""
    return (
        iris.get(line.subject, line.subject),
        line.relation,
        iris.get(line.object, line.object),
        line.negated,
        line.certainty,
        line.mode,
        line.holder,
        line.relayed_by,
        line.opinion,
        line.qualifiers,
    )


@cache
def recorded() -> dict[str, tuple[object, ...]]:
    """The interview's claims as the guide would write them, by IRI."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    labels: dict[str, str] = {}
    for quad in data().quads("entities", "source"):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        values[quad.subject.value][quad.predicate.value].append(quad.object.value)
        if quad.predicate.value == RDFS.label and isinstance(quad.object, ox.Literal) and quad.object.language == "en":
            labels[quad.subject.value] = quad.object.value
    vocabulary = data().vocabulary()
    names = vocabulary.restrictive | vocabulary.additive | {AIGOV.when}
    spoken = {iri: name for iri, name in labels.items() if AIGOV.Claim not in values[iri][RDF.type]}

    def said(iri: str) -> str:
        return spoken.get(iri, iri)

    return {
        iri: (
            said(claim[RDF.subject][0]),
            claim[RDF.predicate][0].removeprefix(AIGOV),
            said(claim[RDF.object][0]),
            claim[AIGOV.negated] == ["true"],
            claim[AIGOV.certainty][0].removeprefix(CONCEPT),
            claim[AIGOV.mode][0].removeprefix(CONCEPT),
            said(claim[PROV.wasAttributedTo][0]),
            said(claim[AIGOV.relayedBy][0]) if AIGOV.relayedBy in claim else None,
            AIGOV.stance in claim,
            tuple(
                sorted((name.removeprefix(AIGOV), said(value)) for name in names & set(claim) for value in claim[name])
            ),
        )
        for iri, claim in ((iri, dict(claim)) for iri, claim in values.items())
        if AIGOV.Claim in claim[RDF.type]
    }


def test_every_term_in_the_text_exists() -> None:
    """What stands in marks of code is a term of the ontology, a date or a unit."""
    code = set(re.findall(r"`([^`\n]+)`", GUIDE))
    dates = {row[1].strip("`") for row in columns("Dates", "In the text")}
    refused = set(re.findall(r"\(`([^`]+)`\)", GUIDE.partition("\nRefused: ")[2].partition("\n")[0]))
    assert dates
    assert refused
    assert code - terms() - dates - refused - CODES - AXES == set()


def test_dates_are_read_as_the_guide_writes_them() -> None:
    """Every date of the table can be read; what it calls refused is refused."""
    for _, date, _ in columns("Dates", "In the text"):
        parse(date.strip("`"))
    for text in re.findall(r"\(`([^`]+)`\)", GUIDE.partition("\nRefused: ")[2].partition("\n")[0]):
        with pytest.raises(DateError):
            parse(text)


@pytest.mark.parametrize(
    ("heading", "first", "column", "scheme"),
    [
        ("Certainty", "Words", 1, "certainty"),
        ("Mode", "What is said", 1, "mode"),
        ("What becomes of a claim", "Status", 0, "edge-status"),
    ],
)
def test_a_decision_table_has_every_choice(heading: str, first: str, column: int, scheme: str) -> None:
    """No certainty, mode or status is left unexplained, none is made up."""
    chosen = {cell.strip("`") for row in columns(heading, first) if re.fullmatch(r"`\w+`", cell := row[column])}
    assert chosen == concepts(scheme)


@pytest.mark.parametrize(("first", "kind"), [("Restrictive", "restrictive"), ("Additive", "additive")])
def test_every_qualifier_is_explained_as_what_it_is(first: str, kind: str) -> None:
    """The tables of restrictive and additive qualifiers are those of the ontology."""
    expected = local(getattr(data().vocabulary(), kind))
    assert {row[0].strip("`") for row in columns("Qualifiers", first)} == expected


def test_every_kind_of_situation_is_explained() -> None:
    """The table of situations has every class below Situation."""
    below = {
        quad.subject.value.removeprefix(AIGOV)
        for quad in data().quads("ontology")
        if quad.predicate.value == RDFS.subClassOf
        and quad.object == ox.NamedNode(AIGOV.Situation)
        and isinstance(quad.subject, ox.NamedNode)
    }
    assert {row[1].strip("`") for row in columns("Situations", "The text tells of")} == below


def test_links_within_the_guide_lead_to_headings() -> None:
    """As the usual Markdown renderers make anchors of headings."""
    anchors = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", GUIDE, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors


def test_the_verbs_lead_to_relations() -> None:
    """The middle column of the table of verbs names relations only."""
    relations = local(data().vocabulary().relations)
    named = {
        name for row in columns("From verbs to relations", "In the text") for name in re.findall(r"`(\w+)`", row[1])
    }
    assert named
    assert named <= relations
