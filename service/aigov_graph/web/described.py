"""What a route says of itself for the OpenAPI document, kept beside the route."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

_View = TypeVar("_View", bound=Callable[..., Any])
_ATTRIBUTE: Final = "aigov_described"


@dataclass(frozen=True, slots=True)
class Described:
    """One route's account.

    Attributes:
        summary: what it is for, in a few words; the first line of the view's docstring where none is given.
        media: media types of a good answer.
        parameters: OpenAPI parameter objects, of the query.
        form: fields of a form that it takes by POST, by name, with what each is.
        status: the statuses of a good answer.
        problems: the statuses of problem details.
        unchanged: whether it answers 304.
    """

    summary: str = ""
    media: tuple[str, ...] = ("text/html",)
    parameters: tuple[dict[str, Any], ...] = ()
    form: tuple[tuple[str, str], ...] = ()
    status: tuple[int, ...] = (200,)
    problems: tuple[int, ...] = (400, 404, 503)
    unchanged: bool = False


def described(
    *,
    summary: str = "",
    media: tuple[str, ...] = ("text/html",),
    parameters: tuple[dict[str, Any], ...] = (),
    form: tuple[tuple[str, str], ...] = (),
    status: tuple[int, ...] = (200,),
    problems: tuple[int, ...] = (),
    unchanged: bool = False,
) -> Callable[[_View], _View]:
    """Say of a view what the OpenAPI document tells of it; the arguments are those of `Described`."""

    def keep(view: _View) -> _View:
        account = Described(summary, media, parameters, form, status, (*problems, 503), unchanged)
        setattr(view, _ATTRIBUTE, account)
        return view

    return keep


def account_of(view: Callable[..., Any]) -> Described:
    """What a view said of itself, or what any page does."""
    said = getattr(view, _ATTRIBUTE, None)
    return said if isinstance(said, Described) else Described()


def asked(name: str, text: str, *, many: bool = False, choices: tuple[str, ...] = ()) -> dict[str, Any]:
    """A parameter of the query, as OpenAPI describes one."""
    item: dict[str, Any] = {"type": "string"} | ({"enum": list(choices)} if choices else {})
    schema = {"type": "array", "items": item} if many else item
    return {"name": name, "in": "query", "description": text, "schema": schema}
