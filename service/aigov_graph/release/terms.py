"""What a release changes of the ontology, computed from its statements and those of the version before."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from aigov_graph.dataset import find_data, parse_turtle, read_bytes, read_file, shorten
from aigov_graph.errors import DataSyntaxError, FolderUnreadable
from aigov_graph.vocabulary.namespaces import BASE, DCTERMS, GRAPH, ONTOLOGY, OWL, RDFS, SKOS

DUMP: Final = "aigov-graph.nq.gz"
"""The dump of a release that holds every graph."""

_LABELS: Final = (SKOS.prefLabel, RDFS.label)

Said = dict[str, frozenset[Any]]
"""What is said of a term: for each predicate its values."""


@dataclass(frozen=True)
class Terms:
    """The terms of one version of the ontology.

    Attributes:
        version: as the ontology states it; "" if it does not.
        said: for each term what is said of it.
        labels: for each term its English name, or "".
        deprecated: those not to be used any more, each with what replaces it.
    """

    version: str
    said: dict[str, Said]
    labels: dict[str, str]
    deprecated: dict[str, tuple[str, ...]]

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Terms:
        """The terms that an ontology's statements describe."""
        version = ""
        said: defaultdict[str, defaultdict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
        for quad in quads:
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            subject, predicate = quad.subject.value, quad.predicate.value
            if subject == ONTOLOGY and predicate == OWL.versionInfo:
                version = str(getattr(quad.object, "value", ""))
            elif subject.startswith(BASE) and subject != ONTOLOGY:
                said[subject][predicate].add(quad.object)
        return cls(
            version,
            {term: {p: frozenset(values) for p, values in of.items()} for term, of in said.items()},
            {term: _label(of) for term, of in said.items()},
            {
                term: tuple(sorted(shorten(v.value) for v in of.get(DCTERMS.isReplacedBy, ())))
                for term, of in said.items()
                if any(value.value == "true" for value in of.get(OWL.deprecated, ()))
            },
        )

    @classmethod
    def read(cls, path: Path) -> Terms:
        """The terms of an earlier version.

        Args:
            path: an earlier release, a data folder with an ontology/, a folder of Turtle files, one Turtle file, or a
                dump as N-Quads, packed or not.

        Raises:
            FolderUnreadable: there is no such file, or no ontology in it.
            DataSyntaxError: it cannot be read.
        """
        found = cls.from_quads(_quads(path))
        if not found.said:
            raise FolderUnreadable("no term of the ontology is described in it", str(path), "name an earlier release")
        return found


def changes(now: Terms, before: Terms | None) -> str:
    """What changed, as a page of Markdown: terms added, removed, deprecated, and what is said anew of others.

    Args:
        now: the terms of this version.
        before: those of the version before; None if this is the first.
    """
    lines = [f"# Terms of version {now.version or 'unknown'}", ""]
    if before is None:
        lines += [f"The first version: {len(now.said)} terms, and none before to compare them with.", ""]
        return "\n".join([*lines, *_listed("Terms", now, now.said)])
    added, removed = now.said.keys() - before.said.keys(), before.said.keys() - now.said.keys()
    deprecated = {term for term in now.deprecated.keys() - before.deprecated.keys() if term not in added}
    changed = {t for t in now.said.keys() & before.said.keys() if now.said[t] != before.said[t]}
    counts = {"added": added, "removed": removed, "deprecated": deprecated, "changed": changed - deprecated}
    told = ", ".join(f"{len(terms)} {what}" for what, terms in counts.items())
    lines += [f"Compared with version {before.version or 'unknown'}: {told}.", ""]
    lines += _listed("Added", now, added)
    lines += _listed("Removed", before, removed)
    if deprecated:
        lines += ["## Deprecated", ""]
        for term in sorted(deprecated):
            instead = now.deprecated[term]
            lines.append(f"{_entry(now, term)}{'; use ' + ', '.join(instead) if instead else ''}")
        lines.append("")
    if changed - deprecated:
        lines += ["## Changed", ""]
        for term in sorted(changed - deprecated):
            lines += [_entry(now, term), *_differences(before.said[term], now.said[term])]
        lines.append("")
    return "\n".join(lines)


def _listed(title: str, terms: Terms, which: Iterable[str]) -> list[str]:
    entries = [_entry(terms, term) for term in sorted(which)]
    return [f"## {title}", "", *entries, ""] if entries else []


def _entry(terms: Terms, term: str) -> str:
    label = terms.labels[term]
    return f"- `{shorten(term)}`{f' ({label})' if label else ''}"


def _differences(before: Said, now: Said) -> Iterator[str]:
    for predicate in sorted(before.keys() | now.keys()):
        old, new = before.get(predicate, frozenset()), now.get(predicate, frozenset())
        for word, values in (("no longer", old - new), ("now", new - old)):
            yield from (f"  - {shorten(predicate)}, {word}: {_shown(value)}" for value in sorted(values, key=str))


def _shown(value: Any) -> str:
    if isinstance(value, ox.NamedNode):
        return f"`{shorten(value.value)}`"
    if not isinstance(value, ox.Literal):
        return str(value)
    text = value.value
    return f"{text} ({value.language})" if value.language else text


def _label(said: dict[str, set[Any]]) -> str:
    found = (v.value for p in _LABELS for v in sorted(said.get(p, ()), key=str) if v.language in (None, "en"))
    return next(found, "")


def _quads(path: Path) -> Iterator[ox.Quad]:
    if path.is_dir():
        if (path / DUMP).is_file():
            yield from _dumped(path / DUMP)
        elif (path / "ontology").is_dir():
            for file in find_data(path).files():
                if file.kind == "ontology":
                    yield from read_file(file).quads
        else:
            for turtle in sorted(path.rglob("*.ttl")):
                if turtle.name != "shapes.ttl":
                    yield from parse_turtle(read_bytes(turtle, str(turtle)), str(turtle))[0]
    elif path.name.endswith((".nq", ".nq.gz")):
        yield from _dumped(path)
    else:
        yield from parse_turtle(read_bytes(path, str(path)), str(path))[0]


def _dumped(path: Path) -> Iterator[ox.Quad]:
    data = read_bytes(path, str(path))
    graph = ox.NamedNode(GRAPH.ontology)
    try:
        plain = gzip.decompress(data) if path.suffix == ".gz" else data
        yield from (quad for quad in ox.parse(plain, format=ox.RdfFormat.N_QUADS) if quad.graph_name == graph)
    except (SyntaxError, OSError, EOFError) as error:
        raise DataSyntaxError(f"no dump: {error}", str(path), "name the folder of an earlier release") from error
