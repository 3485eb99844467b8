"""The questions over all sources whose answers are long, each computed a second time from the claims, in Python.

`COUNTED` names for each such question the columns that are computed and the function that does it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import product
from typing import Final

import pyoxigraph as ox

from aigov_graph.dataset import find_data
from aigov_graph.questions import Question, questions
from aigov_graph.vocabulary.namespaces import AIGOV, ID, PREFIXES, PROV, SKOS, XSD
from tests.asking import shown
from tests.corpus import DCTERMS, Corpus, Told

FIRST = "47-"
OA = PREFIXES["oa"]
DQV = "http://www.w3.org/ns/dqv#"
QUESTIONS: Final[dict[str, Question]] = {
    question.name: question for question in questions(find_data()) if question.name >= FIRST
}

Rows = Iterable[tuple[object, ...]]
Count = Callable[[Corpus], Rows]

COUNTED: Final[dict[str, tuple[str, Count]]] = {}
"""By question: the columns that are counted again, and the function that does it."""


def again(number: int, columns: str) -> Callable[[Count], Count]:
    """Register a function that counts the columns of a question again."""
    (name,) = [name for name in QUESTIONS if name.startswith(f"{number}-")]

    def register(count: Count) -> Count:
        COUNTED[name] = columns, count
        return count

    return register


@again(49, "subject relation object statedIn hedgedIn negated other claim")
def what_one_states_and_another_hedges(corpus: Corpus) -> Rows:
    """Two claims of one edge and matter, of two sources: one that may yield a fact, one that may not."""
    for edge, together in corpus.edges.items():
        for one, other in product(together, repeat=2):
            about, only = ({*told.all(AIGOV.matter), *told.all(AIGOV.involvesTechnology)} for told in (one, other))
            apart = one.plain and not one.negated and not other.plain and one.source != other.source
            if apart and only <= about:
                sources = corpus.names(one.source, other.source)
                yield *corpus.names(*edge), *sources, other.negated, other.iri, one.iri


@again(53, "policy relation object began ended revokedBy")
def what_ended_with_a_revocation(corpus: Corpus) -> Rows:
    """The edges of a revoked policy that end on that day."""
    for edge in corpus.edges:
        if edge[1] in (AIGOV.directs, AIGOV.prohibits):
            first, last = corpus.life(edge)
            for by, day in corpus.revocations.get(edge[0], []):
                if day == last:
                    yield *corpus.names(*edge), first, last, corpus.name(by)


@again(54, "change subject relation object earliest latest")
def what_began_or_ended_in_2025(corpus: Corpus) -> Rows:
    """An edge began that outlasts the year, or ended that was older; amending now and then does neither."""
    start, end = date(2025, 1, 1), date(2025, 12, 31)
    for edge in corpus.facts():
        first, last = corpus.life(edge)
        if edge[1] == AIGOV.amends:
            continue
        if first and start <= first <= end and (last is None or last > end):
            yield "began", *corpus.names(*edge), first, last
        elif last and start <= last < end and (first is None or first < start):
            yield "ended", *corpus.names(*edge), first, last


@again(55, "source facts alone")
def what_only_one_source_states(corpus: Corpus) -> Rows:
    """By source: its facts, and those that have no other source."""
    stated = [({told.source for told in plain}) for plain in corpus.facts().values()]
    for source in {source for sources in stated for source in sources}:
        yield (
            corpus.name(source),
            sum(source in sources for sources in stated),
            sum({source} == sources for sources in stated),
        )


@again(56, "subject relation object sources")
def what_several_sources_state(corpus: Corpus) -> Rows:
    """Facts with claims of three sources or more."""
    for edge, plain in corpus.facts().items():
        sources = {told.source for told in plain}
        if len(sources) >= 3:
            yield *corpus.names(*edge), len(sources)


@again(57, "listed policy ground source claim")
def which_designations_rest_on_one_source(corpus: Corpus) -> Rows:
    """Designations whose status one source decides."""
    for edge, together in corpus.edges.items():
        if edge[1] == AIGOV.designated and len({told.source for told in corpus.decisive(edge)}) == 1:
            for told in together:
                for policy, ground in product(told.all(AIGOV.underPolicy) or [""], told.all(AIGOV.matter) or [""]):
                    names = [corpus.name(iri) if iri else "" for iri in (policy, ground)]
                    yield corpus.name(edge[2]), *names, corpus.name(told.source), told.iri


@again(58, "firm relation partner status source claim")
def whom_listed_firms_deal_with(corpus: Corpus) -> Rows:
    """Claims of cooperation or delivery with a listed firm at either end."""
    listed = {edge[2] for edge in corpus.facts() if edge[1] == AIGOV.designated}
    dealing = {"cooperatesWith", "requiredToCooperateWith", "suppliedTo", "exportedTo", "owns"}
    for edge, told in claims(corpus, *dealing):
        for firm, partner in ((edge[0], edge[2]), (edge[2], edge[0])):
            if firm in listed and not told.negated:
                status = corpus.status[edge]
                names = corpus.names(firm, edge[1], partner)
                yield *names, status, corpus.name(told.source), told.iri


@again(62, "supplier recipients sources")
def who_supplies_most_states(corpus: Corpus) -> Rows:
    """By supplier: recipients and sources of facts."""
    recipients, sources = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for edge, plain in corpus.facts().items():
        if edge[1] in (AIGOV.exportedTo, AIGOV.suppliedTo):
            recipients[edge[0]].add(edge[2])
            sources[edge[0]] |= {told.source for told in plain}
    for supplier, supplied in recipients.items():
        yield corpus.name(supplier), len(supplied), len(sources[supplier])


@again(63, "deadline directed by task relationStatus place claim")
def who_is_to_do_what_by_when(corpus: Corpus) -> Rows:
    """Claims of directing that have a deadline."""
    for edge, told in claims(corpus, "directs"):
        for deadline, place in product(told.all(AIGOV.deadline), corpus.places(told)):
            names = corpus.names(edge[2], edge[0], told.iri)
            yield deadline, *names, corpus.status[edge], place, told.iri


@again(65, "policy forbidden negated mode relationStatus place claim")
def what_policies_forbid(corpus: Corpus) -> Rows:
    """Claims of a policy's prohibiting, denials too."""
    for edge, told in claims(corpus, "prohibits"):
        if AIGOV.Policy in corpus.kinds(edge[0]):
            for place in corpus.places(told):
                names = corpus.names(edge[0], edge[2])
                yield *names, told.negated, told.mode, corpus.status[edge], place, told.iri


