"""Above and below a network's picture: its title, its legend, what it leaves out and whose it is."""

from __future__ import annotations

from typing import Final

from aigov_graph.exports.lettering import LINE_HEIGHT, broken, width_of
from aigov_graph.exports.looks import LINES, LOOKS, look_of
from aigov_graph.exports.model import Network
from aigov_graph.exports.options import STATUSES
from aigov_graph.exports.shapes import GREY, INK, Arrow, Composition, Mark, Word

_TITLE: Final = 16.0
_SUBTITLE: Final = 9.0
_SMALL: Final = 8.0
_ROW: Final = 17.0
_ENTRY_GAP: Final = 20.0
_FULL_AT_MOST: Final = 3


def head(found: Network, title: str, width: float, margin: float) -> Composition:
    """Title, and a line of what is shown; from 0 up to its height."""
    room = width - 2 * margin
    name = broken(title, _TITLE, room, 3)
    under = broken(_counts(found), _SUBTITLE, room, 2)
    height = margin * 0.8 + name.height + 4 + under.height + margin * 0.8
    top = height - margin * 0.8
    return Composition(
        width,
        height,
        words=[
            Word(name.lines, margin, top, name.width, _TITLE, bold=True),
            Word(under.lines, margin, top - name.height - 4, under.width, _SUBTITLE, GREY),
        ],
    )


def foot(found: Network, notes: list[str], width: float, margin: float) -> Composition:
    """Legend, notes and sources; from 0 up to its height, with a rule on top."""
    room = width - 2 * margin
    made = Composition(width)
    small = [broken(text, _SMALL, room, 14) for text in (" ".join(notes), _sources(found)) if text]
    legend = _legend(found, room)
    bottom = margin * 0.8
    for lines in reversed(small):
        made.words.append(Word(lines.lines, margin, bottom + lines.height, lines.width, _SMALL, GREY))
        bottom += lines.height + 3
    bottom += 6
    for piece in legend.words:
        made.words.append(Word(piece.lines, piece.anchor_x + margin, piece.top + bottom, piece.width, piece.size))
    for mark in legend.marks:
        made.marks.append(Mark(mark.x + margin, mark.y + bottom, mark.radius, mark.marker, mark.colour))
    for arrow in legend.arrows:
        start, end = ((x + margin, y + bottom) for x, y in (arrow.start, arrow.end))
        made.arrows.append(Arrow(start, end, 0, 0, 0, arrow.dashes, arrow.colour, arrow.width, arrow.both))
    rule = bottom + legend.height + 6
    made.arrows.append(Arrow((margin, rule), (width - margin, rule), 0, 0, 0, "-", "#d8d8d8", 0.8, True))
    made.height = rule + 16
    return made


def _counts(found: Network) -> str:
    things, edges = len(found.nodes), len(found.edges)
    sources = len({source for edge in found.edges for source in edge.sources})
    text = f"{things} {'thing' if things == 1 else 'things'}, {edges} {'edge' if edges == 1 else 'edges'}"
    if sources:
        text += f", stated by {sources} {'source' if sources == 1 else 'sources'}"
    return f"{text}. A fact is what a source states plainly, not what this picture vouches for."


def _sources(found: Network) -> str:
    digest = f" (graph {found.digest.removeprefix('sha256:')[:12]})" if found.digest else ""
    lines = found.attribution
    if len(lines) > _FULL_AT_MOST:
        # With many sources their names must do; the data formats carry what each asks to be said of it.
        lines = tuple(line.partition(". ")[0] for line in lines)
    return f"Sources: {'; '.join(lines) or 'none'}.{digest}"


def _legend(found: Network, room: float) -> Composition:
    """Every kind of thing and of edge that is there, in rows; from 0 up to its height."""
    kinds = sorted({LOOKS.index(look_of(node)) for node in found.nodes.values()})
    statuses = [status for status in STATUSES if any(edge.status == status for edge in found.edges)]
    both = any(edge.symmetric for edge in found.edges)
    entries: list[tuple[str, float, str]] = [("kind", 12.0, str(kind)) for kind in kinds]
    entries += [("status", 30.0, status) for status in statuses]
    entries += [("both", 30.0, "holds both ways")] if both else []
    rows: list[list[tuple[float, str, str, str, float]]] = [[]]
    x = 0.0
    for sort, sign, key in entries:
        name = LOOKS[int(key)].name if sort == "kind" else LINES[key].words if sort == "status" else key
        needed = sign + 5 + width_of(name, _SMALL)
        if rows[-1] and (x + needed > room or (sort != rows[-1][-1][1] and sort == "status")):
            rows.append([])
            x = 0.0
        rows[-1].append((x, sort, key, name, sign))
        x += needed + _ENTRY_GAP
    made = Composition(room, _ROW * len(rows))
    for number, row in enumerate(rows):
        y = made.height - _ROW * (number + 0.5)
        for left, sort, key, name, sign in row:
            top = y + _SMALL * LINE_HEIGHT / 2
            made.words.append(Word((name,), left + sign + 5, top, width_of(name, _SMALL), _SMALL, INK))
            if sort == "kind":
                look = LOOKS[int(key)]
                made.marks.append(Mark(left + 6, y, 4.6, look.marker, look.colour))
            else:
                line = LINES[key if sort == "status" else "fact"]
                width = 1.8 if key == "disputed" else 1.0
                made.arrows.append(
                    Arrow((left, y), (left + sign, y), 0, 0, 0, line.dashes, line.colour, width, sort == "both")
                )
    return made
