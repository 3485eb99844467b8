"""The ports with every text in letters that no word of the interface is written in.

What a page of them says in Latin letters it says of its own. Of the kinds of page there is one each.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from string import ascii_letters

import pyoxigraph as ox

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.exports import FORMATS as NETWORKS
from aigov_graph.pool.formats import FORMATS
from aigov_graph.search import BESIDE, write_beside
from aigov_graph.stores import VersionedStore
from tests.exports.world import CLAIMS
from tests.harbour import PREFIX_LINES, Said
from tests.port_folder import port_folder

PASSAGES = """\
passage:row a aigov:Row ; aigov:table "berths.csv" ; aigov:keyColumn "berth" ; aigov:key "12" .
"""
SOURCE = """\
id:port-council-2024 dcterms:title "Report" ; dcterms:creator id:port-council ; dcterms:publisher id:port-council ;
    dcterms:issued "2024-05-01"^^xsd:date ; dcterms:modified "2024-05-02"^^xsd:date ; dcterms:language "en" ;
    dcterms:identifier "https://ports.example/report" ; dcterms:license <https://ports.example/licence> ;
   """
MINISTRY = """\
id:old-ministry a aigov:Agency ; rdfs:label "Old Ministry"@en ; owl:deprecated true ;
    dcterms:isReplacedBy id:harbour-ministry .
id:harbour-ministry skos:altLabel "Ministry"@en ; schema:description "Of the harbour."@en ;
    rdfs:seeAlso <https://ports.example/> ;
   """
SAID = (
    *(replace(claim, relation="interestedIn") if claim.relation == "doubts" else claim for claim in CLAIMS[:-3]),
    Said("012", "pilots-office", "interestedIn", "berth-rule", certainty="possible", mode="required", when="2021"),
    Said("013", "pilots-office", "interestedIn", "permit-portal", relayed_by="port-council", opinion=True),
    Said("014", "pilots-office", "cooperatesWith", "harbour-ministry", revises="015", when="../2020~"),
    Said("015", "pilots-office", "cooperatesWith", "harbour-ministry"),
    Said("016", "pilots-office", "cooperatesWith", "port-council", status="withdrawn"),
    *(Said(f"1{n:02}", "pilots-office", "cooperatesWith", "harbour-ministry", when=str(1900 + n)) for n in range(60)),
)
QUESTION = """\
# title: жж?
# question: жжж?
# example: жж.

