"""Pages are kept by version: one that is asked for again unchanged is not made again."""

from __future__ import annotations

import hashlib
from typing import Final

from flask import Blueprint, Response, g, request

from aigov_graph.errors import StoreError
from aigov_graph.pool.compression import compressed
from aigov_graph.web.languages import VARY, language
from aigov_graph.web.negotiation import best_coding, prefers_html
from aigov_graph.web.pages.site import Site

_CONTROL: Final = "public, max-age=0, must-revalidate"


def keep_by_version(room: Blueprint, site: Site) -> None:
    """Give each page of a room a tag of version, language and address, and answer 304 to who has it already."""

    @room.before_request
    def unchanged() -> Response | None:
        if request.method not in ("GET", "HEAD"):
            return None
        try:
            digest = site.snapshot.version.digest.removeprefix("sha256:")[:16]
        except StoreError:
            return None
        html = "html" if prefers_html(request.headers.get("Accept", "")) else request.headers.get("Accept", "")
        asked = "\n".join((request.full_path, html, request.host))
        g.page_tag = f"{digest}-{language()}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"
        if request.if_none_match.contains_weak(g.page_tag):
            return _kept(Response(status=304))
        return None

    @room.after_request
    def tag(response: Response) -> Response:
        if response.status_code == 200 and "page_tag" in g:
            response.headers["X-Dataset-Version"] = str(site.snapshot.version.number)
            return _compressed(_kept(response))
        if response.status_code == 303:
            response.headers["Vary"] = VARY
        return response


def _kept(response: Response) -> Response:
    response.headers["ETag"] = f'W/"{g.page_tag}"'
    response.headers["Cache-Control"] = _CONTROL
    response.headers["Vary"] = VARY
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = language()
    return response


def _compressed(response: Response) -> Response:
    """A page as small as its reader takes it. Nothing in it is secret, so that its length may be known."""
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    coding = best_coding(request.headers.get("Accept-Encoding", ""))
    if coding:
        response.set_data(compressed(response.get_data(), coding, streaming=True))
        response.headers["Content-Encoding"] = coding
    return response
