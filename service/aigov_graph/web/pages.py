"""Pages for people: what this is, the example questions with live answers, and each thing with what is stated of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, abort, render_template, url_for

from aigov_graph.dataset import find_data
from aigov_graph.pool.engine import Engine
from aigov_graph.questions import Question
from aigov_graph.questions import questions as read_questions
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, BASE, CLAIM, CONCEPT, EDGE, ID, PASSAGE, PROV, RDF, RDFS, SKOS
from aigov_graph.web.reader import PageReader, Row, query_text

PREVIEW_ROWS: Final = 5

STATUSES: Final = (
    ("fact", "Stated plainly", "A source states it without a hedge, as its own view of what is so."),
    ("disputed", "Disputed", "One source states it plainly, and one denies it."),
    ("denied", "Denied", "A source says that it is not so."),
    ("qualified", "Stated with a restriction", "It is said only in comparison, to a degree, or under a condition."),
    (
        "hedged",
        "Hedged",
        "Said to be possible, likely, intended, expected or required; held as an opinion; or passed on from another.",
    ),
)
"""Edge status, heading and meaning, in the order pages show them."""

KINDS: Final = {"id": ID, "claim": CLAIM, "edge": EDGE, "passage": PASSAGE, "concept": CONCEPT}
"""First step of a page's path, and the namespace of what it shows."""


AXES: Final = (
    (PROV.wasAttributedTo, "held by"),
    (AIGOV.relayedBy, "passed on by"),
    (AIGOV.certainty, "certainty"),
    (AIGOV.mode, "mode"),
    (AIGOV.stance, "stance"),
    (AIGOV.when, "when it holds"),
    (AIGOV.reviewStatus, "review"),
    (PROV.wasRevisionOf, "revises"),
    (SKOS.editorialNote, "note"),
)
"""What a claim page says of how a claim is made, in order."""

APART: Final = (
    *(RDF.type, RDFS.label, RDF.subject, RDF.predicate, RDF.object),
    *(AIGOV.evidence, AIGOV.negated, AIGOV.statedOn, PROV.hadPrimarySource),
    *(AIGOV.modality, AIGOV.eligible, AIGOV.onEdge, AIGOV.decides),
    *(AIGOV.earliest, AIGOV.latest, AIGOV.ongoing),
)
"""What a claim page shows elsewhere, or what is derived from what it shows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gives now: a table, a yes or no, or a number of statements."""

    question: Question
    names: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    truth: bool | None = None
    statements: int | None = None


def answer(question: Question, reader: PageReader) -> Answer:
    """Answer one of the example questions on the current version."""
    if question.form == "ASK":
        return Answer(question, truth=reader.ask(question.text))
    if question.form == "SELECT":
        names, rows = reader.select(question.text)
        return Answer(question, names, rows)
    return Answer(question, statements=reader.count(question.text))


def pages(settings: Settings, engine: Engine) -> Blueprint:
    """The room of the landing page, the questions, and the things of the graph.

    It reads the published version itself, by our own queries: pages answer though every query process is busy.

    Args:
        settings: names the store and the data folder.
        engine: not asked here; every room is given it.
    """
    room = Blueprint("pages", __name__)
    reader = PageReader(VersionedStore(settings.store))
    questions = read_questions(find_data(settings.data))
    answering = Lock()
    by_name = {question.name: question for question in questions}

    @lru_cache(maxsize=2)
    def answers_of(version: int) -> tuple[Answer, ...]:
        return tuple(answer(question, reader) for question in questions)

    def answers(version: int) -> tuple[Answer, ...]:
        with answering:  # who comes while they are being answered waits, and does not ask them again
            return answers_of(version)

    @room.app_template_filter("path")
    def path(iri: str) -> str:
        """Where a thing of ours is shown; another's IRI stays as it is, if it is one a browser may open."""
        for kind, namespace in KINDS.items():
            if iri.startswith(namespace):
                return url_for("pages.thing", kind=kind, name=iri[len(namespace) :])
        return iri if iri.startswith(("https://", "http://")) else ""

    @room.app_template_filter("period")
    def period(text: str) -> str:
        """A date of EDTF level 1 in words: 2017/.. is "since 2017", 1980~ "about 1980"."""
        start, _, end = text.partition("/")
        start, end = (f"about {part[:-1]}" if part.endswith("~") else part for part in (start, end))
        if "/" not in text:
            return start
        if end == "..":
            return f"since {start}"
        return f"until {end}" if start in ("..", "") else f"{start} to {end or 'an unknown day'}"

    @room.app_template_filter("words")
    def words(iri: str) -> str:
        """The last part of an IRI as words: concept/badge-possible is "possible", #cooperatesWith "cooperates with"."""
        local = iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1].removeprefix("badge-")
        spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in local)
        return spaced.replace("-", " ").strip()

    @lru_cache(maxsize=2)
    def names(version: int) -> dict[str, str]:
        return {row["thing"].value: row["label"].value for row in reader.select(query_text("labels"))[1]}

    @room.app_template_filter("name")
    def called(term: ox.NamedNode | ox.Literal) -> str:
        """What people call a thing: its label, else the last part of its IRI; a literal is itself."""
        if isinstance(term, ox.Literal):
            return term.value
        return names(reader.version.number).get(term.value) or words(term.value)

    @room.get("/")
    def landing() -> str:
        counts = reader.select(query_text("counts"))[1][0]
        return render_template(
            "landing.html",
            counts={key: int(value.value) for key, value in counts.items()},
            answers=answers(reader.version.number),
            preview=PREVIEW_ROWS,
            version=reader.version,
        )

    @room.get("/questions/<name>")
    def question(name: str) -> str:
        if name not in by_name:
            abort(404)
        return render_template("question.html", answer=answer(by_name[name], reader))

    @room.get("/<any(id,claim,edge,passage,concept):kind>/<name>")
    def thing(kind: str, name: str) -> Response | str:
        iri = KINDS[kind] + name
        described = reader.select(query_text("thing"), this=iri)[1]
        if not described:
            abort(404)
        show: Callable[..., str] = render_template
        if kind == "claim":
            own = reader.select(query_text("status"), this=iri)[1]
            evidence = reader.select(query_text("evidence"), this=iri)[1]
            return show("claim.html", about=_statements(reader, iri), **_claim(iri, described, own, evidence))
        ends = [_first(described, prop) for prop in (RDF.subject, RDF.predicate, RDF.object)]
        named = " ".join(called(end) for end in ends if end is not None)
        return show("thing.html", statuses=_by_standing(_statements(reader, iri)), **_thing(iri, described, named))

    return room


