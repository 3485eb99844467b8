"""The network view: which edges a view shows, and what each says."""

from __future__ import annotations

from datetime import date

import pytest

from aigov_graph.errors import RequestError
from aigov_graph.exports import View, network
from aigov_graph.exports.options import STATUSES
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, EDGE, ID
from tests.exports.world import CLAIMS, MORE, reader_of, seen, short, triples, whole_view
from tests.harbour import Said

FACTS = {
    ("harbour-ministry", "interestedIn", "permit-portal"),
    ("harbour-ministry", "cooperatesWith", "pilots-office"),
    ("harbour-ministry", "suppliedTo", "pilots-office"),
    ("berth-rule", "directs", "berth-rule"),
}


def test_facts_between_entities_are_the_default() -> None:
    """Hedged, disputed, denied and qualified edges stay out, and so do those that touch a claim or a situation."""
    assert triples(seen()) == FACTS


@pytest.mark.parametrize(
    ("status", "edge"),
    [
        ("hedged", ("harbour-ministry", "exportedTo", "pilots-office")),
        ("disputed", ("pilots-office", "cooperatesWith", "port-council")),
        ("denied", ("port-council", "doubts", "permit-portal")),
        ("qualified", ("pilots-office", "interestedIn", "berth-rule")),
    ],
)
def test_other_statuses_come_on_request_and_say_so(status: str, edge: tuple[str, str, str]) -> None:
    """Each status alone shows its one edge, which carries the status."""
    found = seen(status=status)
    assert triples(found) == {edge}
    assert found.edges[0].statuses == (status,)
    assert found.edges[0].negated == (status == "denied")


def test_an_edge_carries_its_evidence() -> None:
    """All that the graph says of an edge is on it."""
    edge = next(edge for edge in seen().edges if edge.relation == "interestedIn")
    assert edge.iri.startswith(EDGE)
    assert (edge.label, edge.claims, edge.statuses) == ("interestedIn", (CLAIM["001"],), ("fact",))
    assert (edge.certainties, edge.modes, edge.negated, edge.symmetric) == (("certain",), ("actual",), False, False)
    assert (edge.earliest, edge.latest, edge.ongoing) == (date(2019, 1, 1), None, True)
    assert (edge.holders, edge.sources) == ((ID["port-council"],), (ID["port-council-2024"],))
    assert (edge.locators, edge.weight, edge.source_count) == (("page 1",), 1, 1)


def test_a_symmetric_pair_is_one_edge_from_the_lesser_iri() -> None:
    """However its claim puts it, it is written once, and marked."""
    found = seen(relation="cooperatesWith")
    assert triples(found) == {("harbour-ministry", "cooperatesWith", "pilots-office")}
    assert found.edges[0].symmetric


def test_a_row_of_a_table_has_its_key_as_place() -> None:
    """Evidence that has no locator of its own is placed by the key of its row."""
    claims = [Said("row")]
    assert seen(claims).edges[0].locators == ("berth = 12",)


def test_situations_and_claims_become_nodes_on_request() -> None:
    """With the switches their edges come, and the node's type says what it is."""
    with_situations, with_claims = seen(situations=""), seen(claims="")
    assert triples(with_situations) - FACTS == {("port-council", "undergoes", "busy-year")}
    assert with_situations.nodes[ID["busy-year"]].type == "Trend"
    assert triples(with_claims) - FACTS == {("port-council", "doubts", "001")}
    assert with_claims.nodes[CLAIM["001"]].type == "Claim"


def test_a_relation_brings_those_below_it() -> None:
    """What was exported was supplied; a local name, a prefixed one and the IRI mean the same."""
    expected = {
        ("harbour-ministry", "suppliedTo", "pilots-office"),
        ("harbour-ministry", "exportedTo", "pilots-office"),
    }
    for name in ("suppliedTo", "aigov:suppliedTo", AIGOV.suppliedTo):
        assert triples(seen(relation=name, status=("fact", "hedged"))) == expected


def test_types_hold_for_both_ends() -> None:
    """A class brings those below it; an edge stays if both its ends are of a class asked for."""
    assert triples(seen(type="Actor")) == {triple for triple in FACTS if triple[2] == "pilots-office"}
    assert triples(seen(type=("Agency", "System"))) == FACTS - {("berth-rule", "directs", "berth-rule")}


