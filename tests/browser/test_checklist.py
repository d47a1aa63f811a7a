"""The requirements of a page as a checklist: ticking, filtering, sharing, copying."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(browser: Browser, k0: str) -> Iterator[Visit]:
    """A page of the browser on that site, which may use the clipboard."""
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield Visit(context.new_page(), k0)
    context.close()


def shown(page: Page) -> list[str]:
    """Return the ids of the requirements that are shown."""
    return [one.get_attribute("id") or "" for one in page.locator(".kb-requirement:visible").all()]


def test_ticks_stay_and_are_counted(opened: Visit) -> None:
    """What is done is done after a reload too, until the ticks are cleared by key or mouse."""
    page = opened.open("components/journal/")
    page.get_by_role("checkbox", name="Done: Put the journal on a journal volume.").press("Space")
    expect(page.locator(".kb-progress")).to_have_text("1 of 4 done")

    page.reload()

    expect(page.locator(".kb-progress")).to_have_text("1 of 4 done")
    page.get_by_role("button", name="Clear ticks").press("Enter")
    expect(page.locator(".kb-progress")).to_have_text("0 of 4 done")
    assert page.get_by_role("checkbox").count() == 4, "what is forbidden cannot be ticked"
    assert opened.complaints == []


def test_filters_say_what_they_hide_and_can_be_shared(opened: Visit) -> None:
    """A topology narrows list and drawings at once; the address opens the same for others."""
    page = opened.open("components/arbiter/")
    before = shown(page)
    page.get_by_label("Topology").select_option("paired halls")

    assert shown(page) == ["tie-breaker-pair"]
    expect(page.locator(".kb-hidden")).to_contain_text(
        "3 requirements hidden: not for paired halls."
    )
    assert page.locator(".kb-drawing:visible").count() == 1

    page.goto(page.url)
    expect(page.get_by_label("Topology")).to_have_value("paired-halls")
    assert shown(page) == ["tie-breaker-pair"]

    page.get_by_role("button", name="Show all").click()
    assert shown(page) == before
    assert "?" not in page.url
    assert opened.complaints == []


def test_a_condition_hides_what_does_not_hold(opened: Visit) -> None:
    """What is asked only if something holds goes when it does not; a link to it brings it back."""
    page = opened.open("components/journal/?without=encrypted-vault")

    assert "unlock-hook" not in shown(page)
    expect(page.locator(".kb-hidden")).to_contain_text("only if encrypted vault")

    page.evaluate("location.hash = 'unlock-hook'")
    expect(page.locator("#unlock-hook")).to_be_visible()


def test_a_requirement_is_copied_as_markdown_and_as_a_link(opened: Visit) -> None:
    """A ticket gets the sentence with its level and reason, and an address that leads here."""
    page = opened.open("components/journal/?without=encrypted-vault")
    item = page.locator("#no-media-pool")

    item.get_by_role("button", name="Copy as Markdown").press("Enter")
    expect(page.locator(".kb-told")).to_have_text("The requirement is copied as Markdown.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("- **Must not:** Do not put the journal on a media pool.\n")
    assert "  - Why: A pool is opened" in copied

    item.get_by_role("button", name="Copy link").press("Enter")
    expect(page.locator(".kb-told")).to_have_text("The link is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("components/journal/#no-media-pool")

    page.locator(".kb-controls").get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".kb-told")).to_have_text("The checklist is copied as Markdown.")
    assert "unlock-hook" not in page.evaluate("navigator.clipboard.readText()")


def test_without_scripts_all_is_shown_and_said(browser: Browser, k0: str) -> None:
    """With JavaScript off nothing is filtered, and one line says what does not work."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{k0}components/arbiter/")

    expect(page.get_by_text("Ticking off and filtering need JavaScript")).to_be_visible()
    assert len(shown(page)) == 4
    context.close()
