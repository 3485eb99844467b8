"""A data folder of invented claims, as many as wanted, for measuring: same seed, same bytes.

Its skew is that of real ones: a few things are in most claims, most claims are plain and a tenth are hedged,
some contradict others, and one source has many more claims than the next.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final, TextIO

from aigov_graph.errors import FolderUnreadable
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, PREFIXES

_KINDS: Final = (
    ("Firm", 30),
    ("Agency", 14),
    ("ResearchOrganization", 8),
    ("InternationalOrganization", 4),
    ("State", 5),
    ("ActorGroup", 8),
    ("Law", 6),
    ("Strategy", 6),
    ("Agreement", 4),
    ("System", 10),
    ("Aim", 5),
)
"""Classes of the things, and how many of a hundred are of each."""
_RELATIONS: Final = (
    ("cooperatesWith", 20),
    ("exportedTo", 10),
    ("suppliedTo", 6),
    ("uses", 14),
    ("developed", 10),
    ("issued", 8),
    ("signed", 8),
    ("pursues", 7),
    ("competesWith", 5),
    ("investsIn", 5),
    ("regulates", 4),
    ("criticises", 3),
)
_CERTAINTIES: Final = (("certain", 88), ("probable", 5), ("possible", 7))
_MODES: Final = (("actual", 84), ("intended", 6), ("predicted", 4), ("required", 4), ("evaluative", 2))
_CLAIMS_A_THING: Final = 5
_CLAIMS_A_SOURCE: Final = 2000
_PIECE: Final = 20_000
"""Claims in one file."""


@dataclass(frozen=True, slots=True)
class _Thing:
    name: str
    kind: str
    weight: float


def synthesize(folder: Path, vocabulary: Vocabulary, claims: int, seed: int) -> int:
    """Write a data folder that passes the shapes.

    Args:
        folder: made; must be empty or absent.
        vocabulary: the ontology's terms, which say what a relation may relate.
        claims: how many.
        seed: another seed, other claims.

    Returns:
        How many things the claims are about.

    Raises:
        FolderUnreadable: the folder holds something, or cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderUnreadable("the folder is not empty", str(folder), "name a new one")
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    things = _things(max(claims // _CLAIMS_A_THING, len(_KINDS) * 2), chance)
    try:
        _write(folder / "graphs" / "entities" / "things.ttl", _described(things))
        for number, count in enumerate(_shares(claims), start=1):
            _write_source(
                folder / "graphs" / "sources" / f"invented-{number}", number, count, things, vocabulary, chance
            )
    except OSError as error:
        raise FolderUnreadable(f"cannot be written: {error.strerror}", str(folder), "check the permissions") from error
    return len(things)


def _things(count: int, chance: random.Random) -> list[_Thing]:
    """Things, the n-th of which is in claims as often as 1/n says: every kind is among the first."""
    kinds = [kind for kind, _ in _KINDS]
    weights = [weight for _, weight in _KINDS]
    chosen = kinds + chance.choices(kinds, weights, k=count - len(kinds))
    return [_Thing(f"invented-{n}", kind, 1 / n**0.8) for n, kind in enumerate(chosen, start=1)]


def _described(things: list[_Thing]) -> Iterator[str]:
    for thing in things:
        words = {"ActorGroup": "group", "ResearchOrganization": "institute"}.get(thing.kind, thing.kind.lower())
        number = thing.name.rpartition("-")[2]
        yield (
            f'id:{thing.name} a aigov:{thing.kind} ; rdfs:label "invented {words} {number}"@en ;\n'
            f'    schema:description "Made up for measuring."@en .\n'
        )


def _shares(claims: int) -> list[int]:
    """How many claims each source has: the first half of what is left, and so on."""
    count = max(claims // _CLAIMS_A_SOURCE, 1)
    shares = [max(claims >> (n + 1), 1) for n in range(min(count, 12))]
    shares[0] += claims - sum(shares)
    return shares


class _Pairs:
    """Picks two things that a relation may relate, the common ones more often."""

    def __init__(self, things: list[_Thing], vocabulary: Vocabulary, chance: random.Random) -> None:
        self._chance = chance
        self._pools: dict[str, tuple[list[str], list[float]]] = {}
        for relation, _ in _RELATIONS:
            for end in (vocabulary.domains[AIGOV[relation]], vocabulary.ranges[AIGOV[relation]]):
                if end not in self._pools:
                    fitting = [t for t in things if end in vocabulary.superclasses(AIGOV[t.kind]) | {AIGOV[t.kind]}]
                    self._pools[end] = ([t.name for t in fitting], list(accumulate(t.weight for t in fitting)))
        self._ends = {r: (vocabulary.domains[AIGOV[r]], vocabulary.ranges[AIGOV[r]]) for r, _ in _RELATIONS}

    def pick(self, relation: str) -> tuple[str, str]:
        """A subject and an object, not the same."""
        while True:
            subject, target = (self._one(end) for end in self._ends[relation])
            if subject != target:
                return subject, target

    def _one(self, end: str) -> str:
        names, weights = self._pools[end]
        return self._chance.choices(names, cum_weights=weights)[0]


def _write_source(
    folder: Path, number: int, count: int, things: list[_Thing], vocabulary: Vocabulary, chance: random.Random
) -> None:
    name = f"invented-source-{number}"
    digest = f"sha256:{chance.getrandbits(256):064x}"
    holders = [thing.name for thing in things if AIGOV.Actor in vocabulary.superclasses(AIGOV[thing.kind])][:12]
    year = 2015 + number % 10
    source = (
        f'id:{name} a aigov:Source ; rdfs:label "Invented source {number}"@en ;\n'
        f'    dcterms:creator id:{holders[number % len(holders)]} ; dcterms:identifier "{name}" ,\n'
        f'        "https://example.org/{name}" ;\n'
        f'    dcterms:issued "{year}-06-01"^^xsd:date ; dcterms:language "en" ;\n'
        f"    dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ;\n"
        f'    dcterms:title "Invented source {number}"@en ;\n'
        f'    dcterms:publisher id:{holders[0]} ; aigov:textDigest "{digest}" .\n'
    )
    _write(folder / "source.ttl", [source])
    pairs = _Pairs(things, vocabulary, chance)
    for start in range(0, count, _PIECE):
        piece = range(start + 1, min(start + _PIECE, count) + 1)
        _write(folder / f"passages-{start // _PIECE + 1}.ttl", (_passage(name, n, chance) for n in piece))
        _write(
            folder / f"claims-{start // _PIECE + 1}.ttl", (_claim(name, n, pairs, holders, year, chance) for n in piece)
        )


def _passage(source: str, n: int, chance: random.Random) -> str:
    return (
        f"passage:{source}-{n:06} a aigov:Passage ; oa:hasSource id:{source} ; oa:start {n * 100} ;\n"
        f'    oa:end {n * 100 + 80} ; aigov:locator "paragraph {n // 4 + 1}" ;\n'
        f'    aigov:textDigest "sha256:{chance.getrandbits(256):064x}" ;\n'
        f'    aigov:wordsDigest "sha256:{chance.getrandbits(256):064x}" .\n'
    )


def _claim(source: str, n: int, pairs: _Pairs, holders: list[str], year: int, chance: random.Random) -> str:
    relation = _chosen(_RELATIONS, chance)
    subject, target = pairs.pick(relation)
    negated = chance.random() < 0.02
    holder = holders[0] if chance.random() < 0.6 else chance.choice(holders)
    lines = [
        f"claim:{source}-{n:06} a aigov:Claim",
        f'rdfs:label "Claim {n} of {source}."@en',
        f"rdf:subject id:{subject}",
        f"rdf:predicate aigov:{relation}",
        f"rdf:object id:{target}",
        f"aigov:certainty concept:{_chosen(_CERTAINTIES, chance)}",
        f"aigov:mode concept:{_chosen(_MODES, chance)}",
        f"aigov:negated {str(negated).lower()}",
        f"prov:wasAttributedTo id:{holder}",
        f"prov:hadPrimarySource id:{source}",
        f"aigov:evidence passage:{source}-{n:06}",
        "aigov:reviewStatus concept:accepted",
    ]
    if chance.random() < 0.5:
        begun = year - chance.randrange(1, 8)
        lines.append(f'aigov:when "{begun}{"/.." if chance.random() < 0.5 else ""}"^^edtf:edtf')
    return " ;\n    ".join(lines) + " .\n"


def _chosen(choices: tuple[tuple[str, int], ...], chance: random.Random) -> str:
    return chance.choices([word for word, _ in choices], [weight for _, weight in choices])[0]


def _write(path: Path, blocks: Iterator[str] | list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        _write_prefixes(file)
        file.writelines(blocks)


def _write_prefixes(file: TextIO) -> None:
    file.writelines(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