def test_holders_and_sources() -> None:
    """Only what an actor holds, and only what a source says."""
    claims = [Said("001"), Said("002", relation="doubts", holder="pilots-office", source="pilots-2023")]
    more = 'id:pilots-2023 a aigov:Source ; rdfs:label "Pilots, 2023"@en . id:other-2023 a aigov:Source .'
    assert triples(seen(claims, more, holder="pilots-office")) == {("harbour-ministry", "doubts", "permit-portal")}
    assert triples(seen(claims, more, source="pilots-2023")) == {("harbour-ministry", "doubts", "permit-portal")}
    assert triples(seen(claims, more, source="other-2023")) == set()


@pytest.mark.parametrize(
    ("given", "relations"),
    [
        ({"from": "2018", "to": "2018"}, set()),
        ({"from": "2018", "to": "2019-01-01"}, {"interestedIn"}),
        ({"from": "2021"}, {"interestedIn"}),
        ({"to": "2020-06"}, {"interestedIn", "cooperatesWith"}),
        ({"to": "2020-06", "undated": "yes"}, {"interestedIn", "cooperatesWith", "suppliedTo", "directs"}),
    ],
)
def test_time_is_by_overlap(given: dict[str, str], relations: set[str]) -> None:
    """An edge shows where its days and those asked for overlap; one without a date only on request."""
    assert {edge.relation for edge in seen(**given).edges} == relations


def test_certainty_is_of_the_claims_that_decide() -> None:
    """The hedged edge is possible, the facts are certain."""
    found = seen(status=STATUSES, certainty="possible")
    assert triples(found) == {("harbour-ministry", "exportedTo", "pilots-office")}


def test_each_claim_can_be_an_edge() -> None:
    """The disputed edge comes as two, one for and one against, each with its own holder."""
    found = seen(each="claim", status="disputed")
    assert [(short(edge.iri), edge.negated, [short(h) for h in edge.holders]) for edge in found.edges] == [
        ("004", False, ["port-council"]),
        ("005", True, ["pilots-office"]),
    ]


def test_a_claim_as_an_edge_has_a_status_of_its_own() -> None:
    """Beside the claim that makes an edge a fact, hedges stay hedges, and a denial for another time a denial."""
    claims = [
        Said("001", when="2020"),
        Said("002", certainty="possible"),
        Said("003", mode="intended"),
        Said("004", negated=True, when="2010"),
        Said("005", opinion=True),
        Said("006", qualifiers={"degree": "concept:little"}),
        Said("007", negated=True, certainty="possible"),
    ]
    assert [edge.status for edge in seen(claims).edges] == ["fact"]
    assert [short(edge.iri) for edge in seen(claims, each="claim").edges] == ["001"]
    assert {short(edge.iri): edge.status for edge in seen(claims, each="claim", status=STATUSES).edges} == {
        "001": "fact",
        "002": "hedged",
        "003": "hedged",
        "004": "denied",
        "005": "hedged",
        "006": "qualified",
        "007": "hedged",
    }


def test_one_claim_has_to_meet_all_that_is_asked_of_claims() -> None:
    """Who holds something in one source and somebody else in another do not make an edge of the one in the other."""
    claims = [Said("001"), Said("002", holder="pilots-office", source="pilots-2023", when="2020")]
    more = 'id:pilots-2023 a aigov:Source ; rdfs:label "Pilots, 2023"@en .'
    for each in ("edge", "claim"):
        asked = {"each": each, "source": "pilots-2023"}
        assert len(seen(claims, more, holder="pilots-office", **asked).edges) == 1
        assert seen(claims, more, holder="port-council", **asked).edges == []


def test_a_denial_from_above_is_an_edge_only_where_it_was_said() -> None:
    """Denying that anything was supplied denies the export; as claims, the denial is an edge of its own relation."""
    claims = [
        Said("001", "harbour-ministry", "exportedTo", "pilots-office"),
        Said("002", "harbour-ministry", "suppliedTo", "pilots-office", negated=True),
    ]
    assert {edge.relation: edge.claims for edge in seen(claims, status=STATUSES).edges} == {
        "exportedTo": (CLAIM["001"], CLAIM["002"]),
        "suppliedTo": (CLAIM["002"],),
    }
    apart = seen(claims, status=STATUSES, each="claim")
    assert [(edge.relation, short(edge.iri)) for edge in apart.edges] == [("exportedTo", "001"), ("suppliedTo", "002")]


