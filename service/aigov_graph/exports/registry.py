"""What a format is, what a writer is given, and how one is called."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import BinaryIO, Final

from aigov_graph.errors import ExtraMissing
from aigov_graph.exports.model import Network
from aigov_graph.exports.options import How
from aigov_graph.exports.reader import Reader

EXTRAS: Final = {
    "analysis": ("numpy", "rustworkx"),
    "frames": ("pandas",),
    "pictures": ("matplotlib", "numpy", "PIL"),
    "tables": ("pyarrow", "xlsxwriter"),
}
"""What each extra of the package installs that may be absent."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a writer is given: the network, and the graph it came from for formats that say more of each claim."""

    network: Network
    reader: Reader
    how: How = field(default_factory=How)


Writer = Callable[[Export, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: as a parameter and in a path.
        label: for people.
        media_type: with its charset where it is text.
        suffix: of a file.
        writer: ``module:function``; imported on first use.
        reads: what opens it, for people.
        extra: the package's extra that it needs; "" for none.
    """

    name: str
    label: str
    media_type: str
    suffix: str
    writer: str
    reads: str
    extra: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The modules that it needs and that are not installed."""
        return missing(self.extra)

    def write(self, export: Export, out: BinaryIO) -> None:
        """Write a network.

        Raises:
            ExtraMissing: an extra of the package is not installed.
            Unwritable: the format cannot hold something in the network.
        """
        require(self.extra, self.label)
        module, _, function = self.writer.partition(":")
        writer: Writer = getattr(import_module(module), function)
        writer(export, out)


def missing(extra: str) -> tuple[str, ...]:
    """The modules of an extra that are not installed."""
    return tuple(name for name in EXTRAS.get(extra, ()) if importlib.util.find_spec(name) is None)


def require(extra: str, what: str) -> None:
    """See that an extra is there.

    Raises:
        ExtraMissing: it is not; says how to install it.
    """
    if absent := missing(extra):
        raise ExtraMissing(
            f"{what} needs {' and '.join(absent)}, which this installation lacks",
            "",
            f"run: pip install 'aigov-graph[{extra}]'",
        )


def registry(*formats: Format) -> dict[str, Format]:
    """Formats by name."""
    return {form.name: form for form in formats}
