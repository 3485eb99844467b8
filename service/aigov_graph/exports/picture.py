"""Pictures: SVG and PNG of a network, with a legend, a title and its sources. The same seed, the same picture."""

from __future__ import annotations

import io
import logging
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from aigov_graph.exports.composition import compose
from aigov_graph.exports.lettering import SVG_STACK, families, width_of
from aigov_graph.exports.registry import Export
from aigov_graph.exports.shapes import Arrow, Composition, Mark, Word
from aigov_graph.exports.strokes import stroke

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase

_DPI: Final = 144
_PNG_MOST_PIXELS: Final = 5_000
"""Of a picture's longer side; the letters of a large picture are larger, so that they can be read all the same."""
_COMPRESSED: Final = 3
"""Of 9: for large plain grounds no worse than more, and quicker."""
_RIM: Final = "#333333"


def svg(export: Export, out: BinaryIO) -> None:
    """Write SVG: its text stays text, in whatever font the reader's machine has of a list.

    Raises:
        Unwritable: there are more nodes than a picture can show.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import RendererSVG

    made = compose(export, text_stays=True)
    about = {"Date": None, "Creator": "aigov-graph", "Title": made.title}
    with rc_context({"svg.hashsalt": "aigov-graph", "svg.fonttype": "none"}):
        text = io.TextIOWrapper(out, "utf-8", newline="\n", write_through=True)
        paper: Any = RendererSVG
        renderer = paper(made.width, made.height, text, metadata=about)
        _Pen(renderer, 1.0, SVG_STACK).draw(made)
        renderer.finalize()
        text.detach()


def png(export: Export, out: BinaryIO) -> None:
    """Write PNG.

    Raises:
        Unwritable: there are more nodes than a picture can show.
    """
    import numpy as np
    from matplotlib.backends.backend_agg import RendererAgg
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    made = compose(export, text_stays=False)
    dpi = min(_DPI, _PNG_MOST_PIXELS * 72 / max(made.width, made.height))
    paper: Any = RendererAgg
    renderer = paper(made.width * dpi / 72, made.height * dpi / 72, dpi)
    _Pen(renderer, dpi / 72, families()).draw(made)
    about = PngInfo()
    about.add_text("Software", "aigov-graph")
    about.add_itxt("Title", made.title)
    shown = Image.fromarray(np.asarray(renderer.buffer_rgba())).convert("RGB")
    shown.save(out, "png", pnginfo=about, dpi=(dpi, dpi), compress_level=_COMPRESSED)


class _Pen:
    """Draws pieces by a renderer of matplotlib itself: its figures and artists take several times as long."""

    def __init__(self, renderer: RendererBase, scale: float, fonts: tuple[str, ...]) -> None:
        from matplotlib.transforms import Affine2D

        # A font of the list that this machine lacks is no mishap: another machine may show the picture.
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
        self._renderer, self._scale, self._fonts = renderer, scale, fonts
        self._pixels = Affine2D().scale(scale)

    def draw(self, made: Composition) -> None:
        """Draw a whole picture: lines, over them the grounds of words, then signs and letters."""
        self._rectangle((0, 0, made.width, made.height), 1.0)
        for arrow in made.arrows:
            self._arrow(arrow)
        for word in made.words:
            if word.ground:
                left, bottom, right, top = word.box
                self._rectangle((left - 1, bottom, right + 1, top), 0.82)
        for mark in made.marks:
            self._mark(mark)
        for word in made.words:
            self._word(word)

    def _path(self, path: Any, fill: str | None, line: str | None, width: float, dashes: Any, alpha: float) -> None:
        from matplotlib.colors import to_rgb

        context = self._renderer.new_gc()
        context.set_linewidth(width if line else 0.0)
        if line:
            context.set_foreground(line)
        if dashes != "-":
            offset, lengths = dashes
            context.set_dashes(offset, [length * width for length in lengths])
        context.set_capstyle("butt")
        context.set_joinstyle("miter")
        context.set_alpha(alpha)
        self._renderer.draw_path(context, path, self._pixels, (*to_rgb(fill), alpha) if fill else None)
        context.restore()

    def _rectangle(self, box: tuple[float, float, float, float], alpha: float) -> None:
        from matplotlib.path import Path

        left, bottom, right, top = box
        corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        self._path(Path(corners, closed=True), "white", None, 0.0, "-", alpha)

    def _arrow(self, arrow: Arrow) -> None:
        from matplotlib.path import Path

        found = stroke(arrow)
        if found is None:
            return
        start, towards, end = found.curve
        path = Path([start, towards, end], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
        if not arrow.bend:
            path = Path([start, end])
        self._path(path, None, arrow.colour, arrow.width, arrow.dashes, arrow.strength)
        if found.head:
            # By itself: drawn with its line it would be dashed too.
            head = Path([*found.head, found.head[0]], closed=True)
            self._path(head, arrow.colour, None, 0.0, "-", min(1.0, arrow.strength * 1.5))

    def _mark(self, mark: Mark) -> None:
        from matplotlib.transforms import Affine2D

        path = _sign(mark.marker).transformed(Affine2D().scale(2 * mark.radius).translate(mark.x, mark.y))
        self._path(path, mark.colour, _RIM, 0.7, "-", 1.0)

    def _word(self, word: Word) -> None:
        from matplotlib.text import Text

        font = _font(self._fonts, word.size, word.bold)
        for number, line in enumerate(word.lines):
            y = word.top - word.line_height * (number + 0.8)
            # A renderer that keeps text as text aligns it itself, others begin where they are told.
            wide = 0.0 if word.align == "left" else width_of(line, word.size)
            x = word.anchor_x - (wide / 2 if word.align == "center" else wide)
            context = self._renderer.new_gc()
            context.set_foreground(word.colour)
            text = Text(word.anchor_x, y, line, horizontalalignment=word.align, fontproperties=font)
            down = self._renderer.get_canvas_width_height()[1] - y * self._scale
            self._renderer.draw_text(context, x * self._scale, down, line, font, 0, ismath=False, mtext=text)
            context.restore()


@cache
def _sign(marker: str) -> Any:
    """The outline of a sign, one wide."""
    from matplotlib.markers import MarkerStyle

    style = MarkerStyle(marker)
    return style.get_path().transformed(style.get_transform())


@cache
def _font(families: tuple[str, ...], size: float, bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=list(families), size=size, weight="bold" if bold else "normal")
