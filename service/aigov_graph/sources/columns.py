"""The columns of a claims sheet. Qualifiers have one each, read from the ontology: a new qualifier needs no code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from aigov_graph.sources.names import Names, folded
from aigov_graph.vocabulary.namespaces import AIGOV, PROV, RDF, RDFS, SCHEMA, SKOS

Kind = Literal["thing", "concept", "edtf", "amount", "text", "code", "year", "special"]

SEPARATOR: Final = "|"
"""Parts the values of a cell that holds several; written ``\\|`` where it is part of a text."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: its heading.
        property: the IRI that its values are said with; empty where code sees to it.
        kind: how its cells are read.
        help: a sentence for the person who fills it in.
        kinds: the classes a thing must be of.
        scheme: the scheme of a concept, by its short name.
        many: whether a cell may hold several values, parted by `SEPARATOR`.
    """

    name: str
    property: str
    kind: Kind
    help: str
    kinds: tuple[str, ...] = ()
    scheme: str = ""
    many: bool = False


def _special(name: str, help_text: str, many: bool = False) -> Column:
    return Column(name, "", "special", help_text, many=many)


CLAIM_NUMBER: Final = _special("claim", "The claim's number, as exported; leave it empty for a new claim.")
PASSAGE: Final = _special(
    "passage", "Where it stands: a passage's number, a locator such as section 2, paragraph 1; several with |.", True
)
LOCATOR: Final = _special("locator", "For reading only: the locators of the passages; import does not look at it.")
FIRST_WORDS: Final = _special("first words", "The first words of the clause that carries the claim.")
LAST_WORDS: Final = _special("last words", "The last words of that clause.")
SENTENCE: Final = _special("sentence", "The claim in one sentence of your own words.")
SUBJECT: Final = _special("subject", "Who or what: a name, a slug, situation:slug, row 12 or claim:source-001.")
RELATION: Final = _special("relation", "The relation, from the list.")
OBJECT: Final = _special("object", "To whom or what, written as the subject is.")
NEGATED: Final = _special("negated", "yes where the source denies it; else no or empty.")

CLAIM_COLUMNS: Final = (
    Column("certainty", AIGOV.certainty, "concept", "How sure the words are.", scheme="certainty"),
    Column("mode", AIGOV.mode, "concept", "Whether it is so, is meant, foretold, demanded or rated.", scheme="mode"),
    Column(
        "holder",
        PROV.wasAttributedTo,
        "thing",
        "The actor who stands by it; empty means the source's creator.",
        kinds=(AIGOV.Actor,),
    ),
    Column(
        "relayed by", AIGOV.relayedBy, "thing", "Who passes it on; several with |.", kinds=(AIGOV.Actor,), many=True
    ),
    Column("stance", AIGOV.stance, "concept", "opinion where the holder marks it as a view.", scheme="stance"),
    Column("when", AIGOV.when, "edtf", "When it holds: 2019, 2019-07, 2017/.. and the like."),
    Column("stated on", AIGOV.statedOn, "edtf", "When it was said, if not on the source's date."),
)
STATUS: Final = Column(
    "status",
    AIGOV.reviewStatus,
    "concept",
    "draft, or accepted once read a second time beside its passage.",
    scheme="review-status",
)
REVISES: Final = Column(
    "revises", PROV.wasRevisionOf, "thing", "The earlier claim it replaces.", kinds=(AIGOV.Claim,), many=True
)
NOTE: Final = Column("note", SKOS.editorialNote, "text", "A remark of the annotator; several with |.", many=True)

SITUATION: Final = _special("situation", "A short name for the situation that the columns after this one describe.")
SITUATION_TYPE: Final = _special("situation type", "Event, Trend, Deployment, Target, Risk or Measurement.")
SITUATION_COLUMNS: Final = (
    Column("situation label", RDFS.label, "text", "What it is, in a few words."),
    Column("situation also called", SKOS.altLabel, "text", "Other names; several with |.", many=True),
    Column("situation description", SCHEMA.description, "text", "What tells it from its namesakes."),
    Column("situation about", AIGOV.about, "thing", "What it is about.", kinds=(AIGOV.Relatum,), many=True),
    Column("situation participant", AIGOV.participant, "thing", "Who takes part.", kinds=(AIGOV.Entity,), many=True),
    Column("situation direction", AIGOV.direction, "concept", "Where a trend goes.", scheme="direction"),
    Column("situation place", AIGOV.inPlace, "thing", "Where it is.", kinds=(AIGOV.Place,), many=True),
    Column("situation when", AIGOV.when, "edtf", "When it is."),
    Column("situation quantity", AIGOV.quantity, "amount", 'How much: "at least 3 d", "almost 50 countries".'),
    Column("situation dimension", AIGOV.dimension, "thing", "What is measured.", kinds=(AIGOV.Dimension,), many=True),
    Column("situation deployer", AIGOV.deployer, "thing", "Who deploys.", kinds=(AIGOV.Actor,), many=True),
    Column(
        "situation technology", AIGOV.technology, "thing", "What is deployed.", kinds=(AIGOV.Technology,), many=True
    ),
    Column("situation purpose", AIGOV.purpose, "thing", "What for.", kinds=(AIGOV.Relatum,), many=True),
    Column("situation before", AIGOV.before, "amount", "How much it was before."),
    Column("situation after", AIGOV.after, "amount", "How much it was after."),
    Column("situation due year", AIGOV.dueYear, "year", "The year a target is due."),
    Column("situation note", SKOS.editorialNote, "text", "A remark; several with |.", many=True),
)


def qualifier_columns(names: Names) -> tuple[Column, ...]:
    """One column for each qualifier of the ontology, in the order of their names; the restrictive ones first."""
    found: list[Column] = []
    for group in (names.vocabulary.restrictive, names.vocabulary.additive):
        for iri in sorted(group):
            heading = names.terms.label(iri)
            definition = names.terms.value(iri, SKOS.definition)
            range_ = names.vocabulary.ranges.get(iri, "")
            if range_ == AIGOV.Quantity:
                found.append(Column(heading, iri, "amount", definition))
            elif range_ == SKOS.Concept:
                scheme = iri.removeprefix(AIGOV)
                found.append(Column(heading, iri, "concept", definition, scheme=scheme))
            elif range_:
                found.append(Column(heading, iri, "thing", definition, kinds=(range_,), many=True))
            else:
                found.append(Column(heading, iri, "edtf", definition))
    return tuple(found)


def all_columns(names: Names) -> tuple[Column, ...]:
    """Every column of a claims sheet in its order."""
    return (
        CLAIM_NUMBER,
        PASSAGE,
        LOCATOR,
        FIRST_WORDS,
        LAST_WORDS,
        SENTENCE,
        SUBJECT,
        RELATION,
        OBJECT,
        NEGATED,
        *CLAIM_COLUMNS,
        *qualifier_columns(names),
        NOTE,
        STATUS,
        REVISES,
        SITUATION,
        SITUATION_TYPE,
        *SITUATION_COLUMNS,
    )


ENTITY_COLUMNS: Final = (
    _special("slug", "Its short name in lower case with hyphens; empty means made from the label."),
    _special("type", "Its class, such as Firm, Agency, Law, Technology."),
    Column("label", RDFS.label, "text", "Its English name."),
    _special("names", "Names in other languages, with the language: 华为@zh-Hans; several with |.", True),
    Column(
        "alts", SKOS.altLabel, "text", "Other names; English, or with @ and the language; several with |.", many=True
    ),
    Column("description", SCHEMA.description, "text", "What tells it from its namesakes."),
    Column("governs", AIGOV.governs, "thing", "Of a government: the state or subdivision.", kinds=(AIGOV.Polity,)),
    Column("broader", SKOS.broader, "thing", "Of a technology: the wider one.", kinds=(SKOS.Concept,)),
    Column("iso alpha-2", AIGOV.isoAlpha2, "code", "Of a state: its code of two letters (ISO 3166-1)."),
    Column("iso alpha-3", AIGOV.isoAlpha3, "code", "Of a state: its code of three letters."),
    Column("iso numeric", AIGOV.isoNumeric, "code", "Of a state: its code of three digits."),
    Column("same as", SKOS.exactMatch, "text", "Addresses of the same thing in registries; several with |.", many=True),
    Column("note", SKOS.editorialNote, "text", "A remark.", many=True),
)


def split(cell: str) -> list[str]:
    """The values of a cell that may hold several."""
    marked = cell.replace("\\\\", "\x00").replace(f"\\{SEPARATOR}", "\x01")
    parts = (part.replace("\x01", SEPARATOR).replace("\x00", "\\").strip() for part in marked.split(SEPARATOR))
    return [part for part in parts if part]


def join(values: Iterable[str]) -> str:
    """Values as one cell; `split` gives them back."""
    return f" {SEPARATOR} ".join(value.replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}") for value in values)


def heading(name: str) -> str:
    """A column's heading, case, spacing and underscores aside."""
    return folded(name.replace("_", " "))


TYPE: Final = RDF.type
