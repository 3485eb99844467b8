"""Content negotiation: which of the formats and codings on offer a request likes best."""

from __future__ import annotations

from functools import lru_cache

from werkzeug.datastructures import Accept, MIMEAccept
from werkzeug.http import parse_accept_header

from aigov_graph.pool.compression import CODINGS
from aigov_graph.pool.formats import Family, of_family

HTML = "text/html"


@lru_cache(maxsize=1024)
def best_type(accept: str, offers: tuple[str, ...], aliases: tuple[str, ...] = ()) -> str:
    """The offer with the highest quality, the earlier one where two are equal; "" where none is acceptable.

    The most specific range that fits an offer gives its quality (RFC 9110, 12.5.1). No header means anything goes.
    Aliases are other names of what is offered, chosen only where the header has them word for word.
    """
    if not accept.strip():
        return offers[0]
    ranges = MIMEAccept(
        [(value.partition(";")[0].strip(), quality) for value, quality in parse_accept_header(accept, MIMEAccept)]
    )
    named = {value.lower() for value, _ in ranges}
    candidates = (*offers, *(alias for alias in aliases if alias in named))
    quality, _, chosen = max((ranges.quality(offer), -index, offer) for index, offer in enumerate(candidates))
    return chosen if quality > 0 else ""


_TYPES: dict[Family, dict[str, str]] = {
    family: {form.media_type: form.name for form in of_family(family)} for family in ("results", "graph")
}
_ALIASES: dict[Family, dict[str, str]] = {
    family: {alias: form.name for form in of_family(family) for alias in form.also} for family in ("results", "graph")
}


@lru_cache(maxsize=1024)
def best_format(accept: str, family: Family) -> str:
    """The name of the best format for this kind of answer; "" where none is acceptable."""
    types, aliases = _TYPES[family], _ALIASES[family]
    chosen = best_type(accept, tuple(types), tuple(aliases))
    return types.get(chosen) or aliases.get(chosen, "")


@lru_cache(maxsize=1024)
def prefers_html(accept: str) -> bool:
    """Whether a page is wanted rather than RDF."""
    return best_type(accept, (*_TYPES["graph"], HTML), tuple(_ALIASES["graph"])) == HTML


@lru_cache(maxsize=1024)
def best_coding(accept_encoding: str) -> str:
    """The best content coding, "" for none."""
    if not accept_encoding:
        return ""
    wanted = parse_accept_header(accept_encoding, Accept)
    quality, _, coding = max((wanted.quality(name), -index, name) for index, name in enumerate(CODINGS))
    plain = max((q for value, q in wanted if value == "identity"), default=0.0)
    return coding if quality > 0 and quality >= plain else ""
