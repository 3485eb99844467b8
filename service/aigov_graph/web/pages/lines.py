"""A claim as one line of a list. Written here and not in a template, for a page can have hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g
from markupsafe import Markup, escape

from aigov_graph.vocabulary.namespaces import AIGOV, RDF
from aigov_graph.web.languages import gettext
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.statements import Statement
from aigov_graph.web.pages.wording import badge_of, clip, local, path_of, period
from aigov_graph.web.reader import Snapshot

_LONGEST = 400


class Lines:
    """Writes lines in the language of a request."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def line(self, statement: Statement) -> Markup:
        """What is said, leading to the claim; below it how, by whom, how surely, when and where."""
        return self.lines((statement,))

    def lines(self, statements: Iterable[Statement], sourced: bool = True) -> Markup:
        """Several claims, a line each; source and passage are left out where they stand above all of them."""
        page: _Page | None = g.get("lines")
        if page is None:
            page = g.lines = _Page(self._site)
        return Markup("".join(page.line(statement, sourced) for statement in statements))  # noqa: S704


class _Page:
    """The lines of one page, which say the same names and dates over and over: each is written once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._held, self._passed_on = str(escape(gettext("held by"))), str(escape(gettext("passed on by")))
        self._locators = site.once("locators", _locators)
        self._names: dict[str, str] = {"": ""}
        self._links: dict[str, str] = {}
        self._periods: dict[str, str] = {"": ""}

    def line(self, statement: Statement, sourced: bool) -> str:
        sure, mode = self._name(statement.certainty), statement.mode
        if not mode.endswith("/actual"):
            sure += ", " + self._name(mode)
        badge = self._name(badge_of(statement.badge, statement.certainty))
        held = self._link(statement.holder)
        for relayer in statement.relayers:
            held += f", {self._passed_on} {self._link(relayer)}"
        return (
            f'<li class="{statement.standing}"><a class="sentence" href="{escape(path_of(statement.claim))}" '
            f'data-claim="{escape(local(statement.claim))}">'
            f"<bdi>{escape(clip(statement.sentence, _LONGEST))}</bdi></a> "
            f'<span class="axes"><span class="badge">{badge}</span>'
            f"<span>{self._held} {held}</span><span>{sure}</span>{self._period(statement.when)}"
            f"{self._places(statement) if sourced else ''}</span></li>\n"
        )

    def _places(self, statement: Statement) -> str:
        links = [self._link(statement.source)] if statement.source else []
        links += filter(None, map(self._passage, statement.evidence))
        return f"<span>{', '.join(links)}</span>" if links else ""

    def _passage(self, iri: str) -> str:
        locator = self._locators.get(iri)
        if locator is None:
            # A row of a table has no locator, but a page; what nothing describes has neither.
            return self._link(iri) if self._site.snapshot.values(iri, RDF.type) else ""
        return f'<a href="{escape(path_of(iri))}"><bdi>{escape(clip(locator))}</bdi></a>'

    def _name(self, iri: str) -> str:
        found = self._names.get(iri)
        if found is None:
            found = self._names[iri] = str(escape(self._site.name(iri).text))
        return found

    def _link(self, iri: str) -> str:
        found = self._links.get(iri)
        if found is None:
            found = self._links[iri] = str(self._site.link(iri))
        return found

    def _period(self, when: str) -> str:
        found = self._periods.get(when)
        if found is None:
            found = self._periods[when] = f"<span>{escape(period(when))}</span>"
        return found


def _locators(snapshot: Snapshot) -> dict[str, str]:
    """Where each passage stands in its source. A page names hundreds of them, each once: one reading serves all."""
    return {subject.value: value.value for subject, value in snapshot.pairs(AIGOV.locator)}
