"""Configuration, in one frozen typed place. Read from the environment once, at the entry, then passed on."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from aigov_graph.errors import AigovError

PREFIX = "AIGOV_GRAPH_"

_MIRRORED = re.compile("=(?=https?://)")
_WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def _setting(
    default: Any, help_text: str, *, least: float = 0, most: float = math.inf, among: tuple[str, ...] = ()
) -> Any:
    return field(default=default, metadata={"help": help_text, "least": least, "most": most, "among": among})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may decide. Every field has a help sentence; units are in the names."""

    data: Path | None = _setting(
        None, "Folder with graphs/ and, if it has its own, ontology/; none means the package's."
    )
    store: Path = _setting(Path("store"), "Folder of the published versions.")
    host: str = _setting("127.0.0.1", "Address to listen on.")
    port: int = _setting(8000, "Port to listen on; 0 takes a free one.", most=65535)
    base_url: str = _setting("", "Public address of the service; empty means the address of the request.")
    query_timeout_s: float = _setting(30.0, "Longest time a query may take.", least=0.001)
    query_memory_bytes: int = _setting(2 * 1024**3, "Address space of one query process.", least=1)
    query_text_limit_bytes: int = _setting(64 * 1024, "Longest query text.", least=1)
    result_limit_bytes: int = _setting(256 * 1024**2, "Largest answer to one query.", least=1)
    query_processes: int = _setting(2, "Number of query processes.", least=1)
    query_stand_ins: int = _setting(2, "Query processes started beyond that number while long queries hold the others.")
    query_queue: int = _setting(256, "Queries that may wait for a free process; more are refused.")
    crash_refusal_s: float = _setting(600.0, "How long a query that crashed a process is refused.")
    cache_bytes: int = _setting(64 * 1024**2, "Memory for finished answers.")
    default_graph: str = _setting(
        "union", "What a query without a dataset sees: union, or strict.", among=("union", "strict")
    )
    service_endpoints: str = _setting(
        "", "Endpoints that SERVICE may name, separated by spaces; NAME=ADDRESS asks a mirror at ADDRESS for NAME."
    )
    access_log: bool = _setting(True, "Whether each request is logged.")
    metrics: bool = _setting(True, "Whether /metrics is there, for whoever reaches the port.")
    versions_kept: int = _setting(3, "Published versions that stay on disk though nobody reads them.", least=1)

    def endpoints(self) -> dict[str, str]:
        """What SERVICE may name, each with the address that is asked for it."""
        found = (_MIRRORED.split(listed, maxsplit=1) for listed in self.service_endpoints.split())
        return {name: (address or [name])[0] for name, *address in found}

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Settings from variables such as AIGOV_GRAPH_PORT; absent and empty ones keep their default.

        Raises:
            AigovError: a value is none that the field can have, or a variable with our prefix names no field.
        """
        known = {PREFIX + f.name.upper(): f for f in fields(cls)}
        changes: dict[str, Any] = {}
        for name, text in environment.items():
            if not name.startswith(PREFIX) or not text:
                continue
            if name not in known:
                raise AigovError(f"no setting is called {name}", "environment", f"known: {', '.join(sorted(known))}")
            try:
                changes[known[name].name] = _read(text, known[name])
            except ValueError as error:
                raise AigovError(
                    f"{name} is {text!r}, which is not {error}", "environment", known[name].metadata["help"]
                ) from error
        return replace(cls(), **changes)


def _read(text: str, setting: Field[Any]) -> Any:
    """A value from its text; a ValueError says what would be one."""
    kind: type[Any] = type(setting.default)
    if kind is bool:
        if (word := text.lower()) in _WORDS:
            return _WORDS[word]
        raise ValueError("yes or no")
    if kind in (int, float):
        return _read_number(text, kind, setting.metadata["least"], setting.metadata["most"])
    among = setting.metadata["among"]
    if among and text not in among:
        raise ValueError(f"one of {', '.join(among)}")
    return text if kind is str else Path(text)


def _read_number(text: str, kind: type[int] | type[float], least: float, most: float) -> float:
    try:
        value = kind(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and least <= value <= most):
        name = "a whole number" if kind is int else "a number"
        raise ValueError(f"{name} from {least}" + (f" to {most}" if math.isfinite(most) else ""))
    return value
