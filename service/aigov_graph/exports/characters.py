"""Characters that a format cannot hold, refused with the name of the thing they are in."""

from __future__ import annotations

import re
from typing import Final

from aigov_graph.errors import Unwritable

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str, where: str) -> str:
    """The text, if XML can hold it.

    Args:
        text: any.
        where: the thing it is said of.

    Raises:
        Unwritable: it has a character that XML forbids, in any spelling.
    """
    found = _NOT_XML.search(text)
    if found:
        raise Unwritable(
            f"U+{ord(found[0]):04X} in {text[:60]!r}: XML forbids this character",
            where,
            "take the character out of the data, or choose a format that is not XML, such as node-link",
        )
    return text
