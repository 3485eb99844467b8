"""What becomes of pyshacl's results, and of its side effects."""

from __future__ import annotations

import rdflib

from aigov_graph.validation import Path, Problem, validate
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, ID, RDF, SH, SHAPE
from tests.validation.support import C1, C2, P1, changed

FIRST = CLAIM["port-council-2024-001"]
SECOND = CLAIM["port-council-2024-002"]


def problem_in(change: str) -> Problem:
    """The one problem of a change, without its place."""
    (problem,) = validate(changed(change)).problems
    return problem


def test_a_result_names_subject_path_value_shape_and_component() -> None:
    """A literal is told in N-Triples, an IRI as it is; the message is split into complaint and remedy."""
    problem = problem_in(f'{C1} aigov:negated "yes"^^xsd:boolean .')
    assert problem.severity == "Violation"
    assert problem.subject == FIRST
    assert problem.path == Path.of(AIGOV.negated)
    assert problem.value == '"yes"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    assert problem.check == SHAPE["Claim-negated"]
    assert problem.component == SH.InConstraintComponent
    assert problem.message == "A claim says exactly once whether it is a denial."
    assert problem.remedy == "Write aigov:negated true or aigov:negated false, without quotes."


def test_what_is_missing_has_no_value() -> None:
    """There is nothing to show where something should stand."""
    assert problem_in(f"{C1} change:without aigov:mode .").value is None


def test_a_relation_that_does_not_fit_names_what_it_takes() -> None:
    """The message of the SPARQL constraint is filled in, in short names, and the path is the end that does not fit."""
    problem = problem_in(f"{C2} rdf:object id:permit-portal .")
    assert problem.path == Path.of(RDF.object)
    assert problem.value == ID["permit-portal"]
    assert problem.message == "The relation takes aigov:Actor here, which id:permit-portal is not."
    assert problem.component == SH.SPARQLConstraintComponent


def test_the_domain_of_a_super_relation_holds_too() -> None:
    """What a relation is true of, the relation above it must be true of."""
    change = f"aigov:cooperatesWith rdfs:subPropertyOf aigov:follows . {C2} rdf:predicate aigov:cooperatesWith ."
    problems = validate(changed(change)).problems
    assert {(p.subject, str(p.path), p.message) for p in problems} == {
        (SECOND, "rdf:subject", "The relation takes aigov:Policy here, which id:harbour-ministry is not."),
        (SECOND, "rdf:object", "The relation takes aigov:Policy here, which id:port-council is not."),
    }


def test_a_path_of_two_steps_is_told_as_such() -> None:
    """A curator reads where the value came from."""
    problems = validate(changed(f"{P1} change:without oa:hasSource .")).problems
    assert {str(p.path) for p in problems if p.check == SHAPE["Claim-evidence-of-source"]} == {
        "aigov:evidence/oa:hasSource"
    }


def test_a_misspelt_property_is_the_path() -> None:
    """Of a closed shape the path is the property that should not be there."""
    assert problem_in(f"{C1} aigov:certanty concept:possible .").path == Path.of(AIGOV.certanty)


def test_judging_leaves_rdflib_as_it_was() -> None:
    """pyshacl's own entry points switch normalising on for the whole process; the judge must not."""
    validate(changed(""))
    assert rdflib.NORMALIZE_LITERALS is False
    assert str(rdflib.Literal("03", datatype=rdflib.XSD.integer)) == "03"
