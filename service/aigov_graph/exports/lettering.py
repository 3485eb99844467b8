"""Letters in pictures: which fonts there are, how wide a text is, and where its lines break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

LATIN: Final = "DejaVu Sans"
"""Comes with matplotlib, so it is everywhere."""
_CJK: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "Droid Sans Fallback",
)
SVG_STACK: Final = (LATIN, "Verdana", *_CJK, "sans-serif")
"""What an SVG asks of the machine that shows it."""
LINE_HEIGHT: Final = 1.22


@dataclass(frozen=True, slots=True)
class Lines:
    """A text broken into lines, with its width and height in points, and whether it had to be cut short."""

    lines: tuple[str, ...]
    width: float
    height: float
    cut: bool

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


@cache
def families() -> tuple[str, ...]:
    """The fonts to draw with on this machine, the first that has a letter draws it."""
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    return (LATIN, *(name for name in _CJK if name in installed))


@cache
def _fonts() -> tuple[Any, ...]:
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    fonts = []
    for family in families():
        font = FT2Font(font_manager.findfont(family))
        font.set_size(100, 72)
        fonts.append(font)
    return tuple(fonts)


@cache
def _advance(letter: str) -> float | None:
    """How far a letter leads at one point; None where no font has it."""
    from matplotlib.ft2font import LoadFlags

    for font in _fonts():
        if font.get_char_index(ord(letter)):
            return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100
    return None


def width_of(text: str, size: float) -> float:
    """The width of one line in points. A letter that no font here has counts as a square, as Chinese ones are."""
    return sum(1.0 if (advance := _advance(letter)) is None else advance for letter in text) * size


def undrawable(text: str) -> bool:
    """Whether no font on this machine has some letter of a text."""
    return any(_advance(letter) is None for letter in text if not letter.isspace())


def broken(text: str, size: float, width: float, most: int) -> Lines:
    """A text in lines no wider than asked for, where words allow it; at most so many, the last with an ellipsis."""
    lines: list[str] = []
    for word, spaced in _words(" ".join("".join(c if c.isprintable() else " " for c in text).split()), size, width):
        joined = f"{lines[-1]}{' ' if spaced else ''}{word}" if lines else word
        if lines and width_of(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    cut = len(lines) > most
    if cut:
        lines = lines[:most]
        lines[-1] = lines[-1].rstrip(" ,;.") + " …"
    return Lines(
        tuple(lines) or ("",), max((width_of(line, size) for line in lines), default=0.0),
        max(len(lines), 1) * size * LINE_HEIGHT, cut,
    )  # fmt: skip


def _words(text: str, size: float, width: float) -> Iterator[tuple[str, bool]]:
    """The pieces between which a line may end: words, single Chinese letters, and parts of words too long.

    With each, whether a space stands before it.
    """
    for word in text.split(" "):
        piece, spaced = "", True
        for letter in word:
            if piece and (_wide(letter) or _wide(piece[-1]) or width_of(piece + letter, size) > width):
                yield piece, spaced
                piece, spaced = "", False
            piece += letter
        if piece:
            yield piece, spaced


def _wide(letter: str) -> bool:
    return "⺀" <= letter <= "鿿" or "가" <= letter <= "힣" or "＀" <= letter <= "￯"
