"""Errors as answers: one table from our error types to HTTP status, one body (RFC 9457 problem details)."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

from aigov_graph import errors
from aigov_graph.errors import AigovError
from aigov_graph.vocabulary.namespaces import BASE

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[AigovError], int] = {
    errors.QuerySyntaxError: 400,
    errors.RequestError: 400,
    errors.QueryCrashed: 400,
    errors.QueryRefused: 403,
    errors.GraphNotFound: 404,
    errors.NotAcceptable: 406,
    errors.QueryTooLong: 413,
    errors.ResultTooLarge: 413,
    errors.ServiceFailed: 502,
    errors.QueryTimeout: 503,
    errors.QueryOutOfMemory: 503,
    errors.PoolBusy: 503,
    errors.StoreError: 503,
    errors.ExtraMissing: 501,
    errors.Unwritable: 422,
    errors.ExportError: 500,
    errors.QueryError: 500,
    AigovError: 500,
}

RETRY_AFTER_S = {errors.PoolBusy: 2, errors.StoreError: 10, errors.QueryTimeout: 30, errors.QueryOutOfMemory: 30}


class HttpError(AigovError):
    """What is wrong with a request as HTTP, before it is anything of ours.

    Args:
        status: the status code.
        headers: more header fields, such as Allow.
    """

    def __init__(self, status: int, what: str, remedy: str = "", headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(what, "", remedy)
        self.status = status
        self.headers = headers


def status_of(error: AigovError) -> int:
    """The HTTP status for an error."""
    if isinstance(error, HttpError):
        return error.status
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def headers_of(error: AigovError) -> list[tuple[str, str]]:
    """Header fields that belong to an error's answer."""
    headers = list(error.headers) if isinstance(error, HttpError) else []
    if type(error) in RETRY_AFTER_S:
        headers.append(("retry-after", str(RETRY_AFTER_S[type(error)])))
    if isinstance(error, errors.NotAcceptable):
        headers.append(("vary", "Accept, Accept-Encoding"))
    return headers


def body_of(error: AigovError, request_id: str) -> bytes:
    """Problem details: what happened, where, what to do, and the number by which the operator finds it in the log."""
    status = status_of(error)
    if isinstance(error, HttpError):
        kind, title = "about:blank", HTTPStatus(status).phrase
    else:
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__).lower()
        kind, title = f"{BASE}problem/{name}", (type(error).__doc__ or name).partition(".")[0]
    found: dict[str, Any] = {
        "type": kind,
        "title": title,
        "status": status,
        "detail": error.what,
        "where": error.where or None,
        "remedy": error.remedy or None,
        "line": getattr(error, "line", None),
        "column": getattr(error, "column", None),
        "request": request_id,
    }
    return json.dumps({key: value for key, value in found.items() if value is not None}, ensure_ascii=False).encode()
