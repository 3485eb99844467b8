"""Configuration, in one frozen typed place. Read from the environment once, at the entry, then passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from aigov_graph.errors import AigovError

PREFIX = "AIGOV_GRAPH_"


def _setting(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


def _switch(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    try:
        return words[text.lower()]
    except KeyError:
        raise ValueError(text) from None


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may decide. Every field has a help sentence; units are in the names."""

    data: Path | None = _setting(
        None, "Folder with graphs/ and, if it has its own, ontology/; none means the package's."
    )
    store: Path = _setting(Path("store"), "Folder of the published versions.")
    host: str = _setting("127.0.0.1", "Address to listen on.")
    port: int = _setting(8000, "Port to listen on.")
    base_url: str = _setting("", "Public address of the service; empty means the address of the request.")
    query_timeout_s: float = _setting(30.0, "Longest time a query may take.")
    query_memory_bytes: int = _setting(2 * 1024**3, "Address space of one query process.")
    query_text_limit_bytes: int = _setting(64 * 1024, "Longest query text.")
    result_limit_bytes: int = _setting(256 * 1024**2, "Largest answer to one query.")
    query_processes: int = _setting(2, "Number of query processes.")
    query_queue: int = _setting(256, "Queries that may wait for a free process; more are refused.")
    crash_refusal_s: float = _setting(600.0, "How long a query that crashed a process is refused.")
    cache_bytes: int = _setting(64 * 1024**2, "Memory for finished answers.")
    default_graph: str = _setting("union", "What a query without a dataset sees: union, or strict.")
    service_endpoints: str = _setting("", "Endpoints that SERVICE may name, separated by spaces.")
    access_log: bool = _setting(True, "Whether each request is logged.")
    versions_kept: int = _setting(3, "Published versions that stay on disk though nobody reads them.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Settings from variables such as AIGOV_GRAPH_PORT; absent ones keep their default.

        Raises:
            AigovError: a value is not of the field's type, or a variable with our prefix names no field.
        """
        known = {PREFIX + f.name.upper(): f for f in fields(cls)}
        changes: dict[str, Any] = {}
        for name, text in environment.items():
            if not name.startswith(PREFIX):
                continue
            if name not in known:
                raise AigovError(f"no setting is called {name}", "environment", f"known: {', '.join(sorted(known))}")
            setting = known[name]
            convert: Any = {"data": Path, "access_log": _switch}.get(setting.name, type(setting.default))
            try:
                changes[setting.name] = convert(text)
            except ValueError as error:
                raise AigovError(
                    f"{name} is {text!r}, which is no {convert.__name__}", "environment", setting.metadata["help"]
                ) from error
        return replace(cls(), **changes)
