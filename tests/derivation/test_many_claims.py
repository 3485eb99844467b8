"""A corpus of thousands of claims: every claim answered, every edge complete."""

from __future__ import annotations

from random import Random

from tests.harbour import Derived, Said, derived

RELATIONS = ("interestedIn", "cooperatesWith", "suppliedTo", "exportedTo", "directs", "revokes")
CLAIMS = 5000


def test_thousands_of_claims_are_all_answered() -> None:
    """Each claim has a badge and an answer; each edge has one status, a count of sources and its evidence."""
    random = Random(20240305)
    claims = [_one_of_many(number, random) for number in range(CLAIMS)]
    result = derived(*claims)
    about = _by_subject(result)
    answers = [about[f"https://w3id.org/aigov-graph/claim/{claim.name}"] for claim in claims]
    assert {(len(a["eligible"]), len(a["modality"])) for a in answers} == {(1, 1)}
    assert sum("onEdge" in a for a in answers) == sum(claim.status == "accepted" for claim in claims)
    edges = result.edges_by_iri().values()
    assert {(len(edge["status"]), len(edge["sourceCount"])) for edge in edges} == {(1, 1)}
    assert all(edge.get("supportedBy", set()) | edge.get("deniedBy", set()) for edge in edges)
    assert {status for edge in edges for status in edge["status"]} == {
        "fact",
        "disputed",
        "denied",
        "qualified",
        "hedged",
    }
    assert not result.facts & (result.inferred | result.disputed)
    assert len(result.quads) == len(set(result.quads))


def _one_of_many(number: int, random: Random) -> Said:
    """A claim on few hundred things, one of which takes part in every fifth."""
    things = [f"thing-{random.randrange(300)}" for _ in range(2)]
    year = random.randrange(1990, 2025)
    return Said(
        f"{number:05}",
        "thing-0" if random.random() < 0.2 else things[0],
        random.choice(RELATIONS),
        things[1],
        certainty=random.choice(["certain"] * 5 + ["possible"]),
        mode=random.choice(["actual"] * 5 + ["intended"]),
        negated=random.random() < 0.3,
        status=random.choice(["accepted"] * 9 + ["draft"]),
        when=random.choice([None, f"{year}", f"{year}/..", f"{year}/{year + 3}", f"../{year}"]),
        relayed_by=random.choice([None] * 9 + ["port-council"]),
        source=f"source-{number % 40}",
        qualifiers=random.choice([{}] * 9 + [{"degree": "rare"}]),
    )


def _by_subject(result: Derived) -> dict[str, dict[str, list[str]]]:
    about: dict[str, dict[str, list[str]]] = {}
    for quad in result.quads:
        name = quad.predicate.value.partition("#")[2]
        about.setdefault(str(quad.subject).strip("<>"), {}).setdefault(name, []).append(str(quad.object))
    return about
