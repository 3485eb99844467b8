"""Questions: queries with what they ask in plain words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.errors import DataSyntaxError, FolderUnreadable
from aigov_graph.questions import Question, questions, read_question

HEADER = "# title: Who ferries?\n# question: Which body runs a ferry?\n# example: The Port Council.\n"


def written(folder: Path, text: str, name: str = "01-who-ferries.rq") -> Path:
    """A query file in graphs/queries below a folder."""
    path = folder / "graphs" / "queries" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_question_is_its_header_and_its_query(tmp_path: Path) -> None:
    """The text is the whole file, which an engine can run."""
    text = HEADER + "\nPREFIX id: <https://example.org/>\n\nselect ?body WHERE { ?body id:runs id:ferry }\n"
    assert read_question(written(tmp_path, text)) == Question(
        name="01-who-ferries",
        title="Who ferries?",
        question="Which body runs a ferry?",
        example="The Port Council.",
        text=text,
        form="SELECT",
    )


@pytest.mark.parametrize("form", ["SELECT * WHERE", "ASK", "CONSTRUCT", "DESCRIBE ?x"])
def test_the_form_is_the_first_word_after_the_prefixes(tmp_path: Path, form: str) -> None:
    """A word in the header or a comment is none."""
    assert read_question(written(tmp_path, f"{HEADER}# SELECT\n{form} {{}}")).form == form.split()[0]


@pytest.mark.parametrize("missing", ["title", "question", "example"])
def test_a_missing_line_of_the_header_is_told_with_its_place(tmp_path: Path, missing: str) -> None:
    """The place is the line after what there is of the header."""
    kept = [line for line in HEADER.splitlines() if f"# {missing}:" not in line]
    with pytest.raises(DataSyntaxError, match=f"says no {missing}") as caught:
        read_question(written(tmp_path, "\n".join([*kept, "", "ASK {}"])))
    assert caught.value.where == "graphs/queries/01-who-ferries.rq:3"
    assert caught.value.line == 3


def test_a_file_without_a_header_lacks_it_from_line_one(tmp_path: Path) -> None:
    """The first line that is missing is named."""
    with pytest.raises(DataSyntaxError, match="says no title") as caught:
        read_question(written(tmp_path, "ASK {}"))
    assert caught.value.where == "graphs/queries/01-who-ferries.rq:1"


def test_a_header_without_a_query_is_no_question(tmp_path: Path) -> None:
    """Told at the line where the query should begin."""
    with pytest.raises(DataSyntaxError, match="there is no query") as caught:
        read_question(written(tmp_path, HEADER))
    assert caught.value.where == "graphs/queries/01-who-ferries.rq:4"


def test_a_file_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    """An old encoding would show wrong letters to users."""
    path = written(tmp_path, "")
    path.write_bytes(HEADER.encode() + "# Zürich".encode("latin-1"))
    with pytest.raises(DataSyntaxError, match="no UTF-8"):
        read_question(path)


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    """With the path below the data folder, not that of the machine."""
    with pytest.raises(FolderUnreadable) as caught:
        read_question(tmp_path / "99-none.rq")
    assert caught.value.where == "graphs/queries/99-none.rq"


def test_a_folders_questions_come_by_name(tmp_path: Path) -> None:
    """Whatever order the file system gives; other files are passed over."""
    for name in ("02-b.rq", "10-c.rq", "01-a.rq", "notes.md"):
        written(tmp_path, HEADER + "ASK {}", name)
    folder = DataFolder(find_data().ontology, tmp_path / "graphs")
    assert [question.name for question in questions(folder)] == ["01-a", "02-b", "10-c"]


def test_a_folder_without_questions_has_the_packages_own(tmp_path: Path) -> None:
    """So that a user's own data can be asked at once."""
    shutil.copytree(find_data().graphs / "entities", tmp_path / "graphs" / "entities")
    folder = DataFolder(find_data().ontology, tmp_path / "graphs")
    assert questions(folder) == questions(find_data())
