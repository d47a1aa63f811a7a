"""Bodies: sections with anchors, steps, links, and what is refused."""

import time

import pytest

from kb.markdown import Body, read_body


def outline(body: Body) -> list[tuple[int, str, str, int]]:
    return [(one.level, one.title, one.anchor, one.line) for one in body.sections]


def test_sections_with_their_own_prose() -> None:
    """A section is a heading with the prose up to the next one, in plain text."""
    body = read_body(
        "Before *it*.\n\n# A `code` title\n\nOne\nline.\n\n- item [link](x.md)\n\n## Sub\n\nTwo.\n",
        first_line=10,
    )

    assert outline(body) == [(0, "", "", 10), (1, "A code title", "a-code-title", 12),
                             (2, "Sub", "sub", 19)]  # fmt: skip
    assert [one.text for one in body.sections] == ["Before it.", "One line.\nitem link", "Two."]


def test_a_body_without_prose_before_its_heading_has_no_empty_section() -> None:
    """The section before the first heading is there only when something stands in it."""
    assert outline(read_body("\n\n# Title\n")) == [(1, "Title", "title", 3)]
    assert read_body("").sections == ()


def test_anchors_are_unique() -> None:
    """Repeated headings get -2, -3, and nobody gets an anchor that another one chose or has."""
    body = read_body("# A\n\n# A\n\n# A-2\n\n# A\n\n# B\n\n# C {#b}\n\n# Ärger & 50 %\n\n# ???\n",
                     taken={"a"})  # fmt: skip

    assert [one.anchor for one in body.sections] == [
        "a-2", "a-3", "a-2-2", "a-4", "b-2", "b", "arger-50", "section"]  # fmt: skip
    assert [one.explicit for one in body.sections].count(True) == 1
    assert body.sections[5].title == "C"


@pytest.mark.parametrize(
    ("heading", "title", "anchor"),
    [
        ("# A {#x}", "A", "x"),
        ("# A {: #x .wide }", "A", "x"),
        ("A {#x}\n===", "A", "x"),
        ("# A {.wide}", "A", "a"),
        ("# The {braces} stay", "The {braces} stay", "the-braces-stay"),
        ("# A # B ##", "A # B", "a-b"),
        ("# *A* &amp; **B**", "A & B", "a-b"),
    ],
)
def test_chosen_anchors(heading: str, title: str, anchor: str) -> None:
    """An anchor in braces at the end of a heading is used, and is no part of the title."""
    section = read_body(heading).sections[0]

    assert (section.title, section.anchor) == (title, anchor)


def test_steps_are_the_first_ordered_list() -> None:
    """Items of the first ordered list are the steps; nested lists belong to their item."""
    body = read_body(
        "- no step\n\n1. Open *it*.\n   Look.\n2. Choose:\n    - one\n    - two\n\n"
        "3. Save `x`.\n\nProse.\n\n1. another list\n"
    )

    assert body.steps == ("Open it. Look.", "Choose:\none\ntwo", "Save x.")


def test_a_body_without_an_ordered_list_has_no_steps() -> None:
    """A bullet list is no procedure."""
    assert read_body("- a\n- b\n").steps == ()


def test_links_with_their_places() -> None:
    """Links and images are found with text, line and column, in lists, tables and references."""
    body = read_body(
        "A [one](a.md#x) and\n![two](b.png).\n\n| a |\n|---|\n| [three](c.md) |\n\n"
        "- [four][ref]\n\n[ref]: d.md\n\n<https://example.org/>\n",
        first_line=5,
    )

    found = [(one.target, one.text, one.line, one.image) for one in body.links]
    assert found == [
        ("a.md#x", "one", 5, False),
        ("b.png", "two", 6, True),
        ("c.md", "three", 10, False),
        ("d.md", "four", 12, False),
        ("https://example.org/", "https://example.org/", 16, False),
    ]
    assert body.links[0].column == 9


def test_code_is_no_html() -> None:
    """Tags in code spans, fences and character references are text."""
    body = read_body("`<b>` &lt;b&gt; 1 < 2 <https://example.org/>\n\n```html\n<script>\n```\n")

    assert body.flaws == ()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b>b</b>",
        "<!-- hidden -->",
        "<svg/onload=alert(1)>",
        "<iframe src=x>",
        "<meta http-equiv=refresh content=0>",
        "- <details>",
        "> <div>",
        "| a |\n|---|\n| <b> |",
        "!!! note\n\n    <script>alert(1)</script>",
        "    <script>alert(1)</script>",
        r"\<script>alert(1)</script>",
        "a <![CDATA[ b",
        "<?php",
        "# A <b>",
        "<a\nhref=x>",
        "<x-y>",
        "a<b and c>d",
        "<img src=x onerror=alert(1)",
        "[<b>](x.md)",
        "</div>",
    ],
)
def test_raw_html_is_found(text: str) -> None:
    """HTML is found wherever the parser of the site might see it, prose below indents included."""
    assert any(one.name == "html" for one in read_body(text).flaws)


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a]( javascript:alert(1))",
        "[a](<javascript:alert(1)>)",
        "[a](java&#115;cript:alert(1))",
        "[a](java&Tab;script:alert(1))",
        "[a](java\\script:alert(1))",
        "[a](java\nscript:alert(1))",
        "[a][b]\n\n[b]: javascript:alert(1)",
        "[b]: <javascript:alert(1)>",
        "![a](data:text/html,x)",
        "<javascript:alert(1)>",
        "[a](VBSCRIPT:x)",
        '[a](jav&#x0A;ascript:alert(1) "t")',
    ],
)
def test_script_addresses_are_found(text: str) -> None:
    """An address that a browser would run is a flaw, however it is spelt."""
    assert any(one.name == "scheme" for one in read_body(text).flaws)


@pytest.mark.parametrize(
    "text",
    [
        "[a](x.md){: onclick=alert(1) }",
        "# A {onmouseover='x'}",
        '*a*{ style="x" }',
        "![a](x.png){ .y srcdoc=z }",
    ],
)
def test_attributes_that_run_or_load_are_found(text: str) -> None:
    """Event handlers, styles and addresses in attribute lists are flaws."""
    assert any(one.name == "attributes" for one in read_body(text).flaws)


@pytest.mark.parametrize(
    "text",
    [
        "a <![CDATA[" * 2000,
        "|" + "a|" * 2000 + "\n|" + "-|" * 2000,
        "<![" * 2000,
        "[a](<" * 2000,
        "[" * 5000,
        "> " * 2000 + "a",
        "- " * 2000 + "a",
        "*a_ " * 20000,
        "`" * 3000 + " " + "``" * 3000,
        "\n".join("    " * i + "- a" for i in range(150)),
        "![" * 400 + "\n" + "](" * 400,
        "<a " * 3000,
        "&amp;" * 2000,
        "\\" * 9000,
        "***" * 3000,
        "| a | b |\n|---|---|\n" + "| x | y |\n" * 5000,
        "x" * 200_000,
    ],
    ids=lambda text: str(text[:12]),
)
def test_costly_texts_end_in_time(text: str) -> None:
    """Texts that keep parsers busy are read, or refused, within seconds."""
    start = time.perf_counter()

    read_body(text)

    assert time.perf_counter() - start < 5


def test_a_row_of_a_table_is_a_sentence() -> None:
    """Of a table one row can be read without the others."""
    body = read_body(
        "| Care | Component | Also |\n|---|---|---|\n| alerts | Mill | |\n| | Oven | Hob |\n"
    )

    assert body.sections[0].text == "Care: Component, Also.\nalerts: Mill.\nOven: Hob."
