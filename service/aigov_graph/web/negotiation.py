"""Content negotiation: which of the formats and codings on offer a request likes best."""

from __future__ import annotations

from functools import lru_cache

from werkzeug.datastructures import Accept, MIMEAccept
from werkzeug.http import parse_accept_header

from aigov_graph.pool.compression import CODINGS
from aigov_graph.pool.formats import FORMATS, Family

HTML = "text/html"


@lru_cache(maxsize=1024)
def best_type(accept: str, offers: tuple[str, ...]) -> str:
    """The offer with the highest quality, the earlier one where two are equal; "" where none is acceptable.

    The most specific range that fits an offer gives its quality (RFC 9110, 12.5.1). No header means anything goes.
    """
    if not accept.strip():
        return offers[0]
    ranges = MIMEAccept(
        [(value.partition(";")[0].strip(), quality) for value, quality in parse_accept_header(accept, MIMEAccept)]
    )
    quality, _, chosen = max((ranges.quality(offer), -index, offer) for index, offer in enumerate(offers))
    return chosen if quality > 0 else ""


@lru_cache(maxsize=64)
def _offers(family: Family) -> dict[str, str]:
    offers: dict[str, str] = {}
    for form in FORMATS:
        if form.family == family:
            offers[form.media_type] = form.name
    for form in FORMATS:
        if form.family == family:
            for other in form.also:
                offers.setdefault(other, form.name)
    return offers


@lru_cache(maxsize=1024)
def best_format(accept: str, family: Family) -> str:
    """The name of the best format for this kind of answer; "" where none is acceptable."""
    offers = _offers(family)
    return offers.get(best_type(accept, tuple(offers)), "")


@lru_cache(maxsize=1024)
def prefers_html(accept: str) -> bool:
    """Whether a page is wanted rather than RDF."""
    return best_type(accept, (*_offers("graph"), HTML)) == HTML


@lru_cache(maxsize=1024)
def best_coding(accept_encoding: str) -> str:
    """The best content coding, "" for none."""
    if not accept_encoding:
        return ""
    wanted = parse_accept_header(accept_encoding, Accept)
    quality, _, coding = max((wanted.quality(name), -index, name) for index, name in enumerate(CODINGS))
    plain = max((q for value, q in wanted if value == "identity"), default=0.0)
    return coding if quality > 0 and quality >= plain else ""
