"""The OpenAPI document: valid, whole, and true of the running service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from aigov_graph.build import assemble
from tests.live import Service, publish
from tests.port_folder import port_folder


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over the small world of ports."""
    store = tmp_path_factory.mktemp("store")
    publish(store, assemble(port_folder(tmp_path_factory.mktemp("ports"))))
    with Service.start(store, access_log="no") as running:
        yield running


@pytest.fixture(scope="module")
def document(ports: Service) -> dict[str, Any]:
    """What the service says of itself."""
    return dict(ports.get("/openapi.json").json)


def test_the_document_is_valid(document: dict[str, Any], ports: Service) -> None:
    """As OpenAPI 3.1, and names the service it came from."""
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": ports.base}]


def test_every_kind_of_route_is_told(document: dict[str, Any]) -> None:
    """What stands in front of the pages, the pages, the lists and the exports."""
    assert {"/sparql", "/graphs", "/graphs/{name}", "/dump.{suffix}", "/.well-known/void", "/health"} <= set(
        document["paths"]
    )
    assert {"/", "/api/entities", "/api/claims", "/api/edges", "/export/{name}", "/analysis"} <= set(document["paths"])
    assert set(document["paths"]["/sparql"]) == {"get", "post"}


def test_every_operation_says_what_it_is_for(document: dict[str, Any]) -> None:
    """With a summary, a subject that is explained, its answers, and its path's parameters."""
    subjects = {tag["name"] for tag in document["tags"]}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], path
            assert set(operation["tags"]) <= subjects, path
            assert operation["responses"], (method, path)
            told = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
            assert told == set(re.findall(r"\{(\w+)\}", path)), path


def test_each_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    """Programs made from the document name their functions by it."""
    names = [operation["operationId"] for operations in document["paths"].values() for operation in operations.values()]
    assert len(set(names)) == len(names)
    assert {"getStart", "getApiClaims", "getSparql", "postSparql", "getExportName"} <= set(names)


@pytest.mark.parametrize(
    ("path", "some"),
    [
        ("/{kind}", {"holder", "source", "certainty", "mode", "page"}),
        ("/{kind}.{suffix}", {"holder", "source", "type"}),
        ("/explore", {"status", "around", "top"}),
        ("/explore/network", {"status", "around", "top"}),
        ("/explore/claims", {"of", "with"}),
        ("/compare", {"a", "b"}),
    ],
)
def test_what_may_be_asked_for_is_told(document: dict[str, Any], path: str, some: set[str]) -> None:
    """Lists, the explorer and the comparison name their filters, so that tests of the document try them."""
    told = {p["name"] for p in document["paths"][path]["get"]["parameters"] if p["in"] == "query"}
    assert some <= told


def test_people_read_it_too(ports: Service) -> None:
    """A page with every route."""
    page = ports.get("/api", accept="text/html").body.decode()
    assert "GET /api/claims" in page
    assert "GET /.well-known/void" in page
    assert "POST /sparql" in page


def test_the_service_does_what_the_document_says(document: dict[str, Any], ports: Service) -> None:
    """Made-up requests for every operation: no failure, no status and no media type that is not told of."""
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=ports.base)
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()

        @settings(
            max_examples=5, deadline=None, phases=[Phase.generate], database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case: Case[Any]) -> None:
            checks = [not_a_server_error, status_code_conformance, content_type_conformance]
            case.call_and_validate(checks=checks, timeout=60)

        ask()