@again(66, "source subject relation object place claim")
def what_policies_permit(corpus: Corpus) -> Rows:
    """Claims in the mode of may."""
    for told in corpus.told:
        if told.mode == "permitted" and not told.negated:
            for place in corpus.places(told):
                names = corpus.names(told.source, told.subject, told.relation, told.object)
                yield *names, place, told.iri


@again(67, "by providers task relationStatus place claim")
def what_providers_must_do(corpus: Corpus) -> Rows:
    """Claims of directing whose object is called a provider or operator."""
    for edge, told in claims(corpus, "directs"):
        if any(word in corpus.name(edge[2]) for word in ("provider", "operator")) and not told.negated:
            for place in corpus.places(told):
                names = corpus.names(edge[0], edge[2], told.iri)
                yield *names, corpus.status[edge], place, told.iri


@again(68, "body by mode relationStatus source claim")
def which_bodies_were_established(corpus: Corpus) -> Rows:
    """Claims of an actor's being established."""
    for edge, told in claims(corpus, "establishes"):
        if AIGOV.Actor in corpus.kinds(edge[2]) and not told.negated:
            names = corpus.names(edge[2], edge[0])
            yield *names, told.mode, corpus.status[edge], corpus.name(told.source), told.iri


@again(69, "body by mode source claim")
def which_bodies_no_source_states_to_exist(corpus: Corpus) -> Rows:
    """The same of those bodies only that no plain claim establishes."""
    there = {edge[2] for edge, told in claims(corpus, "establishes") if told.plain and not told.negated}
    for edge, told in claims(corpus, "establishes"):
        if AIGOV.Actor in corpus.kinds(edge[2]) and edge[2] not in there and not told.negated:
            yield *corpus.names(edge[2], edge[0]), told.mode, corpus.name(told.source), told.iri


@again(71, "regulator regulated negated mode relationStatus source claim")
def who_regulates_what(corpus: Corpus) -> Rows:
    """Claims of regulating, denials too."""
    for edge, told in claims(corpus, "regulates"):
        names = corpus.names(edge[0], edge[2])
        yield *names, told.negated, told.mode, corpus.status[edge], corpus.name(told.source), told.iri