def test_merged_edges_are_counted() -> None:
    """Between two things in one direction there is one edge, with the relations, claims and number of those in it."""
    claims = [
        Said("001", "harbour-ministry", "suppliedTo", "pilots-office"),
        Said("002", "harbour-ministry", "doubts", "pilots-office", when="2020"),
    ]
    apart, [edge] = seen(claims).edges, seen(claims, merge="").edges
    assert (short(edge.source), short(edge.target), edge.weight) == ("harbour-ministry", "pilots-office", 2)
    assert edge.relation == "doubts|suppliedTo"
    assert [short(claim) for claim in edge.claims] == ["001", "002"]
    assert edge.iris == tuple(sorted(one.iri for one in apart))
    # One of the two has no date, so nothing is known of when the whole begins and ends.
    assert (edge.earliest, edge.latest) == (None, None)


def test_merging_loses_neither_hedge_nor_direction() -> None:
    """A fact is not joined with a hedged edge, nor what is so both ways with what is so in one."""
    found = seen(merge="", status=("fact", "hedged"))
    between = [edge for edge in found.edges if short(edge.target) == "pilots-office"]
    assert [(edge.relation, edge.status, edge.symmetric) for edge in between] == [
        ("cooperatesWith", "fact", True),
        ("exportedTo", "hedged", False),
        ("suppliedTo", "fact", False),
    ]


def test_the_largest_part() -> None:
    """The loop that hangs on nothing else goes."""
    assert triples(seen(largest="")) == FACTS - {("berth-rule", "directs", "berth-rule")}
    assert triples(seen([], largest="")) == set()


CHAIN = [
    Said("001", "harbour-ministry", "exportedTo", "pilots-office"),
    Said("002", "pilots-office", "exportedTo", "port-council"),
    Said("003", "port-council", "interestedIn", "permit-portal"),
    Said("004", "berth-rule", "directs", "harbour-ministry"),
    Said("005", "harbour-ministry", "doubts", "harbour-ministry"),
]


@pytest.mark.parametrize(
    ("depth", "direction", "reached"),
    [
        ("1", "both", {"pilots-office", "berth-rule"}),
        ("1", "out", {"pilots-office"}),
        ("1", "in", {"berth-rule"}),
        ("2", "out", {"pilots-office", "port-council"}),
        ("2", "in", {"berth-rule"}),
        ("9", "both", {"pilots-office", "port-council", "permit-portal", "berth-rule"}),
    ],
)
def test_what_is_near(depth: str, direction: str, reached: set[str]) -> None:
    """An ego network reaches as far as the depth, along the edges' direction if one is asked for."""
    found = seen(CHAIN, around="harbour-ministry", depth=depth, direction=direction)
    assert {short(iri) for iri in found.nodes} == reached | {"harbour-ministry"}


def test_what_is_near_has_the_edges_among_what_was_reached() -> None:
    """The edge between two neighbours shows at depth one."""
    claims = [*CHAIN, Said("006", "pilots-office", "doubts", "berth-rule")]
    assert ("pilots-office", "doubts", "berth-rule") in triples(seen(claims, around="harbour-ministry"))


def test_a_symmetric_edge_leads_both_ways() -> None:
    """What holds both ways has no direction to follow."""
    claims = [Said("001", "pilots-office", "cooperatesWith", "harbour-ministry")]
    for direction in ("in", "out"):
        assert len(seen(claims, around="pilots-office", direction=direction).edges) == 1


@pytest.mark.parametrize(
    ("given", "things"),
    [
        ({"top": "2"}, {"harbour-ministry", "pilots-office"}),
        ({"top": "2", "also": "berth-rule"}, {"harbour-ministry", "pilots-office", "berth-rule"}),
        ({"top": "1", "also": "permit-portal"}, {"harbour-ministry", "permit-portal"}),
        ({"top": "1", "also": "harbour-ministry", "most": "1"}, {"harbour-ministry", "pilots-office"}),
        ({"around": "permit-portal", "also": "port-council"}, {"harbour-ministry", "permit-portal", "port-council"}),
        ({"top": "0"}, {"harbour-ministry", "pilots-office", "permit-portal", "berth-rule"}),
    ],
)
def test_the_best_connected_and_what_is_near_others(given: dict[str, str], things: set[str]) -> None:
    """Things with most edges are kept, and what somebody looks at besides comes with its own neighbours."""
    assert {short(iri) for iri in seen(**given).nodes} == things


def test_between_the_things_kept_every_edge_shows() -> None:
    """Fewer things, but of those shown nothing is hidden."""
    whole, few = seen(situations="true"), seen(situations="true", top="3")
    assert few.edges == [edge for edge in whole.edges if {edge.source, edge.target} <= set(few.nodes)]
    assert 0 < len(few.edges) < len(whole.edges)


