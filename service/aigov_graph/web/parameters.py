"""The filters of lists and the options of networks, as the OpenAPI document describes parameters."""

from __future__ import annotations

from typing import Any, Final

from aigov_graph.exports import OPTIONS
from aigov_graph.web.described import asked
from aigov_graph.web.filters import PARAMETERS, Kind

VIEW_PARAMETERS: Final = tuple(
    asked(option.name, option.help, many=option.many, choices=option.choices) for option in OPTIONS
)
"""What a network may be asked by."""


def list_parameters(*kinds: Kind) -> tuple[dict[str, Any], ...]:
    """What lists of these kinds may be asked by; a filter that only one of them has is among them."""
    found = []
    for parameter in PARAMETERS.values():
        if not set(kinds) & set(parameter.kinds):
            continue
        described = asked(parameter.name, parameter.help, many=parameter.many, choices=tuple(parameter.choices))
        if parameter.name in ("page", "size"):
            described["schema"] = {"type": "integer", "minimum": 1}
        found.append(described)
    return tuple(found)