@again(73, "user relation status sources")
def who_uses_facial_recognition(corpus: Corpus) -> Rows:
    """Edges that end at facial recognition."""
    using = {AIGOV[name] for name in ("uses", "experimentsWith", "developed", "imports", "interestedIn")}
    for edge, status in corpus.status.items():
        if edge[2] == ID["facial-recognition"] and edge[1] in using:
            yield *corpus.names(edge[0], edge[1]), status, len({told.source for told in corpus.decisive(edge)})


@again(74, "source subject relation object mode place claim")
def what_is_said_of_generative_ai(corpus: Corpus) -> Rows:
    """Claims that name it in one of four places."""
    for told in corpus.told:
        named = [told.subject, told.object, *told.all(AIGOV.matter), *told.all(AIGOV.involvesTechnology)]
        if ID["generative-ai"] in named:
            for place in corpus.places(told):
                names = corpus.names(told.source, told.subject, told.relation, told.object)
                yield *names, told.mode, place, told.iri


@again(76, "one other matter technology relationStatus place claim")
def which_governments_cooperate(corpus: Corpus) -> Rows:
    """Claims of cooperation between two that are states, governments or international organizations."""
    wanted = {AIGOV.State, AIGOV.Government, AIGOV.InternationalOrganization}
    for edge, told in claims(corpus, "cooperatesWith"):
        if wanted & corpus.kinds(edge[0]) and wanted & corpus.kinds(edge[2]) and not told.negated:
            matters, technologies = told.all(AIGOV.matter) or [""], told.all(AIGOV.involvesTechnology) or [""]
            for matter, technology, place in product(matters, technologies, corpus.places(told)):
                names = [corpus.name(iri) if iri else "" for iri in (matter, technology)]
                yield *corpus.names(edge[0], edge[2]), *names, corpus.status[edge], place, told.iri


@again(77, "actor sources claims thing")
def of_whom_most_sources_speak(corpus: Corpus) -> Rows:
    """Actors at the ends of claims of three sources or more."""
    about: dict[str, list[Told]] = defaultdict(list)
    for told in corpus.told:
        for thing in {told.subject, told.object}:
            about[thing].append(told)
    for thing, together in about.items():
        sources = {told.source for told in together}
        if len(sources) >= 3 and AIGOV.Actor in corpus.kinds(thing):
            yield corpus.name(thing), len(sources), len(together), thing


@again(78, "source holder claims relayed")
def who_speaks_in_which_source(corpus: Corpus) -> Rows:
    """By source and holder: the claims, and those passed on."""
    held = Counter((told.source, told.one(PROV.wasAttributedTo)) for told in accepted(corpus))
    relayed = Counter(
        (told.source, told.one(PROV.wasAttributedTo)) for told in accepted(corpus) if told.all(AIGOV.relayedBy)
    )
    for (source, holder), count in held.items():
        yield *corpus.names(source, holder), count, relayed[source, holder]


@again(79, "source issued language licence rights")
def which_sources_there_are(corpus: Corpus) -> Rows:
    """Every source, as its file has it."""
    for iri, said in corpus.sources.items():
        issued, licence = ((said.get(DCTERMS + name) or [""])[0] for name in ("issued", "license"))
        (language,), (rights,) = said[DCTERMS + "language"], said[DCTERMS + "rights"]
        yield corpus.name(iri), issued, language, licence, rights


@again(81, "of measurement exactly minimum maximum above below approximate unit place claim")
def which_figures_are_given(corpus: Corpus) -> Rows:
    """Claims of a measurement, with the parts of its quantity."""
    parts = ("exactly", "minimum", "maximum", "above", "below", "approximate", "unit")
    for _, told in claims(corpus, "hasMeasurement"):
        for quantity in corpus.values[told.object, AIGOV.quantity]:
            values = [next(iter(corpus.values[quantity, AIGOV[part]]), "") for part in parts]
            for place in corpus.places(told):
                yield *corpus.names(told.subject, told.object), *map(number, values), place, told.iri


@again(83, "directed orderOfTrump orderOfBiden")
def whom_orders_of_both_presidents_direct(corpus: Corpus) -> Rows:
    """Pairs of orders that direct the same body."""
    facts = corpus.facts()
    issued = {
        by: {edge[2] for edge in facts if edge[0] == ID[by] and edge[1] == AIGOV.issued}
        for by in ("donald-trump", "joe-biden")
    }
    directed = {edge for edge in facts if edge[1] == AIGOV.directs}
    for one, other in product(directed, repeat=2):
        if one[0] in issued["donald-trump"] and other[0] in issued["joe-biden"] and one[2] == other[2]:
            yield corpus.names(one[2], one[0], other[0])