PREFIX aigov: <https://w3id.org/aigov-graph/ontology#>
SELECT ?ж WHERE {{ ?ж a aigov:{kind} }} ORDER BY ?ж
"""
PAGES = {
    "pages.landing": ("/",),
    "pages.question": ("/questions/01-claims", "/questions/02-nothing"),
    "pages.thing": (
        "/page/id/harbour-ministry",
        "/page/id/pilots-office",
        "/page/id/port-council-2024",
        "/page/claim/001",
        "/page/claim/003",
        "/page/claim/012",
        "/page/claim/013",
        "/page/claim/014",
        "/page/claim/015",
        "/page/claim/016",
        "/page/passage/001",
        "/page/concept/badge-possible",
        "/page/graph/port-council-2024",
        "/page/graph/facts",
    ),
    "pages.all_sources": ("/sources",),
    "pages.listing": ("/entities", "/claims", "/claims?page=2", "/edges", "/claims?q=жжжжжж", f"/claims?q={201 * 'ж'}"),
    "pages.timeline": ("/timeline", "/timeline/1910"),
    "pages.compare": ("/compare", "/compare?a=harbour-ministry&b=pilots-office"),
    "pages.disagreements": ("/disagreements",),
    "pages.terms": ("/page/ontology",),
    "pages.term": ("/page/ontology/cooperatesWith", "/page/ontology/Agency"),
    "pages.shapes": ("/page/shapes",),
    "pages.vocabulary": ("/ontology/0.0.1",),
    "pages.dereference": ("/id/nobody", "/id/old-ministry"),
    "query_page.page": ("/sparql", "/sparql?example=01-claims"),
    "exports.choose": ("/export", "/export?status=hedged", "/export?depth=0"),
    "exports.analysis": (
        "/analysis",
        *(f"/analysis?measure={name}&format=html" for name in ("centralities", "communities", "brokers")),
        *(f"/analysis?measure={name}&format=html" for name in ("components", "reciprocity")),
        "/analysis?measure=path&thing=harbour-ministry&thing=port-council&format=html&status=fact&status=disputed",
    ),
    "explorer.page": ("/explore", "/explore?around=harbour-ministry&status=fact&status=hedged", "/explore?to=жж"),
    "search.results": ("/search", "/search?q=жжж", "/search?q=ёёё", "/search?q=a&limit=0"),
    "reconcile.preview": ("/reconcile/preview?id=harbour-ministry", "/reconcile/preview?id=nobody"),
    "openapi.page": ("/api",),
}
"""Addresses of pages by their routes, of each kind and with what each may say."""

NAMES = re.compile(
    r"https?://\S+|[a-z]+/[a-z0-9.+-]+|ж+|queries|extend|huawei|\ben\b|facts|port-council-2024|\bR\b|"
    r"aigov-graph|SPARQL|Turtle|TriG|N-Triples|JSON-LD|JSONP|JSON|RDF/XML|RDF|CC BY|OpenAPI|VoID|CSV|XML|API|RFC|HTTP|"
    r"Excel|Parquet|GraphML|GEXF|Cytoscape(?:\.js)?|Graphviz|DOT|Pajek|Mermaid|FollowTheMoney|followthemoney|OpenAleph|"
    r"yEd|Gephi|igraph|networkx|graphology|D3|JGF|Graph Format|Markdown|Neo4j|pandas|DuckDB|LibreOffice|Inkscape|"
    r"nanopub|SVG|PNG|English|Louvain|OpenRefine|BibTeX|RIS|CSL|SHACL|PageRank|Python|curl|IRI|ISO|EDTF|Ctrl|Esc|"
    r"Wikidata|ROR|GeoNames|LEI|URI"
)
"""Names that are the same in every language."""
_ATTRIBUTES = ("alt", "aria-label", "data-label", "placeholder", "title")
_CODE = ("code", "pre", "script", "style", "textarea")
_VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


def publish_foreign(root: Path) -> Path:
    """Publish them, and name the data folder; the store is `store` beside it."""
    folder = port_folder(root / "data", SAID)
    source = folder.graphs / "sources" / "port-council-2024"
    (source / "passages.ttl").write_text(PREFIX_LINES + PASSAGES + "".join(map(_passage, SAID)))
    shutil.rmtree(folder.ontology)
    shutil.copytree(find_data().ontology, folder.ontology)
    _say_more(source / "source.ttl", "id:port-council-2024", SOURCE)
    _say_more(folder.graphs / "entities" / "things.ttl", "id:harbour-ministry", MINISTRY)
    (source / "coverage.csv").write_text("paragraph,characters,reason\nж 1,0-9,ж\nж 2,10-90,\n")
    (folder.graphs / "queries").mkdir(exist_ok=True)
    for name, kind in (("01-claims", "Claim"), ("02-nothing", "Law")):
        (folder.graphs / "queries" / f"{name}.rq").write_text(QUESTION.format(kind=kind))
    quads = [_foreign(quad) for quad in assemble(folder)]
    VersionedStore(root / "store").publish(quads, {BESIDE: write_beside})
    return folder.graphs.parent


def _passage(claim: Said) -> str:
    return (
        f"passage:{claim.name} a aigov:Passage ; oa:hasSource id:port-council-2024 ; oa:start 10 ; oa:end 90 ; "
        'aigov:locator "page 1" ; aigov:firstWords "The berth" ; aigov:lastWords "of the harbour." ; '
        'aigov:textDigest "sha256:00" .\n'
    )


def _say_more(path: Path, subject: str, more: str) -> None:
    path.write_text(path.read_text().replace(f"{subject} a", f"{more} a", 1))


def _foreign(quad: ox.Quad) -> ox.Quad:
    said = quad.object
    if not isinstance(said, ox.Literal) or not (said.language or said.datatype.value.endswith("#string")):
        return quad
    if said.value.startswith("https://"):
        return quad
    text = said.value.translate({ord(letter): "ж" for letter in ascii_letters})
    written = ox.Literal(text, language=said.language) if said.language else ox.Literal(text)
    return ox.Quad(quad.subject, quad.predicate, written, quad.graph_name)


def latin_words(page: str, language: str) -> list[str]:
    """What a page in a language says in Latin letters, outside code and outside what it marks as another language."""
    reader = _Reader(language)
    reader.feed(page)
    known = re.compile(
        rf"\b(?:{'|'.join(re.escape(name) for name in sorted({*NETWORKS, *(form.name for form in FORMATS)}))})\b"
    )
    return [text for text in reader.texts if re.search(r"[A-Za-z]{2}", known.sub("", NAMES.sub("", text)))]


class _Reader(HTMLParser):
    """Collects the texts of a page that people read."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.texts: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element's attributes, and whether its text is to be read."""
        given = dict(attrs)
        silent = self._silent or tag in _CODE or given.get("lang", self.language) != self.language
        if not silent:
            self.texts += _said(given.get(name) for name in _ATTRIBUTES)
        if tag not in _VOID:
            self.open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those within it that were left open."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if not self._silent:
            self.texts += _said([data])

    @property
    def _silent(self) -> bool:
        return bool(self.open) and self.open[-1][1]


def _said(texts: object) -> Iterator[str]:
    for text in texts:  # type: ignore[attr-defined]
        if text and text.strip():
            yield " ".join(text.split())
