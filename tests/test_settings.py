"""Settings: read from the environment once, typed, and nothing misspelt goes unnoticed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from aigov_graph.errors import AigovError
from aigov_graph.settings import PREFIX, Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    """The variables of others do not count."""
    settings = Settings.from_environment({"PATH": "/bin", "PORT": "1"})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.store, settings.data) == ("127.0.0.1", 8000, Path("store"), None)


def test_variables_are_read_as_their_field_s_type() -> None:
    """A path, a number, a fraction, a text."""
    settings = Settings.from_environment(
        {
            "AIGOV_GRAPH_DATA": "/srv/data",
            "AIGOV_GRAPH_STORE": "/srv/store",
            "AIGOV_GRAPH_PORT": "81",
            "AIGOV_GRAPH_QUERY_TIMEOUT_S": "2.5",
            "AIGOV_GRAPH_BASE_URL": "https://graph.example.org",
        }
    )
    assert (settings.data, settings.store, settings.port) == (Path("/srv/data"), Path("/srv/store"), 81)
    assert (settings.query_timeout_s, settings.base_url) == (2.5, "https://graph.example.org")


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("PORT", "http", "a whole number from 0 to 65535"),
        ("PORT", "65536", "a whole number from 0 to 65535"),
        ("PORT", "-1", "a whole number from 0 to 65535"),
        ("PORT", "80.5", "a whole number from 0 to 65535"),
        ("QUERY_PROCESSES", "0", "a whole number from 1"),
        ("QUERY_TIMEOUT_S", "nan", "a number from 0.001"),
        ("QUERY_TIMEOUT_S", "inf", "a number from 0.001"),
        ("ACCESS_LOG", "maybe", "yes or no"),
        ("DEFAULT_GRAPH", "both", "one of union, strict"),
    ],
)
def test_a_value_that_the_setting_cannot_have_is_an_error(name: str, text: str, what: str) -> None:
    """It names the variable and what would be a value; the setting's own help is what to do."""
    with pytest.raises(AigovError) as caught:
        Settings.from_environment({f"AIGOV_GRAPH_{name}": text})
    assert caught.value.what == f"AIGOV_GRAPH_{name} is {text!r}, which is not {what}"
    assert caught.value.remedy in {field.metadata["help"] for field in fields(Settings)}


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("ON", True), ("1", True), ("No", False), ("false", False)])
def test_a_switch_is_told_in_words(text: str, value: bool) -> None:
    """In any case."""
    assert Settings.from_environment({"AIGOV_GRAPH_ACCESS_LOG": text}).access_log is value


def test_an_empty_variable_is_no_setting() -> None:
    """As where a container passes on what was not set."""
    assert Settings.from_environment({"AIGOV_GRAPH_PORT": "", "AIGOV_GRAPH_DATA": ""}) == Settings()


def test_a_variable_of_ours_that_names_no_setting_is_an_error() -> None:
    """A misspelt setting would otherwise do nothing, unseen."""
    with pytest.raises(AigovError, match="no setting is called AIGOV_GRAPH_PROT") as caught:
        Settings.from_environment({"AIGOV_GRAPH_PROT": "81"})
    assert "AIGOV_GRAPH_PORT" in caught.value.remedy


def test_settings_cannot_be_changed() -> None:
    """They are passed on, never patched."""
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_has_a_sentence_of_help_and_a_variable(name: str) -> None:
    """And its default, written out, is read back as the default."""
    setting = next(field for field in fields(Settings) if field.name == name)
    assert setting.metadata["help"].endswith(".")
    if setting.default is not None:
        assert Settings.from_environment({PREFIX + name.upper(): str(setting.default)}) == Settings()