@again(84, "english language name")
def what_the_original_names_are(corpus: Corpus) -> Rows:
    """Labels in other languages of actors and policies."""
    for (iri, language), names in corpus.labels.items():
        if language not in ("en", "") and corpus.kinds(iri) & {AIGOV.Actor, AIGOV.Policy}:
            for name in names:
                yield corpus.name(iri), language.lower(), name


@again(85, "source due stated")
def how_much_of_what_is_required_is_stated(corpus: Corpus) -> Rows:
    """By source: edges that it requires or intends, and those that are facts."""
    due: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for told in corpus.told:
        if told.mode in ("intended", "required") and not told.negated:
            due[told.source].add(told.edge)
    for source, edges in due.items():
        yield corpus.name(source), len(edges), sum(corpus.status[edge] == "fact" for edge in edges)


@again(86, "deployer purpose deployments")
def which_agencies_deploy_ai_for_what(corpus: Corpus) -> Rows:
    """Facts of deploying, by the deployment's purposes."""
    counted = Counter(
        (edge[0], purpose)
        for edge in corpus.facts()
        if edge[1] == AIGOV.deploys
        for purpose in set(corpus.values[edge[2], AIGOV.purpose])
    )
    for (deployer, purpose), count in counted.items():
        yield *corpus.names(deployer, purpose), count


@again(87, "source how guide")
def how_each_source_was_read(corpus: Corpus) -> Rows:
    """Records of a reading."""
    for said in corpus.assessments.values():
        for source in said.get(OA + "hasTarget", []):
            for how in said.get(SKOS.editorialNote, [""]):
                yield corpus.name(source), how, said[DCTERMS + "conformsTo"][0]


@again(88, "source measure value words")
def how_well_each_source_was_read(corpus: Corpus) -> Rows:
    """Records of a figure."""
    for iri, said in corpus.assessments.items():
        for source in said.get(DQV + "computedOn", []):
            (measure,), (value,) = said[DQV + "isMeasurementOf"], said[DQV + "value"]
            yield *corpus.names(source, measure), number(value), corpus.name(iri)


@again(89, "leader field holder relationStatus source place claim")
def who_leads_by_whose_word(corpus: Corpus) -> Rows:
    """Claims of leading, with who holds them."""
    for edge, told in claims(corpus, "leadsIn"):
        if not told.negated:
            names = corpus.names(edge[0], edge[2], told.one(PROV.wasAttributedTo))
            for place in corpus.places(told):
                yield *names, corpus.status[edge], corpus.name(told.source), place, told.iri


@again(90, "policy relation earlier mode relationStatus source claim")
def how_policies_hang_together(corpus: Corpus) -> Rows:
    """Claims that link two policies."""
    linking = {"amends", "supersedes", "revokes", "follows", "basedOn", "partOf"}
    for edge, told in claims(corpus, *linking):
        if AIGOV.Policy in corpus.kinds(edge[0]) & corpus.kinds(edge[2]) and not told.negated:
            yield *corpus.names(*edge), told.mode, corpus.status[edge], corpus.name(told.source), told.iri


@again(91, "who relation whom relationStatus source place claim")
def who_advises_urges_or_answers_to_whom(corpus: Corpus) -> Rows:
    """Claims of counsel, urging, consulting and giving account."""
    for edge, told in claims(corpus, "advises", "consulted", "encourages", "reportsTo"):
        for place in corpus.places(told):
            yield *corpus.names(*edge), corpus.status[edge], corpus.name(told.source), place, told.iri


def claims(corpus: Corpus, *relations: str) -> Iterator[tuple[tuple[str, str, str], Told]]:
    """The claims of some relations, each with its edge."""
    wanted = {AIGOV[name] for name in relations}
    for told in corpus.told:
        if told.relation in wanted:
            yield told.edge, told


def accepted(corpus: Corpus) -> list[Told]:
    """The claims that somebody accepted; today nothing has replaced any of them."""
    return corpus.told


def number(value: str) -> str:
    """A decimal as the answers write it."""
    try:
        return shown(ox.Literal(value, datatype=ox.NamedNode(XSD.decimal)))
    except ArithmeticError:
        return value


def text(value: object) -> str:
    """A value as the answers write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
