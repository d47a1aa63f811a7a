"""Beside what the theme's search finds stand terms of nearly the name typed, and the question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

WAYS = ".kb-ways li"
INDEX = "search/search_index.json"


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """The start page of the reference site, open."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    visit = Visit(context.new_page(), site)
    visit.open("")
    yield visit
    context.close()


def search(page: Page, words: str) -> None:
    """Type words into the search, as a person does."""
    field = page.get_by_role("textbox", name="Search")
    field.click()
    field.press_sequentially(words)
    expect(page.locator(WAYS).last).to_have_text(f"Ask “{words}”")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("repositry", "SQL Safe Repository Database"),
        ("backup srevice", "SQL Safe Backup Service"),
        ("mgmt svc", "SQL Safe Management Service"),
    ],
)
def test_a_misspelt_or_shortened_name_is_understood(visit: Visit, typed: str, title: str) -> None:
    """Where the search misses a name, the term is offered, and the arrow keys lead to it."""
    page = visit.page
    search(page, typed)

    expect(page.locator(WAYS).first).to_have_text(f"Did you mean {title}?")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert visit.complaints == []


def test_enter_opens_the_term_that_is_meant_where_nothing_was_found(visit: Visit) -> None:
    """Without a result the first way on is as good as one."""
    page = visit.page
    search(page, "repositry")
    expect(page.locator(WAYS)).to_have_count(3)

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("SQL Safe Repository Database")


def test_enter_opens_what_was_found_before_any_other_way(visit: Visit) -> None:
    """A name as it is written offers no other, and leads to its page."""
    page = visit.page
    search(page, "filter service")
    expect(page.locator(WAYS)).to_have_count(1)
    expect(page.locator(".md-search-result__item").first).to_be_visible()

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("SQL Safe Filter Service")


def test_the_first_arrow_key_leads_to_what_was_found(visit: Visit) -> None:
    """The question stands below the results, in sight, and the last key up reaches it."""
    page = visit.page
    search(page, "filter service")
    expect(page.locator(WAYS).last).to_be_in_viewport()

    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")

    expect(page.locator(f"{WAYS} a").last).to_be_focused()


def test_what_was_typed_can_be_asked(visit: Visit) -> None:
    """The words go to the page of questions as they stand, signs and all."""
    page = visit.page
    search(page, "who sends alerts & why?")

    page.locator(WAYS).last.click()

    expect(page.locator(".kb-ask-form [name=q]")).to_have_value("who sends alerts & why?")
    assert visit.foreign == []


@pytest.mark.parametrize("turn", ["key", "pointer", "field"])
def test_the_index_comes_when_somebody_turns_to_the_search(visit: Visit, turn: str) -> None:
    """A page that is only read fetches no index; the first sign that it is wanted does, once."""
    page = visit.page
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    visit.open("components/filter-service/")
    assert [one for one in asked if one.endswith(INDEX)] == []

    with page.expect_response(f"**/{INDEX}"):
        if turn == "key":
            page.keyboard.press("/")
        elif turn == "pointer":
            page.locator(".md-search__form").hover()
        else:
            page.get_by_role("textbox", name="Search").focus()

    search(page, "repository")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert len([one for one in asked if one.endswith(INDEX)]) == 1
    assert visit.complaints == []


def test_words_that_were_searched_for_are_marked(visit: Visit) -> None:
    """The address that a result leads to marks its words, without the search being opened."""
    page = visit.open("components/filter-service/?h=instant")

    expect(page.locator("article mark").first).to_have_text("Instant", ignore_case=True)


def test_an_address_with_words_opens_the_search(visit: Visit) -> None:
    """`?q=` on any page but that of questions shows what is found at once."""
    page = visit.open("?q=repository")

    expect(page.locator(".md-search-result__item").first).to_be_visible()
