"""The forms a report is shown in. A form is a file here and a line in `RENDERERS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from aigov_graph.validation.renderers import json, text, turtle
from aigov_graph.validation.report import Report


@dataclass(frozen=True, slots=True)
class Renderer:
    """A form: what it is called, its media type, and the function that writes it."""

    name: str
    label: str
    media_type: str
    render: Callable[[Report], str]


RENDERERS: Final[dict[str, Renderer]] = {
    renderer.name: renderer
    for renderer in (
        Renderer("text", "for reading", "text/plain", text.render),
        Renderer("json", "for programs", "application/json", json.render),
        Renderer("turtle", "a SHACL validation report", "text/turtle", turtle.render),
    )
}
"""The forms by name."""
