"""The reference pages: each route, problem type and setting is described, and nothing else is."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.app import create_app
from api.negotiation import JSON
from api.problem_types import KINDS
from api.schemas.parameters import MOST_HITS, MOST_ITEMS
from api.settings import Settings
from tests.api.running import DOCS

REFERENCE = DOCS / "reference"


def headings(name: str, level: int) -> list[str]:
    """Return the headings of one level of a reference page."""
    page = (REFERENCE / name).read_text("utf-8")
    return re.findall(rf"(?m)^{'#' * level} (.+)$", page)


def section(name: str, heading: str) -> str:
    """Return what stands below a heading."""
    page = (REFERENCE / name).read_text("utf-8")
    return re.split(r"(?m)^#+ ", page.split(f"# {heading}\n", 1)[1])[0]


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The application without content."""
    return create_app(Settings())


def routes_of(app: FastAPI) -> Iterator[tuple[str, APIRoute]]:
    """Yield `METHOD /path` with its route, but for the parts of the page of the API."""
    for router in app.router.routes:
        for route in getattr(getattr(router, "original_router", None), "routes", [router]):
            if isinstance(route, APIRoute) and not route.path.startswith("/api/"):
                for method in sorted(route.methods or ()):
                    yield f"{method} {route.path}", route


def test_every_route_is_described_and_nothing_else(app: FastAPI) -> None:
    """The headings of the page are the routes."""
    described = [one for one in headings("http-api.md", 3) if re.match("[A-Z]+ /", one)]

    assert sorted(described) == sorted(name for name, _ in routes_of(app))


def test_every_route_has_an_example(app: FastAPI) -> None:
    """Each description has a command that can be tried."""
    for name, route in routes_of(app):
        path = re.sub(r"\{\w+\}", r"[^'/ ]+", route.path)
        assert re.search(
            rf"curl [^\n]*'http://127.0.0.1:8000{path}[?']", section("http-api.md", name)
        ), name


def test_every_parameter_is_described(app: FastAPI) -> None:
    """Each query parameter of a route stands on the page, with the limits that hold."""
    page = (REFERENCE / "http-api.md").read_text("utf-8")
    for operations in app.openapi()["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "query":
                    assert f"`{parameter['name']}`" in page
    assert f"(1 to {MOST_ITEMS}," in page
    assert f"(1 to {MOST_HITS}," in page


def test_every_example_works(client: httpx.Client) -> None:
    """What the page asks for with curl is there."""
    examples = re.findall(r"(?m)^curl (.+)$", (REFERENCE / "http-api.md").read_text("utf-8"))

    assert len(examples) > 20
    for one in examples:
        words = shlex.split(one)
        address = next(word for word in words if word.startswith("http")).partition(":8000")[2]
        if "--json" in words:
            body = words[words.index("--json") + 1]
            reply = client.post(address, content=body, headers={"content-type": JSON})
        elif "--data-urlencode" in words:
            name, _, value = words[words.index("--data-urlencode") + 1].partition("=")
            reply = client.get(address, params={name: value})
        else:
            reply = client.get(address)
        assert reply.status_code == 200, one


def test_every_problem_type_is_described_and_nothing_else() -> None:
    """The headings of the page are the problem types, each with its status and meaning."""
    assert sorted(headings("problems.md", 2)) == sorted(KINDS)
    for slug, kind in KINDS.items():
        assert section("problems.md", slug).strip() == (
            f"**{kind.status}**: {kind.title}. {kind.meaning}"
        )


def test_every_setting_is_described_and_nothing_else() -> None:
    """The headings of the page are the settings, each with its default."""
    fields = Settings.model_fields

    assert sorted(headings("settings.md", 3)) == sorted(f"KB_{one.upper()}" for one in fields)
    for name, field in fields.items():
        stated = section("settings.md", f"KB_{name.upper()}")
        value = field.default
        if isinstance(value, bool):
            value = "on" if value else "off"
        default = {(): "empty", None: "none"}.get(value, f"`{value}`")
        assert stated.strip().startswith(f"Default: {default}")
