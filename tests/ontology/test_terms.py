"""Every term is declared, explained and placed; what claims are built from is what the vocabulary promises."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import networkx as nx
import pyoxigraph as ox
import pytest

from aigov_graph.vocabulary.namespaces import AIGOV, ONTOLOGY, OWL, RDF, RDFS, SKOS
from tests.ontology.support import FOLDER, about, dataset, local, properties, terms, texts, triples, values, vocabulary

SENTENCE = re.compile(r"[A-Z](?:[^.]|\.(?=\S))*\.")

RELATIONS = """\
accepts achieves acknowledges adapts addresses adheresTo adoptedLike advises affects affiliatedWith alarmedBy amends
authorOf basedOn bears burdens causes committedTo competesWith concernedAbout consulted convened cooperatesWith
criticises debates demonstrates deploys designated developed differsFrom directs directsConcernAt emphasises
encourages endorsed establishes experimentsWith exportedTo follows funds hasLessOf hasMeasurement hasMoreOf
hasTensionWith hinders imports interestedIn investsIn issued leadsIn learnedFrom memberOf mobilises motivatedBy owns
parityWith partOf participatesIn possesses prohibits promotes provides publishedIn pursues raisesQuestionOf ratified
refusedCooperationWith regulates reportsTo requiredToCooperateWith requires revokes risks setsTarget signed supersedes
supervises suppliedTo supports undergoes uses usesInstrument values welcomes wellPlacedFor
"""

RESTRICTIVE = {"comparedWith", "dimension", "onlyAmong", "condition", "quantity", "degree"}
ADDITIVE = {"involvesTechnology", "underPolicy", "inPlace", "matter", "purpose", "deadline", "contrastedWith"}
SYMMETRIC = {"cooperatesWith", "competesWith", "hasTensionWith", "parityWith", "differsFrom"}
ALSO_IRREFLEXIVE = """\
adheresTo adoptedLike advises affects affiliatedWith amends authorOf basedOn causes committedTo consulted deploys
designated developed directs encourages endorsed establishes exportedTo follows hasMeasurement hinders imports issued
memberOf owns partOf participatesIn provides publishedIn raisesQuestionOf ratified refusedCooperationWith reportsTo
requiredToCooperateWith requires revokes setsTarget signed supersedes suppliedTo supports undergoes uses
usesInstrument
"""
IRREFLEXIVE = SYMMETRIC | set(ALSO_IRREFLEXIVE.split())

BELOW = {
    "Entity": "Actor Policy Group Place PolicyInstrument Technology System Topic Dimension Publication",
    "Topic": "Concern Aim Activity",
    "Actor": "State Subdivision Government Agency Party Firm ResearchOrganization InternationalOrganization Person "
    "Public ActorGroup",
    "Place": "State Subdivision",
    "Group": "ActorGroup PolicyGroup",
    "Policy": "Strategy ExecutiveOrder SubnationalPolicy Law Agreement PolicyGroup",
    "Situation": "Event Trend Deployment Target Risk Measurement",
    "Evidence": "Passage Row",
    "Relatum": "Entity Situation Claim Source",
    "Datable": "Claim Situation",
    "Quantifiable": "Claim Situation",
    "Evidenced": "Claim Situation",
    "Spanned": "Claim Edge",
    "Digested": "Source Passage Row",
    "Document": "Publication Source Policy",
    "ActorOrPolicy": "Actor Policy",
    "ActorOrPlace": "Actor Place",
    "TechnologyOrSystem": "Technology System",
    "Polity": "State Subdivision",
    "Collective": "Group InternationalOrganization Party Government Agency Firm ResearchOrganization",
    "Qualifier": "RestrictiveQualifier AdditiveQualifier",
}


def test_relations_and_qualifiers_are_those_of_the_vocabulary() -> None:
    """No relation goes missing or slips in, and each qualifier either restricts or adds."""
    assert local(vocabulary().relations) == set(RELATIONS.split())
    assert local(vocabulary().restrictive) == RESTRICTIVE
    assert local(vocabulary().additive) == ADDITIVE
    assert not vocabulary().relations & (vocabulary().restrictive | vocabulary().additive)


def test_what_is_always_true_of_a_relation_is_declared() -> None:
    """And nothing that only some things warrant: a duty to cooperate, say, has two ends, and a group watches itself."""
    assert local(vocabulary().symmetric) == SYMMETRIC
    assert local(vocabulary().irreflexive) == IRREFLEXIVE


def test_relations_stand_under_wider_ones() -> None:
    """A denial of the wider one reaches down to these."""
    above = {term: local(vocabulary().super_relations(term)) for term in vocabulary().relations}
    assert {term.removeprefix(AIGOV): supers for term, supers in above.items() if supers} == {
        "exportedTo": {"suppliedTo"},
        **{lower: {"participatesIn"} for lower in ("signed", "ratified", "endorsed", "adheresTo", "committedTo")},
        **{lower: {"affects"} for lower in ("supports", "hinders", "causes")},
    }


@pytest.mark.parametrize("upper", BELOW)
def test_classes_stand_under_wider_ones(upper: str) -> None:
    """Directly or through others."""
    lower = {term for term in vocabulary().classes if AIGOV[upper] in vocabulary().superclasses(term)}
    assert set(BELOW[upper].split()) <= local(lower)


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.removeprefix(AIGOV))
def test_every_term_is_explained(term: str) -> None:
    """A label in two languages, a definition of one sentence, a case, where the border runs, and who defines it."""
    labels, definitions = texts(term, RDFS.label), texts(term, SKOS.definition)
    assert {language: len(found) for language, found in labels.items()} == {"en": 1, "zh-hans": 1}
    assert re.search(r"[\u4e00-\u9fff]", labels["zh-hans"][0])
    assert {language: len(found) for language, found in definitions.items()} == {"en": 1}
    assert SENTENCE.fullmatch(definitions["en"][0])
    assert not re.match(r"(?i)(this|these|indicates|represents|denotes)\b", definitions["en"][0])
    assert texts(term, SKOS.example)["en"]
    assert all(SENTENCE.fullmatch(note) for note in chain(*texts(term, SKOS.scopeNote).values()))
    assert values(term, RDFS.isDefinedBy) == [ONTOLOGY]


@pytest.mark.parametrize("kind", [OWL.Class, "property"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_two_terms_share_a_label(kind: str, language: str) -> None:
    """A class and a property may: the technology put to work is a technology."""
    group = properties() if kind == "property" else [term for term in terms() if term not in properties()]
    counted = Counter(texts(term, RDFS.label)[language][0] for term in group)
    assert [label for label, count in counted.items() if count > 1] == []


def test_no_two_terms_share_a_definition() -> None:
    """Two terms defined alike are one term, or one of the definitions is wrong."""
    counted = Counter(texts(term, SKOS.definition)["en"][0] for term in terms())
    assert [definition for definition, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("term", properties(), ids=lambda term: term.removeprefix(AIGOV))
def test_every_property_has_its_place(term: str) -> None:
    """One domain, and unless it takes literals one range, both declared; narrower than those of a property above."""
    domain, range_ = values(term, RDFS.domain), values(term, RDFS.range)
    literal = OWL.DatatypeProperty in values(term, RDF.type)
    assert len(domain) == 1
    assert len(range_) == (0 if literal else 1)
    if OWL.AnnotationProperty not in values(term, RDF.type):
        assert set(domain + range_) <= vocabulary().classes
    for upper in values(term, RDFS.subPropertyOf):
        for end, own in ((RDFS.domain, domain), (RDFS.range, range_)):
            [above] = values(upper, end)
            assert above == own[0] or above in vocabulary().superclasses(own[0])


def test_nothing_stands_under_itself() -> None:
    """Neither a class nor a property, also across the alignments."""
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        quads = dataset().quads("ontology")
        graph: nx.DiGraph[str] = nx.DiGraph(
            (str(q.subject), str(q.object)) for q in quads if q.predicate.value == predicate
        )
        assert list(nx.simple_cycles(graph)) == []


def test_nothing_uses_a_term_that_is_not_declared() -> None:
    """In data, shapes and schemes as IRIs; in rules and questions by prefix; in code by attribute."""
    used = {
        node.value
        for quad in dataset().quads()
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(AIGOV)
    }
    for file in chain(FOLDER.query_files("rules"), FOLDER.query_files("queries")):
        used |= {AIGOV[name] for name in re.findall(r"\baigov:([A-Za-z]\w*)", file.read_text(encoding="utf-8"))}
    for path in (FOLDER.ontology.parent / "service").rglob("*.py"):
        used |= {AIGOV[name] for name in re.findall(r"\bAIGOV\.([A-Za-z]\w*)", path.read_text(encoding="utf-8"))}
    assert used - set(terms()) == set()


def test_terms_of_others_are_declared_and_no_more() -> None:
    """The ontology says of a foreign term what kind it is, so that it can be read alone; ties are alignments."""
    foreign = {t.subject for t in triples("ontology/aigov.ttl")} - {ox.NamedNode(term) for term in (*terms(), ONTOLOGY)}
    for subject in foreign:
        assert isinstance(subject, ox.NamedNode)
        assert [key for key, _ in about(subject.value)] == [RDF.type]


def test_the_header_names_version_and_licence() -> None:
    """One version, written as packaging reads it, and nothing imported; there is no version before the first."""
    [version] = values(ONTOLOGY, OWL.versionInfo)
    assert values(ONTOLOGY, OWL.versionIRI) == [f"{ONTOLOGY}/{version}"]
    assert values(ONTOLOGY, "http://purl.org/dc/terms/license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert values(ONTOLOGY, OWL.imports) == []
    assert f'owl:versionInfo "{version}"' in (FOLDER.ontology / "aigov.ttl").read_text(encoding="utf-8")
    assert bool(values(ONTOLOGY, OWL.priorVersion)) == (version != "0.1.0")
