"""The first page, and the example questions with their answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from flask import Blueprint, Response, abort, render_template, request

from aigov_graph.questions import Question
from aigov_graph.web.pages.pictures import circle
from aigov_graph.web.pages.site import Site
from aigov_graph.web.reader import Row, Snapshot

PREVIEW_ROWS: Final = 5
_SHOWN: Final = (
    "19-who-refused-whom-on-what",
    "47-who-exported-what-to-russia",
    "48-what-is-disputed",
)
"""The questions a visitor sees answered at once, where the folder has them and something answers them."""

_MOST_TRIED: Final = 20
"""How many questions are asked at most, to find three that have an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gives now: a table, a yes or no, or a number of statements."""

    question: Question
    names: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    truth: bool | None = None
    statements: int | None = None


def answer(question: Question, snapshot: Snapshot) -> Answer:
    """Answer one of the example questions on a version."""
    if question.form == "ASK":
        return Answer(question, truth=snapshot.ask(question.text))
    if question.form == "SELECT":
        names, rows = snapshot.select(question.text)
        return Answer(question, names, rows)
    return Answer(question, statements=len(snapshot.construct(question.text)))


def add(room: Blueprint, site: Site) -> None:
    """Add these pages to the room."""

    def answers(snapshot: Snapshot) -> list[Answer]:
        first = [site.questions[name] for name in _SHOWN if name in site.questions]
        ordered = first + [item for item in site.questions.values() if item not in first]
        found = (answer(item, snapshot) for item in ordered[:_MOST_TRIED])
        return list(islice((one for one in found if one.rows or one.truth or one.statements), 3))

    @room.get("/")
    def landing() -> str:
        """What this is, what it holds, and three questions with their answers."""
        counts = site.once("counts", lambda snapshot: snapshot.rows("counts")[0])
        return render_template(
            "landing.html",
            counts={key: int(value.value) for key, value in counts.items()},
            answers=site.once("answers", answers),
            questions=list(site.questions.values()),
            newest=site.once("newest", lambda snapshot: snapshot.rows("newest-sources")),
            picture=circle(
                site.once(
                    "tied actors", lambda snapshot: [(a.value, b.value) for a, b in snapshot.tuples("actor-facts")]
                ),
                lambda iri: site.name(iri).text,
            ),
            preview=PREVIEW_ROWS,
            version=site.snapshot.version,
        )

    @room.after_request
    def readable_from_anywhere(response: Response) -> Response:
        """Let scripts of any page read the first page, as they may all that is data."""
        if request.endpoint == f"{room.name}.landing":
            response.headers["Access-Control-Allow-Origin"] = "*"
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        return response

    @room.get("/questions/<name>")
    def question(name: str) -> str:
        """An example question with its whole answer and its query."""
        if name not in site.questions:
            abort(404)
        return render_template("question.html", answer=answer(site.questions[name], site.snapshot))
