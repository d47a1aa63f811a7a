"""The types of the format and the JSON Schema that is made from them."""

from typing import Any

import jsonschema
import pytest

from kb.model import (
    LEVELS,
    PAGE_TYPES,
    ComponentEntry,
    RequirementEntry,
    entry_type_of,
    json_schema,
    keys_of,
    validate,
)
from kb.pages import Page, read_page
from kb.sources import read_sources
from tests.kb.test_compiler import K0, ROOT

COMPONENT = {"type": "component", "title": "Agent", "requirements": "none"}


def requirement(**keys: Any) -> dict[str, Any]:
    return {**COMPONENT, "requirements": [{"id": "x", "must": "Do it.", **keys}]}


def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    return jsonschema.Draft202012Validator(json_schema())


def test_the_schema_accepts_what_we_accept() -> None:
    """Every page of the reference and of the fictional knowledge base fits the JSON Schema."""
    schema = validator()

    for folder in (K0, ROOT / "docs"):
        for file in read_sources(folder)[0]:
            page, _ = read_page(file)
            assert isinstance(page, Page)
            if page.entry is not None:
                errors = [one.message for one in schema.iter_errors(page.front.values)]
                assert errors == [], file.path


@pytest.mark.parametrize(
    "values",
    [
        {"title": "No type"},
        {"type": "komponent", "title": "x"},
        {**COMPONENT, "colour": "red"},
        {**COMPONENT, "requirements": "nothing"},
        {**COMPONENT, "id": "Not_An_Id"},
        {**COMPONENT, "id": "x" * 65},
        {**COMPONENT, "title": ""},
        {**COMPONENT, "since": 1.1},
        {**COMPONENT, "placement": "every-node"},
        {**COMPONENT, "uses": {"Not An Id": "x"}},
        {**COMPONENT, "reviewed": "yesterday"},
        {**COMPONENT, "format": 2},
        requirement(may="Do another."),
        requirement(must=None),
        requirement(colour="red"),
        requirement(count={"of": "node", "at-least": -1}),
        requirement(count={"of": "node", "at-least": "some"}),
        requirement(how="Not a slug"),
        requirement(how=[]),
        requirement(after="a/b/c"),
        requirement(verify={"run": "x"}),
        requirement(source={"id": "x", "pin": "short"}),
        {"type": "source", "title": "x"},
        {"type": "condition", "title": "x", "nodes": "three"},
    ],
)
def test_schema_and_types_refuse_the_same(values: dict[str, Any]) -> None:
    """What the types refuse, the JSON Schema that editors use refuses as well."""
    assert isinstance(validate(values), tuple)
    assert not validator().is_valid(values)


def test_one_value_stands_for_a_list() -> None:
    """Where a list may stand, a single value is a list of one."""
    page = validate({**requirement(**{"in": "pair", "when": ["a", "b"], "source": "book"})})

    assert isinstance(page, ComponentEntry)
    assert isinstance(page.requirements, tuple)
    only = page.requirements[0]
    assert (only.in_, only.when, only.source[0].id) == (("pair",), ("a", "b"), "book")


@pytest.mark.parametrize("level", LEVELS)
def test_each_level(level: str) -> None:
    """A requirement knows its level and its action."""
    page = validate({**COMPONENT, "requirements": [{"id": "x", level: " Do it. "}]})

    assert isinstance(page, ComponentEntry)
    assert isinstance(page.requirements, tuple)
    assert (page.requirements[0].level, page.requirements[0].action) == (level, "Do it.")


def test_keys_are_written_with_hyphens() -> None:
    """Authors write the keys with hyphens, and `in` although it is a word of the language."""
    keys = keys_of(RequirementEntry)

    assert {"must-not", "need-not", "in"} <= set(keys)
    assert not any("_" in key for key in keys)


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_each_page_type_has_its_type(page_type: str) -> None:
    """Each page type is described by one class, and no other name by any."""
    entry = entry_type_of(page_type)

    assert entry is not None
    assert "title" in keys_of(entry)
    assert entry_type_of(page_type.upper()) is None
