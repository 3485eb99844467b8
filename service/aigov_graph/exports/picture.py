"""Pictures: SVG and PNG of a network, with a legend, a title and its sources. The same seed, the same picture."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from aigov_graph.exports.composition import compose
from aigov_graph.exports.lettering import SVG_STACK, families
from aigov_graph.exports.registry import Export
from aigov_graph.exports.shapes import Arrow, Composition, Mark, Word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DPI: Final = 144
_PNG_MOST_PIXELS: Final = 12_000


def svg(export: Export, out: BinaryIO) -> None:
    """Write SVG: its text stays text, in whatever font the reader's machine has of a list.

    Raises:
        Unwritable: there are more nodes than a picture can show.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    with rc_context({"svg.hashsalt": "aigov-graph", "svg.fonttype": "none", "font.family": list(SVG_STACK)}):
        figure = _drawn(compose(export, text_stays=True), list(SVG_STACK))
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(out, metadata={"Date": None, "Creator": "aigov-graph"})


def png(export: Export, out: BinaryIO) -> None:
    """Write PNG.

    Raises:
        Unwritable: there are more nodes than a picture can show.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with rc_context({"font.family": list(families())}):
        made = compose(export, text_stays=False)
        figure = _drawn(made, list(families()))
        figure.set_dpi(min(_DPI, _PNG_MOST_PIXELS * 72 / max(made.width, made.height)))
        canvas: Any = FigureCanvasAgg(figure)
        canvas.print_png(out, metadata={"Software": "aigov-graph", "Title": made.title})


def _drawn(made: Composition, fonts: list[str]) -> Figure:
    from matplotlib.figure import Figure

    # A font of the list that this machine lacks is no mishap: another machine may show the picture.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    figure = Figure(figsize=(made.width / 72, made.height / 72), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, made.width)
    axes.set_ylim(0, made.height)
    axes.set_axis_off()
    for arrow in made.arrows:
        _draw_arrow(axes, arrow)
    for mark in made.marks:
        _draw_mark(axes, mark)
    for word in made.words:
        _draw_word(axes, word, fonts)
    return figure


def _draw_arrow(axes: Any, arrow: Arrow) -> None:
    from matplotlib.patches import FancyArrowPatch

    about: dict[str, Any] = {
        "posA": arrow.start,
        "posB": arrow.end,
        "connectionstyle": f"arc3,rad={arrow.bend:.3f}",
        "shrinkA": arrow.start_gap,
        "shrinkB": arrow.end_gap,
        "color": arrow.colour,
        "capstyle": "butt",
        "zorder": 1,
    }
    axes.add_patch(FancyArrowPatch(arrowstyle="-", linewidth=arrow.width, linestyle=arrow.dashes, **about))
    if not arrow.both:
        # The head by itself: drawn with its line it would be dashed too.
        head = "-|>,head_length=0.45,head_width=0.19"
        axes.add_patch(FancyArrowPatch(arrowstyle=head, mutation_scale=12, linewidth=0, **about))


def _draw_mark(axes: Any, mark: Mark) -> None:
    axes.scatter(
        [mark.x],
        [mark.y],
        s=(2 * mark.radius) ** 2,
        marker=mark.marker,
        facecolor=mark.colour,
        edgecolor="#333333",
        linewidth=0.7,
        zorder=2,
    )


def _draw_word(axes: Any, word: Word, fonts: list[str]) -> None:
    from matplotlib.patches import Rectangle

    left, bottom, right, top = word.box
    if word.ground:
        ground = Rectangle(
            (left - 1, bottom), right - left + 2, top - bottom, facecolor="white", alpha=0.82, zorder=1.5
        )
        axes.add_patch(ground)
    for number, line in enumerate(word.lines):
        axes.text(
            word.anchor_x,
            word.top - word.line_height * (number + 0.8),
            line.replace("$", r"\$"),
            ha=word.align,
            va="baseline",
            fontsize=word.size,
            color=word.colour,
            fontweight="bold" if word.bold else "normal",
            family=fonts,
            zorder=4,
        )
