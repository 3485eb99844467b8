"""Passages: the stretches of a source's text that claims rest on. Nothing here knows of claims."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from aigov_graph.dataset import Dataset, shorten
from aigov_graph.errors import PassageMismatch
from aigov_graph.vocabulary.namespaces import AIGOV, OA, RDF

_RUN = re.compile(r"[^\W_]+")
_REMEDY = "compare the text with the edition named in source.ttl, then mend oa:start, oa:end or the digests"

_Properties = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a source's text, and what its words are known by.

    A field is None where the file says nothing, or nothing that can be read: the shapes complain of that, and so does
    `verify_passage`.

    Attributes:
        iri: the passage's own IRI.
        source: the IRI of the source it lies in.
        start: Unicode code points before it.
        end: Unicode code points up to its end.
        text_digest: of the span as it stands.
        words_digest: of its words; spacing, punctuation, width and case do not count.
        first_words: at most three words it begins with.
        last_words: at most three words it ends with.
    """

    iri: str
    source: str | None
    start: int | None
    end: int | None
    text_digest: str | None
    words_digest: str | None = None
    first_words: str | None = None
    last_words: str | None = None


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What came of holding a text against the passages of its source."""

    source: str
    passages: tuple[Passage, ...]
    mismatches: tuple[PassageMismatch, ...]


def digest_text(text: str) -> str:
    """``sha256:`` and the lower-case hex SHA-256 of the text's UTF-8 bytes."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def digest_words(text: str) -> str:
    """The digest of a text's words: its NFKC, case-folded runs of letters and digits, joined by single spaces."""
    return digest_text(" ".join(_words(text)))


def verify_passage(passage: Passage, text: str) -> None:
    """Check that a passage's digests are those of the words it points to.

    Args:
        passage: `start` and `end` count Unicode code points from 0, `end` exclusive (Web Annotation Data Model, "Text
            Position Selector").
        text: the whole source, decoded from UTF-8, line ends untouched.

    Raises:
        PassageMismatch: the span leaves the text, a digest or the first or last words differ from the record, or the
            record is incomplete.
    """
    where = shorten(passage.iri)
    start, end, recorded = passage.start, passage.end, passage.text_digest
    if start is None or end is None or recorded is None:
        raise PassageMismatch(
            "oa:start, oa:end or aigov:textDigest is missing, doubled or malformed", where, "write each of them once"
        )
    if not 0 <= start < end <= len(text):
        raise PassageMismatch(f"characters {start}-{end} are no span of a text of {len(text)}", where, _REMEDY)
    span = text[start:end]
    if (found := digest_text(span)) != recorded:
        same = passage.words_digest == digest_words(span)
        hint = "; the words are the same, spacing or punctuation differs" if same else ""
        raise PassageMismatch(
            f"characters {start}-{end} have digest {found}, the record says {recorded}{hint}", where, _REMEDY
        )
    if passage.words_digest is not None and (found := digest_words(span)) != passage.words_digest:
        raise PassageMismatch(
            f"the words of characters {start}-{end} have digest {found}, the record says {passage.words_digest}",
            where,
            _REMEDY,
        )
    words = _words(span)
    first, last = _words(passage.first_words or ""), _words(passage.last_words or "")
    if words[: len(first)] != first or words[len(words) - len(last) :] != last:
        raise PassageMismatch(
            f"characters {start}-{end} do not begin or end with the words recorded", where, "mend firstWords, lastWords"
        )


def passages_of(dataset: Dataset) -> tuple[Passage, ...]:
    """All passages of the sources, by IRI."""
    return tuple(
        Passage(
            iri=iri,
            source=_only(found, OA.hasSource),
            start=_number(found, OA.start),
            end=_number(found, OA.end),
            text_digest=_only(found, AIGOV.textDigest),
            words_digest=_only(found, AIGOV.wordsDigest),
            first_words=_only(found, AIGOV.firstWords),
            last_words=_only(found, AIGOV.lastWords),
        )
        for iri, found in _things(dataset, AIGOV.Passage)
    )


def verify_source(dataset: Dataset, text: str) -> SourceReport:
    """Find the source whose text this is, by its digest, and verify each of its passages.

    Args:
        dataset: the sources and their passages.
        text: the whole source, decoded from UTF-8, line ends untouched.

    Raises:
        PassageMismatch: no source has this text.
    """
    digest = digest_text(text)
    sources = [iri for iri, found in _things(dataset, AIGOV.Source) if digest in found.get(AIGOV.textDigest, ())]
    if not sources:
        raise PassageMismatch(
            f"no source has a text with digest {digest}",
            remedy="compare the file with the edition named in source.ttl; spaces and line ends count",
        )
    passages = tuple(passage for passage in passages_of(dataset) if passage.source == sources[0])
    mismatches: list[PassageMismatch] = []
    for passage in passages:
        try:
            verify_passage(passage, text)
        except PassageMismatch as mismatch:
            mismatches.append(mismatch)
    return SourceReport(sources[0], passages, tuple(mismatches))


def _words(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).casefold())


def _things(dataset: Dataset, kind: str) -> list[tuple[str, _Properties]]:
    """The things of a class in the sources' files, by IRI, with their values by property."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in dataset.quads("source"):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return sorted((iri, values) for iri, values in found.items() if kind in values.get(RDF.type, ()))


def _only(values: _Properties, name: str) -> str | None:
    found = values.get(name, ())
    return found[0] if len(found) == 1 else None


def _number(values: _Properties, name: str) -> int | None:
    found = _only(values, name)
    return int(found) if found is not None and re.fullmatch(r"[0-9]{1,12}", found) else None
