"""What holds for every command: help, usage, settings from the environment, how it ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from aigov_graph.cli import main
from tests.cli.conftest import Run, Start


def walk(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and all under it, with the words that call each."""
    yield words, command
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            yield from walk(child, (*words, name))


COMMANDS = dict(walk(main))
each_command = pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "aigov-graph")


@each_command
def test_every_command_explains_itself(run: Run, words: tuple[str, ...]) -> None:
    """On stdout, with exit code 0."""
    done = run(*words, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(" ".join(("Usage: aigov-graph", *words)))


def test_help_is_short_to_ask_for(run: Run) -> None:
    """-h says what --help says."""
    assert run("build", "-h").stdout == run("build", "--help").stdout


@each_command
def test_every_command_and_option_says_what_it_does(words: tuple[str, ...]) -> None:
    """In a sentence."""
    command = COMMANDS[words]
    assert command.help
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


@each_command
def test_wrong_usage_is_told_on_stderr(run: Run, words: tuple[str, ...]) -> None:
    """With exit code 2 and nothing on stdout."""
    done = run(*words, "--nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such option" in done.stderr
    assert "--nonsense" in done.stderr


def test_an_unknown_command_is_wrong_usage(run: Run) -> None:
    """As an unknown option is."""
    done = run("nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such command" in done.stderr


def test_the_version_is_printed(run: Run) -> None:
    """That of the ontology, which is that of the package."""
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("aigov-graph, version ")


def test_settings_come_from_the_environment_and_options_win(run: Run, store: Path, tmp_path: Path) -> None:
    """The same query by variable, and by option against a variable."""
    expected = run("query", "-q", "ASK {}", "--store", store)
    assert (expected.returncode, expected.stdout, expected.stderr) == (0, "true\n", "")
    assert run("query", "-q", "ASK {}", AIGOV_GRAPH_STORE=str(store)).stdout == "true\n"
    assert run("query", "-q", "ASK {}", "--store", store, AIGOV_GRAPH_STORE=str(tmp_path)).stdout == "true\n"


def test_a_misspelt_setting_is_an_error(run: Run) -> None:
    """Else it would do nothing, unseen."""
    done = run("query", "-q", "ASK {}", AIGOV_GRAPH_STROE="x")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: no setting is called AIGOV_GRAPH_STROE\n  at environment\n")


@pytest.mark.parametrize("words", [("build",), ("validate",), ("format",), ("verify-source", "-")])
def test_a_folder_that_is_not_there_is_an_error(run: Run, words: tuple[str, ...]) -> None:
    """What, where, what to do; nothing on stdout, and no store is made."""
    done = run(*words, "--data", "absent")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("error: there is no such folder\n  at absent\nname a folder that holds graphs/\n")


def test_a_reader_that_leaves_is_no_fault(start: Start, store: Path) -> None:
    """As in `aigov-graph query | head -1`: no complaint, and the code that a shell gives a closed pipe."""
    everything = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    process = start("query", "-q", everything, "--store", store)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "?a\t?b\t?c\t?d\t?e\t?f\t?g\t?h\t?i\n"
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 141


def test_ctrl_c_ends_a_build_quietly(start: Start, data: Path, tmp_path: Path) -> None:
    """While it waits for a file that is a pipe; no trace is shown and nothing is published."""
    os.mkfifo(data / "graphs" / "entities" / "pipe.ttl")
    process = start("build", "--data", data, "--store", tmp_path / "store")
    assert process.stderr is not None
    assert process.stderr.readline() == "read ...\n"
    process.send_signal(signal.SIGINT)
    assert process.stderr.read() == ""
    assert process.wait() == 130
    assert not (tmp_path / "store").exists()


def test_ctrl_c_ends_a_query_at_once(start: Start, store: Path) -> None:
    """The engine itself cannot be interrupted; the process can."""
    everything = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    process = start("query", "-q", everything, "--store", store)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith("?a\t?b")
    process.send_signal(signal.SIGINT)
    process.stdout.read()
    assert process.stderr.read() == ""
    assert process.wait() == -signal.SIGINT
