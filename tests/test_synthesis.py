"""Invented data: it passes the shapes, is the same for a seed, and is as skewed as real data."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.errors import FolderUnreadable
from aigov_graph.synthesis import synthesize
from aigov_graph.validation import validate
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, RDF


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The package's own."""
    return find_data().load().vocabulary()


@pytest.fixture(scope="module")
def folder(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four hundred claims."""
    root = tmp_path_factory.mktemp("invented") / "data"
    synthesize(root, vocabulary, 400, 7)
    return root


def test_it_passes_the_shapes(folder: Path) -> None:
    """With not so much as a warning."""
    assert validate(find_data(folder).load()).problems == ()


def test_it_has_as_many_claims_as_asked_for_of_every_status(folder: Path) -> None:
    """Facts above all, but hedged, disputed and denied edges too."""
    quads = assemble(find_data(folder))
    claims = {q.subject for q in quads if q.predicate.value == RDF.type and str(q.object) == f"<{AIGOV.Claim}>"}
    assert len(claims) == 400
    statuses = Counter(str(q.object.value) for q in quads if q.predicate.value == AIGOV.status)  # type: ignore[union-attr]
    assert statuses[CONCEPT.fact] > statuses[CONCEPT.hedged] > statuses[CONCEPT.denied] > 0


def test_a_few_things_are_in_most_claims(folder: Path) -> None:
    """A tenth of the things are in more than a third of all ends of claims."""
    ends = Counter(
        str(quad.object.value)  # type: ignore[union-attr]
        for quad in find_data(folder).load().quads("source")
        if quad.predicate.value in (RDF.subject, RDF.object)
    )
    counts = sorted(ends.values(), reverse=True)
    assert sum(counts[: len(counts) // 10]) > sum(counts) / 3


def test_the_same_seed_gives_the_same_files(folder: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """And another seed others."""
    synthesize(tmp_path / "same", vocabulary, 400, 7)
    synthesize(tmp_path / "other", vocabulary, 400, 8)

    def files(root: Path) -> dict[str, str]:
        return {path.relative_to(root).as_posix(): path.read_text() for path in sorted(root.rglob("*.ttl"))}

    assert files(tmp_path / "same") == files(folder)
    assert files(tmp_path / "other") != files(folder)


def test_a_folder_with_something_in_it_is_left_alone(folder: Path, vocabulary: Vocabulary) -> None:
    """Nothing of anybody's is written over."""
    with pytest.raises(FolderUnreadable, match="the folder is not empty"):
        synthesize(folder, vocabulary, 10, 1)
