"""One small wrong change to the valid data of ``fixtures/harbour`` per constraint, and what must be found there."""

from tests.validation.cases import claims, entities, evidence, ontology, situations
from tests.validation.support import Case

CASES: tuple[Case, ...] = (*claims.CASES, *evidence.CASES, *entities.CASES, *situations.CASES, *ontology.CASES)
VALID: tuple[Case, ...] = (*claims.VALID, *evidence.VALID, *entities.VALID, *situations.VALID, *ontology.VALID)