def test_a_lone_thing_is_its_own_network() -> None:
    """Nothing is near, but the thing itself is there."""
    found = seen(around="port-council")
    assert ([short(iri) for iri in found.nodes], found.edges) == (["port-council"], [])


@pytest.mark.parametrize("changes", [{}, {"situations": True, "claims": True}, {"each": "claim"}, {"merge": True}])
def test_what_is_near_is_part_of_the_whole(changes: dict[str, object]) -> None:
    """From far enough away, what is near a thing is the whole connected part of it, edge for edge."""
    reader = reader_of()
    near = network(reader, whole_view(around="harbour-ministry", depth=9, **changes))
    whole = network(reader, whole_view(**changes))
    ends = set(near.nodes)
    assert near.edges == [edge for edge in whole.edges if edge.source in ends]
    assert len(near.edges) > 3


def test_labels_in_the_language_asked_for_with_fallback() -> None:
    """A language takes its regional forms; without any the English label stands, and the node says which it has."""
    found = seen(lang="zh")
    assert (found.nodes[ID["harbour-ministry"]].label, found.nodes[ID["harbour-ministry"]].language) == (
        "港务部",
        "zh-hans",
    )
    assert (found.nodes[ID["pilots-office"]].label, found.nodes[ID["pilots-office"]].language) == (
        "Pilots Office",
        "en",
    )


def test_a_node_says_what_it_is() -> None:
    """Its class, the links to the same thing elsewhere, and the classes above."""
    node = seen().nodes[ID["harbour-ministry"]]
    assert (node.type, node.types, node.links) == ("Agency", ("Agency",), ("https://example.org/ministry",))
    assert AIGOV.Actor in node.classes


def test_a_bare_code_is_no_link() -> None:
    """An identifier leads elsewhere if it is an IRI; a code such as that of a province does not by itself."""
    more = f"{MORE}id:harbour-ministry dcterms:identifier 'XX-07', 'urn:example:ministry' ."
    (node,) = (node for node in seen(CLAIMS, more).nodes.values() if short(node.iri) == "harbour-ministry")
    assert node.links == ("https://example.org/ministry", "urn:example:ministry")


def test_the_network_names_its_sources() -> None:
    """What has to be said of a source travels with what it says."""
    assert seen().attribution == ("Port Council, annual report 2024. Port Council 2024, all rights reserved",)


def test_networkx_has_the_same() -> None:
    """Nodes, edges by their IRIs, typed values; flat for formats without lists."""
    found = seen()
    graph, flat = found.graph(), found.graph(flat=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(found.nodes), len(found.edges))
    ends, key = (
        (ID["harbour-ministry"], ID["permit-portal"]),
        next(edge.iri for edge in found.edges if edge.relation == "interestedIn"),
    )
    assert graph.edges[(*ends, key)]["claims"] == (CLAIM["001"],)
    assert graph.edges[(*ends, key)]["earliest"] == date(2019, 1, 1)
    assert flat.edges[(*ends, key)]["earliest"] == "2019-01-01"
    assert "latest" not in flat.edges[(*ends, key)]


@pytest.mark.parametrize(
    ("given", "what", "remedy"),
    [
        ({"relation": "exportTo"}, "the ontology has no relation 'exportTo'", "did you mean exportedTo?"),
        ({"type": "exportedTo"}, "the ontology has no type 'exportedTo'", None),
        ({"around": "harbour-minstry"}, "there is no 'harbour-minstry' in the graph", "did you mean harbour-ministry?"),
        ({"around": "<x y>"}, "there is no '<x y>' in the graph", None),
        ({"source": "port-council"}, "'port-council' is not a source", "did you mean port-council-2024?"),
        ({"source": "harbour-ministry"}, "'harbour-ministry' is not a source", "known: port-council-2024"),
        ({"holder": "port-council-2024"}, "'port-council-2024' is not an actor", "did you mean port-council?"),
        ({"holder": "permit-portal"}, "'permit-portal' is not an actor", "known: pilots-office, port-council"),
    ],
)
def test_what_is_not_there_is_refused(given: dict[str, str], what: str, remedy: str | None) -> None:
    """A name that means nothing, or no such thing, is an error with the closest names, never an empty network."""
    with pytest.raises(RequestError) as found:
        seen(**given)
    assert found.value.what == what
    assert remedy is None or found.value.remedy.startswith(remedy[:-1])


def test_a_bare_view_is_the_default() -> None:
    """Without a view the facts between entities are shown."""
    assert network(reader_of()).edges == network(reader_of(), View()).edges
