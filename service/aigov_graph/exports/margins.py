"""Above and below a network's picture: its title, its legend, what it leaves out and whose it is."""

from __future__ import annotations

from collections import Counter
from typing import Final

from aigov_graph.exports.lettering import LINE_HEIGHT, Lines, broken, width_of
from aigov_graph.exports.looks import LINES, LOOKS, look_of
from aigov_graph.exports.model import Network
from aigov_graph.exports.options import STATUSES
from aigov_graph.exports.shapes import GREY, INK, Arrow, Composition, Mark, Word
from aigov_graph.exports.wording import counted, listed, said, sentences

_TITLE: Final = 16.0
_SUBTITLE: Final = 9.0
_SMALL: Final = 8.0
_ROW: Final = 17.0
_ENTRY_GAP: Final = 20.0
_FULL_AT_MOST: Final = 3
_NOTE_LINES, _SOURCE_LINES = 6, 6


def head(found: Network, title: str, width: float, margin: float, grown: float) -> Composition:
    """Title, and a line of what is shown; from 0 up to its height.

    Args:
        found: the network.
        title: of the picture.
        width: of the picture.
        margin: left free at its edges, where it has not grown.
        grown: how many times as large as on a page everything is.
    """
    width, margin = width / grown, margin / grown
    edge, room = margin * 0.8, width - 2 * margin
    name = broken(title, _TITLE, room, 3)
    under = broken(_counts(found), _SUBTITLE, room, 2)
    height = edge + name.height + 4 + under.height + edge
    top = height - edge
    made = Composition(
        width,
        height,
        words=[
            Word(name.lines, margin, top, name.width, _TITLE, bold=True),
            Word(under.lines, margin, top - name.height - 4, under.width, _SUBTITLE, GREY),
        ],
    )
    return made.grown(grown)


def foot(found: Network, notes: list[str], width: float, margin: float, grown: float) -> Composition:
    """Legend, notes and sources; from 0 up to its height, with a rule on top. Its arguments are those of `head`."""
    width, margin = width / grown, margin / grown
    room = width - 2 * margin
    made = Composition(width)
    small = [broken(sentences(found.view.language, notes), _SMALL, room, _NOTE_LINES)] if notes else []
    small.append(_sources(found, room))
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
    return made.grown(grown)


def _counts(found: Network) -> str:
    language = found.view.language
    asked, others, _ = _split(found)
    things = counted(language, len(found.nodes), "{n} thing", "{n} things")
    edges = counted(language, len(found.edges), "{n} edge", "{n} edges")
    sources = counted(language, len(asked), "{n} source", "{n} sources")
    if asked and others:
        more = counted(language, len(others), "{n} other source", "{n} other sources")
        text = "{things}, {edges}, stated by {sources}, some also by {others}."
        counts = said(language, text, things=things, edges=edges, sources=sources, others=more)
    elif asked:
        counts = said(language, "{things}, {edges}, stated by {sources}.", things=things, edges=edges, sources=sources)
    else:
        counts = said(language, "{things}, {edges}.", things=things, edges=edges)
    warning = "A fact is what a source states plainly, not what this picture vouches for."
    return sentences(language, [counts, said(language, warning)])


def _split(found: Network) -> tuple[list[str], list[str], int]:
    """What has to be said of the sources asked for, those of most edges first, and of others that state the same.

    And how many edges those others state too. Where none was asked for, all are.
    """
    edges = Counter(source for edge in found.edges for source in edge.sources)
    ranked = sorted(zip(sorted(edges), found.attribution, strict=True), key=lambda pair: (-edges[pair[0]], pair))
    asked = set(found.asked_sources) or set(edges)
    shared = sum(bool(set(edge.sources) - asked) for edge in found.edges)
    return [line for iri, line in ranked if iri in asked], [line for iri, line in ranked if iri not in asked], shared


def _sources(found: Network, room: float) -> Lines:
    """The sources by name, in as many lines as there may be; the data formats name those that these do not hold."""
    language = found.view.language
    asked, others, shared = _split(found)
    if len(asked) + len(others) > _FULL_AT_MOST:
        # With many sources their names must do; the data formats carry what each asks to be said of it.
        asked, others = ([line.partition(". ")[0] for line in lines] for lines in (asked, others))
    digest = said(language, "(graph {digest})", digest=found.digest.removeprefix("sha256:")[:12])
    for kept in range(len(asked) + len(others), -1, -1):
        one, two = (
            _some(language, names, most) for names, most in ((asked, kept), (others, max(kept - len(asked), 0)))
        )
        if two:
            edges = counted(language, shared, "{n} edge", "{n} edges")
            text = said(
                language, "Sources: {names}; {edges} also stated by: {others}.", names=one, edges=edges, others=two
            )
        else:
            text = said(language, "Sources: {names}.", names=one or said(language, "none"))
        lines = broken(f"{text} {digest}" if found.digest else text, _SMALL, room, _SOURCE_LINES)
        if not lines.cut:
            break
    return lines


def _some(language: str, names: list[str], most: int) -> str:
    """The first of some names, and how many more there are."""
    text = listed(language, names[:most])
    if len(names) <= most:
        return text
    return said(language, "{names}; and {n} more, named in the data formats", names=text, n=len(names) - most)


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
        words = LOOKS[int(key)].name if sort == "kind" else LINES[key].words if sort == "status" else key
        name = said(found.view.language, words)
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
