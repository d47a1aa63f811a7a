"""Common questions on the pages, with the answers that follow from the facts."""

from __future__ import annotations

import json
from pathlib import Path

from kb.ask.engine import Engine
from kb.catalog import Catalog
from kb.site import ask, pages, questions
from kb.site.backlinks import backlinks
from kb.site.build import build_site
from kb.site.view import View
from tests.kb.site.built import Html, addresses_of, catalog_of, read_html

RELAY = """---
type: component
title: Relay <i>
source: book
requirements:
  - id: each
    must: Run the relay on each node.
    placement: each-node
  - id: run
    must-not: Share the relay`s disk with <others>.
questions:
  - ask: "Does the relay run on each node & <b>where</b>?"
    status: not_covered
  - ask: Does the relay run on each node?
    verdict: "yes"
  - ask: Does the relay run on each node?
---
"""


def page_of(catalog: Catalog, name: str, *, answering: bool = True) -> Html:
    thing = catalog.components[name]
    addresses = addresses_of(catalog)
    engine = Engine(catalog).ask if answering else None
    view = View(catalog, addresses, addresses[thing.path], backlinks(catalog), ask=engine)
    page = Html()
    page.feed(pages.page(view, thing, ""))
    return page


def test_a_page_answers_its_questions() -> None:
    """Each question has its verdict in words, the sentence, and a link to the requirement."""
    page = page_of(catalog_of({"relay.md": RELAY}), "relay")

    assert "Does the relay run on each node?" in page.text
    assert "Yes" in page.text
    assert "#each" in page.links


def test_questions_have_anchors_of_their_own() -> None:
    """A question can be linked to; the same words twice have two anchors."""
    page = page_of(catalog_of({"relay.md": RELAY}), "relay")

    asked = [one for one in page.ids if one.startswith("asked-")]
    assert "asked-does-the-relay-run-on-each-node" in asked
    assert len(asked) == len(set(asked)) == 3


def test_text_of_questions_is_only_text() -> None:
    """Markup in a question reaches no page as markup."""
    page = page_of(catalog_of({"relay.md": RELAY}), "relay")

    assert "& <b>where</b>?" in page.text


def test_nothing_is_said_where_nothing_answers() -> None:
    """Without an engine there is no heading without content."""
    page = page_of(catalog_of({"relay.md": RELAY}), "relay", answering=False)

    assert "Common questions" not in page.text


def test_a_page_that_is_not_published_answers_nothing() -> None:
    """A draft answers no questions, so it lists none."""
    catalog = catalog_of({"relay.md": RELAY.replace("title:", "status: draft\ntitle:")})

    assert questions.common(catalog.components["relay"]) == ()


def test_the_index_leads_to_every_question_of_the_site(reference_site: Path) -> None:
    """Each entry of the list has its place on a page, and says how the answer begins."""
    written = json.loads((reference_site / questions.INDEX).read_text("utf-8"))

    listed = written["questions"]
    assert len(listed) > 10
    assert written["short"]["mgmt"] == "management"
    names = next(
        one["names"] for one in listed if one["at"].startswith("components/backup-service")
    )
    assert names == ["SQL Safe Backup Service", "agent", "backup agent", "Backup Service"]
    for one in listed:
        address, _, anchor = one["at"].partition("#")
        page = read_html(reference_site / address / "index.html")
        assert anchor in page.ids
        assert one["says"]
        assert one["outcome"] in {None, "yes", "no", "depends", "clarify", "not-covered"}


def test_the_search_of_the_site_finds_questions(reference_site: Path) -> None:
    """Each question is an entry of the index of words, with the answer as its text."""
    index = json.loads((reference_site / "search/search_index.json").read_text("utf-8"))
    found = {one["title"]: one for one in index["docs"] if "#asked-" in one["location"]}

    one = found["Can the Filter Service be a Generic Service resource?"]
    assert "Do not configure the Filter Service as a clustered resource." in one["text"]


def test_the_page_that_asks_names_every_thing_that_has_questions(k0: Catalog) -> None:
    """Its common questions are links to the answers; without topologies there is no choice."""
    addresses = addresses_of(k0) | {ask.ASK: "ask/"}
    listed, alone = Html(), Html()
    listed.feed(ask.page(View(k0, addresses, "ask/", backlinks(k0))))
    small = catalog_of({"relay.md": RELAY})
    alone.feed(ask.page(View(small, addresses_of(small), "ask/", backlinks(small))))

    assert [one for one in listed.links if one.startswith("../components/catalogue/#asked-")]
    assert "any topology" in listed.text
    assert "any topology" not in alone.text


def test_every_page_has_the_box(reference_site: Path) -> None:
    """The form in the header leads to the page that asks, from any depth and from the 404 page."""
    for path, action in (
        ("index.html", "ask/"),
        ("components/filter-service/index.html", "../../ask/"),
        ("404.html", "/ask/"),
    ):
        text = (reference_site / path).read_text("utf-8")
        assert f'<form class="kb-ask-box" action="{action}"' in text, path
        assert text.count('name="q"') == 1, path


def test_the_search_of_the_site_knows_what_things_are_called(reference_site: Path) -> None:
    """Aliases are in the index as names of the page, and on no page as tags."""
    index = json.loads((reference_site / "search/search_index.json").read_text("utf-8"))
    names = {one["location"]: one.get("tags") for one in index["docs"]}

    assert names["components/backup-service/"] == ["agent", "backup agent"]
    assert not names["conditions/fault-tolerance/"]
    assert index["config"]["fields"]["tags"] == {"boost": 1e3}
    page = (reference_site / "components/backup-service/index.html").read_text("utf-8")
    assert "md-tag" not in page


def test_a_project_may_name_a_service_elsewhere_and_change_the_template(tmp_path: Path) -> None:
    """The address of the service is told to the script; a template of the project keeps the box."""
    docs, theme = tmp_path / "docs", tmp_path / "theme"
    docs.mkdir()
    theme.mkdir()
    (docs / "index.md").write_text("# Hello\n", encoding="utf-8")
    (theme / "main.html").write_text(
        '{% extends "kb.html" %}{% block announce %}Ours{% endblock %}', encoding="utf-8"
    )
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\nplugins: [search, kb]\nextra: {kb: {api_url: 'https://kb.example/x'}}\n"
        "theme: {name: material, font: false, custom_dir: theme}\n",
        encoding="utf-8",
    )

    build_site(docs, tmp_path / "site", tmp_path / "mkdocs.yml")

    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert 'data-kb-api="https://kb.example/x/"' in page
    assert "Ours" in page
