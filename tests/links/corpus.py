"""The package's own links, what its things are called, and the tables beside the checkout they are compared with."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from aigov_graph.dataset import Dataset, find_data
from aigov_graph.links import MappingSet, read_links
from aigov_graph.links.targets import TARGETS
from aigov_graph.vocabulary.namespaces import OWL, RDF, RDFS, SKOS

SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
NAMES: Final = tuple(sorted(TARGETS))
"""The targets that have a file."""
DPV: Final = ("w3c-dpv-2.3/ai.ttl", "w3c-dpv-2.3/tech.ttl", "w3c-dpv-2.3/eu-aiact.ttl")
VAIR: Final = ("airo-vair/vair.ttl",)

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared, beside the checkout, is absent")

_BRACKETS: Final = re.compile(r"\s*\(([^()]*)\)")
_INVERTED: Final = re.compile(r"(?P<last>[^,]+), (?P<first>.* of(?: the)?)")
_FORMS: Final = frozenset({"co", "corporation", "inc", "limited", "ltd"})
_CHINA: Final = re.compile(r" of (people s republic of )?china$")


@cache
def data() -> Dataset:
    """The package's own data."""
    return find_data().load()


@cache
def sets() -> dict[str, MappingSet]:
    """The files of links by target."""
    return {found.name: found for found in read_links(find_data(), data())}


@cache
def said(*predicates: str) -> dict[str, frozenset[str]]:
    """What the entities and the reference data say of each thing by these predicates."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in data().quads("entities", "reference"):
        if quad.predicate.value in predicates:
            found[_iri(quad.subject)].add(_iri(quad.object))
    return {iri: frozenset(values) for iri, values in found.items()}


@cache
def names() -> dict[str, frozenset[str]]:
    """Labels and other names of each thing of ours, in every language."""
    return said(RDFS.label, SKOS.prefLabel, SKOS.altLabel)


@cache
def of_kind(*kinds: str) -> frozenset[str]:
    """The things of these classes and those below them, without the retired."""
    vocabulary = data().vocabulary()
    retired = said(OWL.deprecated)
    return frozenset(
        iri
        for iri, classes in said(RDF.type).items()
        if iri not in retired
        and any(set(kinds) & {one, *vocabulary.superclasses(one)} for one in classes if one.startswith("http"))
    )


def table(path: str) -> list[dict[str, str]]:
    """The rows of a table of the folder beside the checkout."""
    with (SHARED / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def terms(*files: str) -> dict[str, frozenset[str]]:
    """What vocabularies of the folder beside the checkout call their terms."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in files:
        for quad in ox.parse(path=SHARED / file, format=ox.RdfFormat.TURTLE):
            if quad.predicate.value in (SKOS.prefLabel, SKOS.altLabel, RDFS.label):
                found[_iri(quad.subject)].add(_iri(quad.object).strip())
    return {iri: frozenset(labels) for iri, labels in found.items()}


def folded(name: str) -> str:
    """A name as two registries may be expected to agree on it.

    Small, without marks, brackets, articles, the -s of a plural, the form of a firm and the China at its end; the right
    way round.
    """
    plain = _BRACKETS.sub("", name)
    if inverted := _INVERTED.fullmatch(plain):
        plain = f"{inverted['first']} {inverted['last']}"
    plain = unicodedata.normalize("NFKD", plain.casefold())
    words = re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    words = [_singular(word) for word in words if word != "the"]
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return _CHINA.sub("", " ".join(words))


def spellings(labels: Iterable[str]) -> frozenset[str]:
    """Names folded; what stands in brackets is a name too, as in "Large Language Model (LLM)"."""
    return frozenset(
        folded(each) for label in labels for each in (label, *_BRACKETS.findall(label)) if each and folded(each)
    )


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
