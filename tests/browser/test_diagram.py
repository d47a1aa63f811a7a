"""Drawings in a browser: what was measured without one fits."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.kb.site.built import K0

pytestmark = pytest.mark.browser

_OUTSIDE = """
[...document.querySelectorAll(".kb-svg")]
  .filter((one) => one.checkVisibility())
  .flatMap((drawing) => {
    const edge = drawing.getBoundingClientRect().right;
    return [...drawing.querySelectorAll("text")]
      .filter((text) => text.getBoundingClientRect().right > edge)
      .map((text) => text.textContent);
  })
"""


@pytest.mark.parametrize("width", [360, 1440])
def test_no_word_of_a_drawing_is_cut_off(browser: Browser, k0: str, width: int) -> None:
    """Each line of letters ends before the edge of its drawing."""
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        one = Visit(context.new_page(), k0)
        drawn = 0
        for path in sorted((K0 / "docs" / "components").glob("*.md")):
            if path.stem != "index":
                page = one.open(f"components/{path.stem}/")
                drawn += page.locator(".kb-svg:visible").count()

                assert page.evaluate(_OUTSIDE) == [], path.stem
        assert drawn > 5


def test_a_badge_and_its_sentence_do_not_touch(browser: Browser, k0: str) -> None:
    """The longest badge leaves room before the sentence that it stands beside."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = Visit(context.new_page(), k0).open("components/ingest-service/")

        gaps = page.locator(".kb-requirement .kb-line").evaluate_all(
            """(lines) => lines.map((line) =>
                 line.querySelector(".kb-sentence").getBoundingClientRect().left
                 - line.querySelector(".kb-badge").getBoundingClientRect().right)"""
        )

        assert min(gaps) >= 5


def test_several_drawings_take_the_height_of_one_on_a_phone(browser: Browser, k0: str) -> None:
    """They stand beside each other, and the arrow keys lead to the last; no page moves sideways."""
    with browser.new_context(viewport={"width": 360, "height": 780}) as context:
        page = Visit(context.new_page(), k0).open("components/ingest-service/")
        row = page.get_by_role("group", name="A drawing for each case")
        tops = row.locator("figure").evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect().top)"
        )
        assert len(tops) > 1
        assert len(set(tops)) == 1
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

        row.focus()
        for _ in range(20):
            page.keyboard.press("ArrowRight")

        expect(row.locator("figure").last).to_be_in_viewport(ratio=0.5)
