"""How to cite a claim or a source: BibTeX, RIS and CSL JSON for a reference manager, and a sentence for a reader.

Values come from data, so none may end a field, a record or a line of the formats: each is escaped for each.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from warnings import catch_warnings, simplefilter

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from flask import Blueprint, Response, abort

from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, DCTERMS, ID, ONTOLOGY, OWL, PROV, RDF
from aigov_graph.web.described import described
from aigov_graph.web.languages import gettext
from aigov_graph.web.pages.site import Site

if TYPE_CHECKING:
    from aigov_graph.web.pages.claims import Evidence

FORMS: Final = {
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8"),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8"),
    "json": ("CSL JSON", "application/vnd.citationstyles.csl+json"),
}
"""The formats of a reference by suffix: what people call it, and its media type."""

_TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "&%$#_"},
}
_TOLD: Final = (PROV.wasAttributedTo, AIGOV.relayedBy, AIGOV.certainty, AIGOV.mode)
_STYLE: Final = "harvard-cite-them-right"
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing to cite; every text on one line, without control characters."""

    key: str
    kind: str
    title: str
    authors: tuple[str, ...]
    container: str
    publisher: str
    issued: str
    url: str
    version: str
    note: str

    @classmethod
    def of(cls, key: str, kind: str, **texts: Any) -> Reference:
        """A reference of texts as data has them."""
        authors = tuple(filter(None, (_line(name) for name in texts.pop("authors", ()))))
        clean = {name: _line(text) for name, text in texts.items()}
        empty = dict.fromkeys(("title", "container", "publisher", "issued", "url", "version", "note"), "")
        return cls(re.sub(r"[^A-Za-z0-9-]+", "-", key), kind, authors=authors, **{**empty, **clean})

    @property
    def date(self) -> list[int]:
        """Year, and month and day if they are known."""
        found = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", self.issued)
        return [int(part) for part in found.groups() if part] if found else []


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference in words, what it rests on, which no style prints, and where its files are."""

    text: str
    note: str
    files: tuple[tuple[str, str], ...]


def cited(reference: Reference) -> Cited:
    """What a page shows of a reference."""
    version = f" Version {reference.version}." if reference.version else ""
    return Cited(
        in_words(reference) + version, reference.note, tuple((suffix, label) for suffix, (label, _) in FORMS.items())
    )


def of_claim(site: Site, iri: str, evidence: Sequence[Evidence]) -> Reference:
    """A claim as this version of the graph has it, with what it rests on."""
    rests = "; ".join(
        " ".join(filter(None, (item.title, item.issued, item.row["locator"].value if "locator" in item.row else "")))
        for item in evidence
    )
    told = {prop: [site.name(value.value).text for value in site.snapshot.values(iri, prop)] for prop in _TOLD}
    said = gettext(
        "Held by %(holder)s (%(how)s).",
        holder=", ".join(told[PROV.wasAttributedTo]),
        how=", ".join(told[AIGOV.certainty] + told[AIGOV.mode]),
    )
    relayed = (
        gettext("Passed on by %(names)s.", names=", ".join(told[AIGOV.relayedBy])) if told[AIGOV.relayedBy] else ""
    )
    places = gettext("Rests on: %(places)s", places=rests) if rests else ""
    return Reference.of(
        iri.removeprefix(CLAIM),
        "dataset",
        title=site.name(iri).text,
        authors=("aigov-graph",),
        container="aigov-graph",
        issued=_published(site),
        url=iri,
        version=_version(site),
        note=" ".join(filter(None, (said, relayed, places))),
    )


def of_source(site: Site, iri: str) -> Reference:
    """A source itself, as its record describes it."""
    values = {prop: site.snapshot.values(iri, DCTERMS[prop]) for prop in ("title", "creator", "publisher", "issued")}
    named = {prop: [site.name(v.value).text for v in values[prop]] for prop in ("creator", "publisher")}
    address = [v.value for v in site.snapshot.values(iri, DCTERMS.identifier) if v.value.startswith("http")]
    return Reference.of(
        iri.removeprefix(ID),
        "document",
        title=values["title"][0].value if values["title"] else site.name(iri).text,
        authors=named["creator"] or named["publisher"],
        publisher=", ".join(named["publisher"]),
        issued=values["issued"][0].value if values["issued"] else "",
        url=address[0] if address else iri,
    )


def bibtex(reference: Reference) -> str:
    """A reference as BibTeX."""
    date = reference.date
    fields = {
        "title": f"{{{_tex(reference.title)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in reference.authors),
        "howpublished": _tex(reference.container),
        "publisher": _tex(reference.publisher),
        "year": str(date[0]) if date else "",
        "month": str(date[1]) if len(date) > 1 else "",
        "version": _tex(reference.version),
        "url": re.sub(r"[{}\\\s%]", lambda sign: "%25" if sign[0] == "%" else f"%{ord(sign[0]):02X}", reference.url)
        if re.search(r"[{}\\\s]", reference.url)
        else reference.url,
        "note": _tex(reference.note),
    }
    entry = Entry("misc", reference.key, [Field(name, text) for name, text in fields.items() if text])
    written: str = write_string(Library([entry]))
    return written


def ris(reference: Reference) -> str:
    """A reference as RIS."""
    record: dict[str, Any] = {
        "type_of_reference": "DATA" if reference.kind == "dataset" else "GEN",
        "title": reference.title,
        "authors": list(reference.authors),
        "secondary_title": reference.container,
        "publisher": reference.publisher,
        "year": str(reference.date[0]) if reference.date else "",
        "date": "/".join(f"{part:02}" for part in reference.date),
        "urls": [reference.url] if reference.url else [],
        "edition": reference.version,
        "notes": [reference.note] if reference.note else [],
    }
    written: str = rispy.dumps([{name: value for name, value in record.items() if value}])
    return written.removeprefix("1.\n")


def csl(reference: Reference) -> list[dict[str, Any]]:
    """A reference as CSL JSON."""
    found: dict[str, Any] = {
        "id": reference.key,
        "type": reference.kind,
        "title": reference.title,
        "author": [{"literal": name} for name in reference.authors],
        "container-title": reference.container,
        "publisher": reference.publisher,
        "issued": {"date-parts": [reference.date]} if reference.date else None,
        "URL": reference.url,
        "version": reference.version,
        "note": reference.note,
    }
    return [{name: value for name, value in found.items() if value}]


def in_words(reference: Reference) -> str:
    """A reference as a sentence, in Harvard style."""
    with catch_warnings():
        simplefilter("ignore")  # citeproc-py tells of fields of ours that the style has no use for
        source = CiteProcJSON(csl(reference))
        bibliography = CitationStylesBibliography(_style(), source, formatter.plain)
        bibliography.register(Citation([CitationItem(reference.key.lower())]))
        return "".join(str(part) for part in bibliography.bibliography()[0])


def add(room: Blueprint, site: Site) -> None:
    """Add the downloads to the room."""

    @room.get("/cite/<any(claim,id):kind>/<name>.<any(bib,ris,json):suffix>")
    @described(
        media=(
            "application/x-bibtex",
            "application/x-research-info-systems",
            "application/vnd.citationstyles.csl+json",
        ),
        problems=(400, 404),
    )
    def cite(kind: str, name: str, suffix: str) -> Response:
        """A reference to a claim or a source, for a reference manager."""
        from aigov_graph.web.pages.claims import evidence_of
        from aigov_graph.web.pages.dereference import iri_of

        iri = iri_of(kind, name)
        wanted = AIGOV.Claim if kind == "claim" else AIGOV.Source
        if not any(value.value == wanted for value in site.snapshot.values(iri, RDF.type)):
            abort(404)
        reference = of_claim(site, iri, evidence_of(site, iri)) if kind == "claim" else of_source(site, iri)
        body = {"bib": bibtex, "ris": ris}.get(suffix, _json)(reference)
        response = Response(body, content_type=FORMS[suffix][1])
        response.headers["Content-Disposition"] = f'attachment; filename="{reference.key}.{suffix}"'
        return response


def _json(reference: Reference) -> str:
    return json.dumps(csl(reference), ensure_ascii=False, indent=1)


def _line(text: object) -> str:
    """A text on one line: what controls or breaks lines, in whatever script, becomes a space."""
    spaced = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs") else sign for sign in str(text))
    return " ".join(spaced.split())[:_LONGEST]


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)


@lru_cache(maxsize=1)
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(_STYLE, validate=False)


def _version(site: Site) -> str:
    stated = next((value.value for value in site.snapshot.values(ONTOLOGY, OWL.versionInfo)), "")
    digest = site.snapshot.version.digest.removeprefix("sha256:")[:12]
    return f"{stated} ({digest})" if stated else digest


def _published(site: Site) -> str:
    return datetime.fromtimestamp(site.snapshot.version.path.stat().st_mtime, UTC).date().isoformat()
