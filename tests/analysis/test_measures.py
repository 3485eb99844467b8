"""Measures: exact values on small networks, and the edges each answer stands on."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Sequence
from dataclasses import replace

import networkx as nx
import pytest

from aigov_graph.analysis import MEASURES, Answer, analyse
from aigov_graph.analysis.ties import FAST_FROM, betweenness, closeness
from aigov_graph.errors import ExtraMissing, RequestError
from aigov_graph.exports import View
from aigov_graph.exports.registry import EXTRAS
from aigov_graph.vocabulary.namespaces import CLAIM, ID
from tests.exports.world import MORE, reader_of, short
from tests.harbour import Said

CHAIN = (
    Said("001", "harbour-ministry", "exportedTo", "pilots-office"),
    Said("002", "pilots-office", "exportedTo", "port-council"),
    Said("003", "port-council", "interestedIn", "permit-portal"),
    Said("004", "pilots-office", "doubts", "harbour-ministry"),
    Said("005", "berth-rule", "directs", "berth-rule"),
    Said("006", "permit-portal", "doubts", "berth-rule", negated=True),
)
"""Ministry and office, who answer each other; council; portal; and a rule that only directs itself, whose tie to the
portal is denied."""


def asked(measure: str, claims: Sequence[Said] = CHAIN, things: Sequence[str] = (), view: View | None = None) -> Answer:
    """A measure of these claims."""
    return analyse(reader_of(claims, MORE), measure, view, things)


def test_centralities() -> None:
    """The two in the middle of a chain of four lie between two pairs of three each."""
    answer = asked("centralities")
    rows = {short(row[0]): dict(zip(answer.columns, row, strict=True)) for row in answer.rows}
    assert [short(row[0]) for row in answer.rows][:2] == ["pilots-office", "port-council"]
    assert rows["pilots-office"]["betweenness"] == pytest.approx(2 / 6)  # five nodes, six pairs of others
    assert (rows["pilots-office"]["neighbours"], rows["pilots-office"]["in"], rows["pilots-office"]["out"]) == (2, 1, 2)
    assert rows["berth-rule"]["neighbours"] == 0
    assert rows["harbour-ministry"]["closeness"] == pytest.approx((3 / 6) * (3 / 4))
    assert sum(row["pagerank"] for row in rows.values()) == pytest.approx(1)


@pytest.mark.parametrize("certainty", ["certain", "possible"])
def test_a_denied_edge_is_no_tie(certainty: str) -> None:
    """Though it is asked for and stands in the network, it links nothing, and the answer does not stand on it."""
    view = View(statuses=("fact", "denied", "hedged"))
    answer = asked("components", [*CHAIN[:-1], replace(CHAIN[-1], certainty=certainty)], view=view)
    assert [[short(iri) for iri in row[2]] for row in answer.rows] == [
        ["harbour-ministry", "permit-portal", "pilots-office", "port-council"],
        ["berth-rule"],
    ]
    assert len(answer.edges) == 4


def test_brokers_and_what_falls_apart_without_them() -> None:
    """Without either of the two in the middle the chain falls into two."""
    answer = asked("brokers")
    assert [(short(row[0]), row[3]) for row in answer.rows] == [("pilots-office", 2), ("port-council", 2)]


def test_communities() -> None:
    """Two triangles with one tie between them are two groups."""
    things = ["port-council", "harbour-ministry", "pilots-office", "permit-portal", "berth-rule", "sixth"]
    ties = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    claims = [Said(f"{n}", things[a], "doubts", things[b]) for n, (a, b) in enumerate(ties)]
    answer = asked("communities", claims)
    assert sorted(sorted(short(iri) for iri in row[2]) for row in answer.rows) == sorted(
        [sorted(things[:3]), sorted(things[3:])]
    )
    assert answer.facts["modularity"] == pytest.approx(5 / 14)


def test_the_path_has_its_claims() -> None:
    """Each hop lists all that is said between its ends, with the claims that say it."""
    answer = asked("path", things=["harbour-ministry", "permit-portal"])
    hops = [(row[0], row[2], [short(claim) for claim in row[5]]) for row in answer.rows]
    assert hops == [
        (1, "exportedTo", ["001"]),
        (1, "doubts", ["004"]),
        (2, "exportedTo", ["002"]),
        (3, "interestedIn", ["003"]),
    ]
    assert answer.facts == {"found": True, "hops": 3}
    assert answer.rows[0][6] == ["page 1"]
    assert answer.title == "How Harbour Ministry and permit portal are linked"


def test_no_path_is_an_answer() -> None:
    """Things that nothing links, and things outside the view."""
    assert asked("path", things=["harbour-ministry", "berth-rule"]).facts == {"found": False, "hops": 0}
    nowhere = asked("path", CHAIN[:1], ["harbour-ministry", "berth-rule"])
    assert (nowhere.facts["found"], nowhere.rows, nowhere.edges) == (False, [], ())


def test_of_several_shortest_paths_the_first_by_iri() -> None:
    """The answer is the same every time."""
    claims = [
        Said("1", "berth-rule", "doubts", "pilots-office"),
        Said("2", "berth-rule", "doubts", "harbour-ministry"),
        Said("3", "pilots-office", "doubts", "permit-portal"),
        Said("4", "harbour-ministry", "doubts", "permit-portal"),
    ]
    answer = asked("path", claims, ["berth-rule", "permit-portal"])
    assert [row[3] for row in answer.rows] == ["Harbour Ministry", "permit portal"]


def test_reciprocity_is_of_ties_with_a_direction() -> None:
    """One pair of three ties answers each other; what holds both ways by nature counts nowhere."""
    claims = [*CHAIN, Said("007", "port-council", "cooperatesWith", "berth-rule")]
    answer = asked("reciprocity", claims)
    assert answer.facts == {"reciprocity": 0.5, "ties": 4}
    assert [(short(row[0]), short(row[2]), len(row[4])) for row in answer.rows] == [
        ("harbour-ministry", "pilots-office", 2)
    ]


@pytest.mark.parametrize("measure", [name for name, measure in MEASURES.items() if not measure.things])
def test_an_empty_network_has_an_answer(measure: str) -> None:
    """Nothing is found, and nothing fails."""
    answer = asked(measure, [])
    assert (list(answer.rows), answer.edges) == ([], ())
    assert "nothing" in answer.text()


def test_answers_say_what_they_stand_on() -> None:
    """As JSON with the edges, the view, the version and whose the data is; as text in a line; as CSV the rows."""
    answer = asked("brokers", view=View(relations=("exportedTo", "interestedIn")))
    found = json.loads(answer.json())
    assert len(found["basis"]["edges"]) == 3
    assert found["basis"]["view"] == {"relation": ["exportedTo", "interestedIn"]}
    assert (found["basis"]["version"], found["basis"]["digest"]) == (7, "sha256:00ff")
    assert found["results"][0]["thing"] == ID["pilots-office"]
    assert answer.text().splitlines()[-1] == "Stands on 3 edges (relation exportedTo or interestedIn)."
    assert next(csv.reader(io.StringIO(answer.csv()))) == ["thing", "label", "betweenness", "parts"]
    path = asked("path", things=["harbour-ministry", "pilots-office"])
    assert f"{CLAIM['001']}" in path.csv()


def test_the_fast_engine_gives_the_same_numbers() -> None:
    """From a certain size on another library computes; the numbers are networkx's."""
    shuffled = random.Random(7)
    graph: nx.Graph[str] = nx.Graph()
    names = [f"n{n:03}" for n in range(FAST_FROM)]
    graph.add_nodes_from(names)
    graph.add_edges_from((shuffled.choice(names[:50]), shuffled.choice(names[50:])) for _ in range(FAST_FROM * 2))
    assert betweenness(graph) == pytest.approx(nx.betweenness_centrality(graph))
    assert closeness(graph) == pytest.approx(nx.closeness_centrality(graph))


def test_without_the_extra_only_what_needs_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lean installation still finds brokers."""
    monkeypatch.setitem(EXTRAS, "analysis", ("no_such_module",))
    assert len(asked("brokers").rows) == 2
    with pytest.raises(ExtraMissing, match="PageRank needs no_such_module"):
        asked("centralities")


@pytest.mark.parametrize(
    ("measure", "things", "what"),
    [
        ("broker", [], "there is no measure 'broker'"),
        ("path", ["harbour-ministry"], "path is asked about 2 things, not 1"),
        ("brokers", ["harbour-ministry"], "brokers is asked about no thing, not 1"),
        ("path", ["harbour-ministry", "nowhere"], "there is no 'nowhere' in the graph"),
    ],
)
def test_what_cannot_be_asked_is_refused(measure: str, things: list[str], what: str) -> None:
    """The error names the measure or the thing."""
    with pytest.raises(RequestError) as found:
        asked(measure, things=things)
    assert found.value.what == what
