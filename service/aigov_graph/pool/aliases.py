"""The second name of everything of ours: under the service's own address instead of the project's.

Whoever asks by such a name is answered as if the first name had been given; answers always have the first name.
"""

from __future__ import annotations

import re

from aigov_graph.pool.reading import Prologue, Token, resolved, tokens
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, EDGE, GRAPH, ID, ONTOLOGY, PASSAGE, SHAPE

ROOMS: dict[str, str] = {
    "graph/": GRAPH,
    "graphs/": GRAPH,
    "id/": ID,
    "claim/": CLAIM,
    "passage/": PASSAGE,
    "concept/": CONCEPT,
    "edge/": EDGE,
    "ontology#": AIGOV,
    "shapes#": SHAPE,
}
"""What stands behind the service's own address, and the namespace it means."""

_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.\-]*:)[^<>\"{}|^`\x00-\x20]*>|\b[IU]RI\b", re.IGNORECASE)
_PLAIN_STRING = re.compile(r"""("{3}|'{3}|"|')([^"'\\\r\n]*)\1""")


def first_name(iri: str, own: str) -> str:
    """An IRI as the data has it, if it names something of ours under the service's own address; else the IRI itself."""
    if own and iri.startswith(own):
        rest = iri[len(own) :]
        if rest == "ontology":
            return ONTOLOGY
        for room, namespace in ROOMS.items():
            if rest.startswith(room):
                return str(namespace) + rest[len(room) :]
    return iri


def with_first_names(text: str, own: str, base: str) -> str:
    """A query with the first name of all that it names by a second one.

    That are IRIs, relative ones as the query's BASE or `base` resolves them, prefixes that are declared under the
    service's address, prefixed names, and a string that is the whole argument of IRI() or URI(). No other string and
    no comment is touched; BASE itself stays, since it resolves what is not ours as well.

    Args:
        text: the query.
        own: the service's own address, with a slash at its end.
        base: what relative IRIs are resolved against unless the query says otherwise.
    """
    if not own or not (own in text or "\\" in text or _RELATIVE.search(text)):
        return text
    prologue = Prologue(base)
    parts: list[str] = []
    at = 0
    found = [token for token in tokens(text) if token.kind != "comment"]
    for index, token in enumerate(found):
        prologue.note(token)
        if token.kind == "string":
            renamed = _renamed_argument(found[max(0, index - 2) : index + 2], prologue.base, own)
        else:
            renamed = _renamed(token, prologue, own)
        if renamed:
            parts += [text[at : token.start], renamed]
            at = token.end
    return "".join([*parts, text[at:]])


def _renamed(token: Token, prologue: Prologue, own: str) -> str:
    if prologue.declares == "BASE" or (prologue.declares and token.kind == "prefixed"):
        return ""
    iri = prologue.iri(token)
    if iri is None or (first := first_name(iri, own)) == iri:
        return ""
    if token.kind == "iri":
        # As a prefix this is no IRI yet, and what follows decides.
        return "" if prologue.declares and first == ONTOLOGY else f"<{first}>"
    # A space before it, since two `<` in a row would be read as something else.
    return f" <{first}>"


def _renamed_argument(around: list[Token], base: str, own: str) -> str:
    if len(around) < 4 or around[0].word not in {"IRI", "URI"} or (around[1].text, around[3].text) != ("(", ")"):
        return ""
    plain = _PLAIN_STRING.fullmatch(around[2].text)
    iri = resolved(plain[2], base) if plain else None
    if plain is None or iri is None or (first := first_name(iri, own)) == iri:
        return ""
    return f"{plain[1]}{first}{plain[1]}"
