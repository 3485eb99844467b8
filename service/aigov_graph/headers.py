"""Headers of query files: the lines ``# key: value`` that a file of SPARQL begins with."""

from __future__ import annotations

import re

_FIELD = re.compile(r"#\s?([a-z]+):\s+(.*)")
_CONTINUED = re.compile(r"#\s{2,}(.*)")


def read_header(text: str) -> dict[str, str]:
    """The fields of a header, by their keys.

    The header ends at the first line that is empty, a bare ``#`` or no comment; what follows is remarks and the query.
    A value goes on over lines indented by two spaces or more. Of a key that stands twice the first counts.
    """
    fields: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("#") or not line.strip("# \t"):
            break
        if field := _FIELD.match(line):
            key = field[1] if field[1] not in fields else ""
            if key and (value := field[2].strip()):
                fields[key] = value
        elif key in fields and (more := _CONTINUED.match(line)):
            fields[key] = f"{fields[key]} {more[1].strip()}"
        else:
            key = ""
    return fields


def header_length(text: str) -> int:
    """How many lines the header has."""
    lines = text.splitlines()
    ends = (number for number, line in enumerate(lines) if not line.startswith("#") or not line.strip("# \t"))
    return next(ends, len(lines))
