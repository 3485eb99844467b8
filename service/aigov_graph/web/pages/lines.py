"""A claim as one line of a list. Written here and not in a template, for a page can have hundreds of them."""

from __future__ import annotations

from flask import g
from markupsafe import Markup, escape

from aigov_graph.web.languages import gettext
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.statements import Statement
from aigov_graph.web.pages.wording import clip, path_of, period

_LONGEST = 400


class Lines:
    """Writes lines in the language of a request."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def line(self, statement: Statement) -> Markup:
        """What is said, leading to the claim; below it how, by whom, how surely, when and where."""
        words = self._words()
        said = [f'<span class="badge">{self._name(statement.badge or statement.certainty)}</span>']
        held = f"<span>{words['held by']} {self._site.link(statement.holder)}"
        for relayer in statement.relayers:
            held += f", {words['passed on by']} {self._site.link(relayer)}"
        sure = self._name(statement.certainty)
        if not statement.mode.endswith("/actual"):
            sure += ", " + self._name(statement.mode)
        said += [held + "</span>", f"<span>{sure}</span>"]
        if statement.when:
            said.append(f"<span>{escape(period(statement.when))}</span>")
        said.append(f"<span>{self._site.link(statement.source)}</span>")
        return Markup(  # noqa: S704
            f'<li class="{statement.standing}"><a class="sentence" href="{escape(path_of(statement.claim))}">'
            f"<bdi>{escape(clip(statement.sentence, _LONGEST))}</bdi></a> "
            f'<span class="axes">{"".join(said)}</span></li>\n'
        )

    def _name(self, iri: str) -> str:
        names: dict[str, str] = g.setdefault("written_names", {})
        found = names.get(iri)
        if found is None:
            found = names[iri] = str(escape(self._site.name(iri).text)) if iri else ""
        return found

    def _words(self) -> dict[str, str]:
        words: dict[str, str] | None = g.get("words_of_lines")
        if words is None:
            said = {"held by": gettext("held by"), "passed on by": gettext("passed on by")}
            words = g.words_of_lines = {name: str(escape(text)) for name, text in said.items()}
        return words
