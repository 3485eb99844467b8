"""How pages say things: names of terms, dates in words, how firmly a claim stands, where a thing is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from flask import g, request

from aigov_graph.vocabulary.namespaces import (
    AIGOV,
    BASE,
    CLAIM,
    CONCEPT,
    EDGE,
    GRAPH,
    ID,
    ONTOLOGY,
    PASSAGE,
    RDF,
    RDFS,
    SHAPE,
    SKOS,
)
from aigov_graph.web.languages import LANGUAGES, gettext, lazy_gettext, said
from aigov_graph.web.reader import Snapshot

KINDS: Final = {"id": ID, "claim": CLAIM, "edge": EDGE, "passage": PASSAGE, "concept": CONCEPT, "graph": GRAPH}
"""First step of the path of a thing of ours, and the namespace it stands for."""

STATUSES: Final = {
    "fact": (
        lazy_gettext("Stated plainly"),
        lazy_gettext("A source states it without a hedge, as its own view of what is so."),
    ),
    "disputed": (lazy_gettext("Disputed"), lazy_gettext("One source states it plainly, and one denies it.")),
    "denied": (lazy_gettext("Denied"), lazy_gettext("A source says that it is not so.")),
    "qualified": (
        lazy_gettext("Stated with a restriction"),
        lazy_gettext("It is said only in comparison, to a degree, or under a condition."),
    ),
    "hedged": (
        lazy_gettext("Hedged"),
        lazy_gettext(
            "Said to be possible, likely, intended, expected or required; an opinion; or passed on from another."
        ),
    ),
}
"""How firmly a claim or edge stands: heading and meaning, in the order pages show them."""

_LABELS: Final = (RDFS.label, SKOS.prefLabel, AIGOV.locator)
_BROWSABLE: Final = re.compile(r"https?://[^\s<>\"]+$")
_MOST_NAMES: Final = 100_000


def path_of(iri: str) -> str:
    """Where a thing of ours is shown; another's IRI stays as it is, if it is one a browser may open."""
    if not iri.startswith(BASE):
        return iri if _BROWSABLE.match(iri) else ""
    # Written by hand, not by url_for: a page has a thousand of them.
    kind, _, name = iri[len(BASE) :].partition("/")
    if name and "/" not in name and kind in KINDS:
        return f"/page/{kind}/{quote(name)}{_kept_language()}"
    if iri.startswith(AIGOV):
        return f"/page/ontology/{quote(iri[len(AIGOV) :])}{_kept_language()}"
    if iri.startswith(SHAPE):
        return f"/page/shapes{_kept_language()}#{quote(iri[len(SHAPE) :])}"
    return f"/page/ontology{_kept_language()}" if iri == ONTOLOGY else iri


def _kept_language() -> str:
    """What keeps the language that this request's address asks for."""
    kept: str | None = g.get("kept_language")
    if kept is None:
        asked = request.args.get("lang", "")
        kept = g.kept_language = f"?lang={asked}" if asked in LANGUAGES else ""
    return kept


def period(text: str) -> str:
    """A date of EDTF level 1 in words: 2017/.. is "since 2017", 1980~ "about 1980"."""
    start, _, end = text.partition("/")
    start, end = (gettext("about %(date)s", date=part[:-1]) if part.endswith("~") else part for part in (start, end))
    if "/" not in text:
        return start
    if end == "..":
        return gettext("since %(date)s", date=start)
    if start in ("..", ""):
        return gettext("until %(date)s", date=end)
    return gettext("%(start)s to %(end)s", start=start, end=end or gettext("an unknown day"))


def words(iri: str) -> str:
    """The last part of an IRI as words: concept/badge-possible is "possible", #cooperatesWith "cooperates with"; in
    the language of the request where the catalogue has them.
    """
    return said(english(iri), "term")


def english(iri: str) -> str:
    """The same in any language: the words that the IRI is made of; the IRI itself where its end has none."""
    local = iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1].removeprefix("badge-")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", local).lower().replace("-", " ").strip() or iri


def badge_of(badge: str, certainty: str) -> str:
    """The concept that a claim's badge names: its certainty itself where the badge would only say less of it.

    The table of badges has one for all that is less than certain; "possible" beside "probable" would contradict it.
    """
    return certainty if not badge or (badge, certainty) == (CONCEPT["badge-possible"], CONCEPT.probable) else badge


_REGISTERS: Final = (
    ("wikidata.org/entity/", "Wikidata"),
    ("ror.org/", "ROR"),
    ("sws.geonames.org/", "GeoNames"),
    ("id.loc.gov/authorities/", "Library of Congress"),
    ("dbpedia.org/resource/", "DBpedia"),
)


def register_of(address: str) -> str:
    """An address in a known register as people write it, Wikidata Q42; any other as it is."""
    bare = re.sub(r"^https?://(www\.)?", "", address)
    for start, name in _REGISTERS:
        if bare.startswith(start) and (key := bare[len(start) :].strip("/")):
            return f"{name} {key}"
    return address


def clip(text: str, most: int = 160) -> str:
    """The beginning of a text that is too long to show whole."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def tag_of(language: str) -> str:
    """A language tag in the case people write it in; the store keeps them in lower case: zh-hans is zh-Hans."""
    first, _, rest = language.partition("-")
    return f"{first}-{rest.title() if len(rest) == 4 else rest.upper()}" if rest else first


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called, and in which language; "" where that is unknown."""

    text: str
    language: str = ""


class Names:
    """Names of things, looked up when a page needs them and remembered for as long as their version is current."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = 0
        self._known: dict[tuple[str, str], Name] = {}

    def of(self, snapshot: Snapshot, iri: str, language: str) -> Name:
        """What people call a thing: its label in a language, else in English, else in any; else its IRI in words."""
        if snapshot.version.number != self._version or len(self._known) > _MOST_NAMES:
            with self._lock:
                self._known, self._version = {}, snapshot.version.number
        known = self._known
        name = known.get((iri, language))
        if name is None:
            name = known[iri, language] = self._find(snapshot, iri, language)
        return name

    def _find(self, snapshot: Snapshot, iri: str, language: str) -> Name:
        if iri.startswith(EDGE):
            ends = [snapshot.values(iri, prop) for prop in (RDF.subject, RDF.predicate, RDF.object)]
            if all(ends):
                return Name(" ".join(self.of(snapshot, end[0].value, language).text for end in ends))
        for prop in _LABELS:
            found = (label for label in snapshot.values(iri, prop) if isinstance(label, ox.Literal))
            labels = [label for label in found if label.value.strip()]
            if labels:
                return self._best(labels, language)
        return Name(words(iri))

    def _best(self, labels: list[ox.Literal], language: str) -> Name:
        found: dict[str, str] = {}
        for label in labels:
            tag = tag_of(label.language or "")
            found[tag] = min(label.value, found.get(tag, label.value))
        for tag in (language, "en", ""):
            if tag in found:
                return Name(found[tag], tag)
        tag = min(found)
        return Name(found[tag], tag)
