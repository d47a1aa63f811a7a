"""Content against content: what became of each page and each requirement."""

import pytest

from kb.diff import Change, changes
from kb.pages import Page, read_page
from kb.sources import SourceFile, source_file

PAGE = """---
type: component
title: {title}
source: book
{more}requirements:
  - id: {name}
    {asked}
---
{prose}
"""


def page(
    asked: str = "must: Run it.",
    *,
    path: str = "service.md",
    name: str = "run",
    title: str = "Service",
    more: str = "",
    prose: str = "",
) -> Page:
    text = PAGE.format(title=title, more=more, name=name, asked=asked, prose=prose)
    file = source_file(path, text.encode())
    assert isinstance(file, SourceFile)
    made, found = read_page(file)
    assert isinstance(made, Page), found
    return made


def only(before: Page, after: Page) -> Change:
    [change] = changes([before], [after])
    return change


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("may: Run it.", "must: Run it.", "strengthened"),
        ("must: Run it.", "should: Run it.", "weakened"),
        ("need-not: Run it.", "must-not: Run it.", "strengthened"),
        ("must-not: Run it.", "should-not: Run it.", "weakened"),
        ("must: Run it.", "must-not: Run it.", "changed"),
        ("must: Run it.", "automatic: It runs.", "changed"),
        ("must: Run it.", "must: Start it.", "reworded"),
        ("must: Run it.", "must: Run it.\n    why: It rests.", "changed"),
    ],
)
def test_a_change_of_a_requirement_is_named(before: str, after: str, kind: str) -> None:
    """Stronger, weaker, in other words, or otherwise: each is told with both sentences."""
    change = only(page(before), page(after))

    assert (change.kind, change.requirement) == (kind, "run")
    assert change.before
    assert change.after


def test_what_else_differs_is_called_as_readers_call_it() -> None:
    """Keys of the format are told in words, each once."""
    change = only(page(), page("must: Run it.\n    when: a\n    unless: b\n    in: [c]"))

    assert change.aspects == ("topologies", "conditions", "exceptions")
    assert [(one.before, one.after) for one in change.details] == [("", "c"), ("", "a"), ("", "b")]


def test_requirements_that_come_and_go_are_told() -> None:
    """A new id without a former one is a new requirement."""
    found = changes([page()], [page(name="go")])

    assert [(one.kind, one.requirement) for one in found] == [("added", "go"), ("removed", "run")]


def test_former_ids_are_followed() -> None:
    """A page and a requirement that say what they were called before are the same ones."""
    after = page(
        "must: Run it.\n    formerly: [run]",
        name="go",
        path="new.md",
        more="formerly: [service]\n",
    )

    found = changes([page()], [after])

    assert [(one.kind, one.page, one.requirement) for one in found] == [
        ("renamed", "new", None),
        ("renamed", "new", "go"),
    ]
    assert [(one.before, one.after) for change in found for one in change.details] == [
        ("service", "new"),
        ("run", "go"),
    ]


def test_names_of_renamed_pages_are_no_change() -> None:
    """Whoever refers to a page by its new id says the same as before."""
    old, new = page(path="old.md"), page(path="new.md", more="formerly: [old]\n")
    user = page("must: Run it.\n    resource: old\n    after: old/run", path="user.md")
    now = page("must: Run it.\n    resource: new\n    after: new/run", path="user.md")
    other = page("must: Run it.\n    resource: new\n    after: new/go", path="user.md")

    assert [one.page for one in changes([old, user], [new, now])] == ["new"]
    assert changes([old, user], [new, other])[1].aspects == ("order",)


def test_pages_that_come_and_go_are_told_by_title() -> None:
    """A page without a counterpart was added or removed as a whole."""
    found = changes([page(path="a.md", title="A")], [page(path="b.md", title="B")])

    assert [(one.kind, one.after or one.before) for one in found] == [
        ("added", "B"),
        ("removed", "A"),
    ]


def test_prose_is_told_only_where_no_fact_differs() -> None:
    """The text below the facts may differ too; that is worth a word, and not two."""
    assert only(page(prose="One."), page(prose="Two.")).kind == "prose"
    assert only(page(prose="One."), page("may: Run it.", prose="Two.")).kind == "weakened"


def test_what_is_the_same_is_not_told() -> None:
    """Another place of the file is no change of content."""
    assert changes([page()], [page(path="x/service.md")]) == ()


def test_drafts_are_as_if_they_were_not_there() -> None:
    """Nobody learns of a page before it is published; then it is new."""
    draft = page(more="status: draft\n")

    assert changes([], [draft]) == ()
    assert only(draft, page()).kind == "added"
    assert only(page(), draft).kind == "removed"


def test_requirements_of_whole_pages_are_told_on_request() -> None:
    """Of a page that is new or gone, each requirement can be told, with when it holds."""
    made = page("must: Run it.\n    when: need\n    unless: rest")
    [added, asked] = changes([], [made], is_full=True)
    [removed, gone] = changes([made], [], is_full=True)

    assert (added.requirement, asked.requirement, asked.after) == (None, "run", "Run it.")
    assert [(one.aspect, one.after) for one in asked.details] == [
        ("conditions", "need"),
        ("exceptions", "rest"),
    ]
    assert (removed.kind, gone.kind, gone.before) == ("removed", "removed", "Run it.")
    assert [one.before for one in gone.details] == ["need", "rest"]
    assert len(changes([], [made])) == 1