def _statements(reader: PageReader, iri: str) -> list[Row]:
    """The claims that speak of a thing, or rest on it, in the order of their numbers, each with one of its passages.

    Two steps, for the engine joins a union with the rest by reading every claim there is.
    """
    found = reader.select(query_text("claims-on"), this=iri)[1]
    rows = (reader.select(query_text("statement"), this=row["claim"].value)[1] for row in found)
    return [{**row, "claim": row["this"]} for several in rows for row in several]


def _standing(row: Row) -> str:
    """How one claim stands. Its edge's status alone does not say it: what is a fact may be hedged elsewhere.

    Returns:
        One of the statuses; empty for a claim that counts nowhere, being withdrawn, a draft or superseded.
    """
    if "status" not in row:
        return ""
    if "eligible" in row and row["eligible"].value == "true":
        if row["status"].value == CONCEPT.disputed:
            return "disputed"
        return "denied" if row["negated"].value == "true" else "fact"
    plain = row["certainty"].value == CONCEPT.certain and row["mode"].value == CONCEPT.actual
    return "qualified" if plain and "stance" not in row and "relayer" not in row else "hedged"


def _by_standing(statements: list[Row]) -> list[tuple[str, str, str, list[Row]]]:
    """Statements apart by how they stand, in the order of STATUSES."""
    groups = []
    for status, heading, meaning in STATUSES:
        rows = [row for row in statements if _standing(row) == status]
        if rows:
            groups.append((status, heading, meaning, rows))
    return groups


def _first(described: list[Row], prop: str) -> ox.NamedNode | ox.Literal | None:
    return next((row["value"] for row in described if row["property"].value == prop), None)


def _thing(iri: str, described: list[Row], fallback: str) -> dict[str, object]:
    labels = [row["value"] for row in described if row["property"].value == RDFS.label]
    title = next((t for t in labels if isinstance(t, ox.Literal) and t.language == "en"), None) or (
        labels[0] if labels else None
    )
    return {
        "iri": iri,
        "title": title.value if title else fallback,
        "labels": labels,
        "types": [
            row for row in described if row["property"].value == RDF.type and row["value"].value.startswith(BASE)
        ],
        "details": [row for row in described if row["property"].value not in (RDF.type, RDFS.label)],
    }


def _claim(iri: str, described: list[Row], statements: list[Row], evidence: list[Row]) -> dict[str, object]:
    status = next((_standing(row) for row in statements), "")
    heading, meaning = next(((h, m) for s, h, m in STATUSES if s == status), ("Withdrawn, draft or superseded", ""))
    negated = _first(described, AIGOV.negated)
    known = dict(AXES)
    axes = [(heading, row["value"]) for prop, heading in AXES for row in described if row["property"].value == prop]
    others = [row for row in described if row["property"].value not in known | dict.fromkeys(APART)]
    return {
        "iri": iri,
        "title": next((row["value"].value for row in described if row["property"].value == RDFS.label), iri),
        "subject": _first(described, RDF.subject),
        "relation": _first(described, RDF.predicate),
        "object": _first(described, RDF.object),
        "negated": negated is not None and negated.value == "true",
        "status": status,
        "heading": heading,
        "badge": next((row["badge"] for row in statements if "badge" in row), None),
        "stated_on": next((row["statedOn"] for row in statements if "statedOn" in row), None),
        "meaning": meaning,
        "edge": _first(described, AIGOV.onEdge),
        "axes": axes,
        "qualifiers": others,
        "evidence": evidence,
    }
