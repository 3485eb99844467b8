"""What a thing is called elsewhere: the public addresses that our links lead to. Nothing is fetched."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from aigov_graph.cli.frame import given, store_option
from aigov_graph.errors import RequestError
from aigov_graph.settings import Settings

if TYPE_CHECKING:
    import pyoxigraph as ox

_LINKS: Final = "SELECT DISTINCT ?thing ?how ?where { GRAPH graph:links { ?thing ?how ?where } } ORDER BY ?how ?where"
_KINDS: Final = (
    "SELECT DISTINCT ?thing ?label { ?thing a ?kind . ?kind rdfs:label ?label . FILTER(LANG(?label) = 'en') "
    "FILTER(STRSTARTS(STR(?kind), STR(aigov:))) FILTER NOT EXISTS { GRAPH graph:inferred { ?thing a ?kind } } } "
    "ORDER BY ?label"
)
_NAMES: Final = "SELECT DISTINCT ?thing ?label { ?thing rdfs:label|skos:altLabel ?label } ORDER BY ?label"
_KNOWN: Final = (
    "SELECT DISTINCT ?thing { GRAPH ?g { ?thing rdfs:label ?label } FILTER(STRSTARTS(STR(?thing), STR(id:))) }"
)


@click.command()
@click.argument("iri")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@store_option
@click.pass_obj
def describe(settings: Settings, iri: str, as_json: bool, store: Path | None) -> None:
    """Say what IRI is called here, and the public addresses of the same thing elsewhere. Nothing is fetched.

    IRI may be written whole, as id:alibaba, or as alibaba.
    """
    from aigov_graph.stores import VersionedStore

    with VersionedStore(given(settings, store=store).store).lease() as lease:
        found = _read(lease.store, _whole(iri))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    label, *others = found["names"]
    click.echo(f"{_named(label)}  <{found['iri']}>")
    if found["types"]:
        click.echo(f"  {', '.join(found['types'])}")
    if others:
        click.echo(f"  also: {', '.join(_named(name) for name in others)}")
    for link in found["links"]:
        click.echo(f"  {link['relation']}  {link['address']}")
    if not found["links"]:
        click.echo("  no link to another data set")


def _whole(iri: str) -> str:
    from aigov_graph.vocabulary.namespaces import ID, PREFIXES

    prefix, colon, local = iri.strip("<>").partition(":")
    if not colon:
        return ID[prefix]
    return f"{PREFIXES[prefix]}{local}" if prefix in PREFIXES else f"{prefix}:{local}"


def _read(store: ox.Store, iri: str) -> dict[str, Any]:
    import pyoxigraph as ox

    from aigov_graph.dataset import shorten
    from aigov_graph.vocabulary.namespaces import ID, PREFIXES

    def rows(text: str) -> list[list[Any]]:
        answer = store.query(text, prefixes=dict(PREFIXES), substitutions={ox.Variable("thing"): thing})
        return [list(row)[1:] for row in answer if not isinstance(row, ox.Triple)]  # type: ignore[union-attr]

    try:
        thing = ox.NamedNode(iri)
        names = rows(_NAMES)
    except ValueError as error:
        raise RequestError(f"{iri!r} is no IRI", iri, "write an IRI, or a name such as id:alibaba") from error
    if not names:
        known = store.query(_KNOWN, prefixes=dict(PREFIXES))
        slugs = [row[0].value.removeprefix(ID) for row in known]  # type: ignore[union-attr]
        close = difflib.get_close_matches(iri.removeprefix(ID), slugs, 3, 0.7)
        remedy = f"did you mean {' or '.join(close)}?" if close else "look its name up at /search of the service"
        raise RequestError("the graph has no such thing", shorten(iri), remedy)
    english = [[label] for [label] in names if label.language == "en"]
    ordered = english[:1] + [row for row in names if row not in english[:1]]
    return {
        "iri": iri,
        "types": [label.value for [label] in rows(_KINDS)],
        "names": [{"text": label.value, "language": label.language} for [label] in ordered],
        "links": [{"relation": shorten(how.value), "address": where.value} for how, where in rows(_LINKS)],
    }


def _named(name: dict[str, str | None]) -> str:
    return f"{name['text']} ({name['language']})" if name["language"] else str(name["text"])
