"""What the pages refuse, said as everything else says it: problem details for programs, a page for people."""

from __future__ import annotations

import json
from typing import Final

from flask import Request, Response
from werkzeug.exceptions import HTTPException

from aigov_graph.web.problems import MEDIA_TYPE, HttpError, body_of
from aigov_graph.web.request import COMMON
from aigov_graph.web.telling import page_of

_REMEDIES: Final = {
    400: "mend the request and send it again",
    404: "check the address; / leads to everything there is, /api to the routes for programs",
    405: "use {allow}",
    413: "send less at once",
    500: "tell the operator the request's number",
}


def refusal(error: HTTPException, request: Request) -> Response:
    """The answer to a request that fails, with the header fields that belong to the error, such as Allow."""
    headers = {name: value for name, value in error.get_headers(request.environ) if name.lower() != "content-type"}
    status = error.code or 500
    remedy = _REMEDIES.get(status, "").format(allow=headers.get("Allow", "another method"))
    if request.accept_mimetypes.best_match([MEDIA_TYPE, "text/html"], default=MEDIA_TYPE) == "text/html":
        response = page_of(status, error.name, request.path, error.description or remedy, {})
    else:
        problem = HttpError(status, error.description or error.name, remedy)
        response = Response(body_of(problem, ""), status, content_type=MEDIA_TYPE)
    response.headers.extend(headers)
    response.vary.add("Accept")
    return response


def complete(response: Response, request_id: str) -> None:
    """Give problem details of any room what all have: the request's number, and that any page may read them."""
    if response.mimetype != MEDIA_TYPE:
        return
    told = json.loads(response.get_data())
    response.set_data(json.dumps(told | {"request": request_id}, ensure_ascii=False))
    response.headers.setdefault("Cache-Control", "no-store")
    for name, value in COMMON:
        response.headers.setdefault(name.decode(), value.decode())
