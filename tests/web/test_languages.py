"""The interface in Chinese: nothing that a template says is left without its translation."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

from babel.messages.extract import extract
from babel.messages.pofile import read_po

WEB = files("aigov_graph.web")


def test_every_message_of_the_templates_is_translated() -> None:
    """Each has a text in simplified Chinese."""
    catalogue = read_po(
        BytesIO((WEB / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.po").read_bytes()), locale="zh_Hans"
    )
    missing = []
    for template in (WEB / "templates").iterdir():
        if not template.name.endswith(".html"):
            continue
        found = list(extract("jinja2.ext:babel_extract", BytesIO(template.read_bytes()), options={"silent": "false"}))
        for _, said, _, _ in found:
            message = catalogue.get(said if isinstance(said, str) else said[0])
            if message is None or not (
                message.string if isinstance(message.string, str) else all(message.string or ("",))
            ):
                missing.append((template.name, said))
    assert missing == []
