"""The matrix in a browser: filter, sort, share, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

ROWS = "table.kb-matrix tbody:visible"
ASKED = "table.kb-matrix [data-level]:visible"


@pytest.fixture
def matrix(browser: Browser, site: str) -> Iterator[Visit]:
    """The matrix of the reference site, open."""
    context = browser.new_context(viewport={"width": 1440, "height": 700})
    visit = Visit(context.new_page(), site)
    visit.open("matrix/")
    yield visit
    context.close()


def names(page: Page) -> list[str]:
    return page.locator(f"{ROWS} th a").all_inner_texts()


def test_filters_leave_what_is_wished_for_and_the_address_keeps_it(matrix: Visit) -> None:
    """Name and level narrow the rows and what they say; a reload shows the same."""
    page = matrix.page
    expect(page.locator(".kb-count")).to_have_text("9 rows")

    page.get_by_label("Component", exact=True).fill("SERVICE")
    page.get_by_role("checkbox", name="Must not").check()

    expect(page.locator(".kb-count")).to_have_text("1 of 9 rows")
    assert names(page) == ["SQL Safe Filter Service"]
    assert page.locator(ASKED).all_inner_texts() == [
        "Must not:\nDo not configure the Filter Service as a clustered resource."
    ]
    assert page.url.endswith("/matrix/?find=SERVICE&level=must-not")
    expect(page.get_by_role("link", name="Download all rows as CSV")).to_be_visible()
    page.reload(wait_until="networkidle")
    expect(page.locator(".kb-count")).to_have_text("1 of 9 rows")

    page.get_by_role("button", name="Clear filters").click()

    expect(page.locator(".kb-count")).to_have_text("9 rows")
    expect(page.get_by_label("Component", exact=True)).to_be_focused()
    assert page.url.endswith("/matrix/")
    expect(page.get_by_role("link", name="Download as CSV")).to_be_visible()
    page.get_by_label("Component", exact=True).fill("mgmt svc")
    expect(page.locator(".kb-count")).to_have_text("1 of 9 rows")
    assert names(page) == ["SQL Safe Management Service"]
    page.get_by_label("Component", exact=True).fill("zzzz")
    expect(page.get_by_text("No row matches the filters.")).to_be_visible()
    assert matrix.complaints == []


def test_resource_and_place_narrow_what_is_asked(matrix: Visit) -> None:
    """A broader resource finds what is said of its kinds; what is hidden stays hidden."""
    page = matrix.page

    page.get_by_label("Resource").select_option("cluster-resource")
    generic = page.locator(ASKED).count()
    page.get_by_label("Resource").select_option("generic-script")

    assert 0 < page.locator(ASKED).count() < generic
    assert names(page) == ["SQL Safe Filter Service"]


def test_what_topologies_share_goes_and_comes_with_its_row(browser: Browser, k0: str) -> None:
    """A filter leaves one of a row's two lines with its name; sorting keeps them together."""
    with closing(browser.new_context(viewport={"width": 1440, "height": 900})) as context:
        page = Visit(context.new_page(), k0).open("matrix/?find=playout")
        row = page.locator(ROWS)
        assert row.locator("tr").count() == 2
        expect(row.locator("th")).to_have_attribute("rowspan", "2")

        page.get_by_role("checkbox", name="Should recommended").check()

        assert page.locator(ASKED).all_inner_texts() == [
            "Should:\nYou should put the cache of the service on a striped pool."
        ]
        assert names(page) == ["Playout Service"]
        page.goto(f"{k0}matrix/?find=service&sort=-0")
        assert names(page)[:2] == ["Playout Service", "Ingest Service"]
        expect(page.locator(ROWS, has_text="Playout").locator("tr")).to_have_count(2)


def test_columns_are_sorted_by_name_and_by_duty(matrix: Visit) -> None:
    """A button in each column's head sorts up, down and back, and says so."""
    page = matrix.page
    before = names(page)
    head = page.get_by_role("columnheader").first
    button = head.get_by_role("button")

    button.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    upwards = names(page)
    button.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert names(page) == upwards[::-1]
    button.click()
    assert names(page) == before

    page.get_by_role("button", name="Sort by").click()
    expect(page.locator(f"{ROWS} td").first).to_contain_text("Must")
    expect(page.locator(f"{ROWS} td").last).to_contain_text("Nothing is asked")


def test_on_paper_are_no_controls(matrix: Visit) -> None:
    """A printed matrix has the legend of its symbols, and neither fields nor arrows."""
    page = matrix.page
    page.emulate_media(media="print")

    expect(page.get_by_label("Component", exact=True)).to_be_hidden()
    expect(page.locator(".kb-csv")).to_be_hidden()
    expect(page.locator(".kb-levels input").first).to_be_hidden()
    expect(page.locator(".kb-levels .kb-meaning").first).to_be_visible()
    arrow = "one => getComputedStyle(one, '::after').content"
    assert page.locator(".kb-sort").first.evaluate(arrow) == "none"


def test_head_and_first_column_stay_in_sight(matrix: Visit) -> None:
    """At the end of a long table its head is still below the page's own."""
    page = matrix.page
    page.set_viewport_size({"width": 1440, "height": 400})

    page.locator("table.kb-matrix tbody").nth(-2).scroll_into_view_if_needed()

    expect(page.get_by_role("columnheader").first).to_be_in_viewport()


def test_without_scripts_the_table_and_the_file_remain(browser: Browser, site: str) -> None:
    """No dead control is shown; one line says why, the levels are the legend."""
    context = browser.new_context(java_script_enabled=False)
    page = Visit(context.new_page(), site).open("matrix/")

    expect(page.get_by_text("Filters and sorting need JavaScript")).to_be_visible()
    expect(page.get_by_label("Component", exact=True)).to_be_hidden()
    header = page.locator(".md-header")
    expect(header).to_have_css("background-color", "rgb(27, 58, 87)")  # no script chose a palette
    assert page.locator(ROWS).count() == 9
    href = page.get_by_role("link", name="Download as CSV").get_attribute("href") or ""
    reply = page.request.get(f"{site}matrix/{href}")
    assert reply.ok
    assert reply.text().count("\r\n") > 20
    context.close()


def test_what_is_typed_before_the_script_has_come_is_kept(browser: Browser, site: str) -> None:
    """A filter that is filled in at once, over a slow line, narrows the rows all the same."""
    held: list[Route] = []
    script = re.compile(r"/matrix\.[^/]*js")

    def hold(route: Route) -> None:
        held.append(route)

    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.route(script, hold)
        with page.expect_request(script):
            page.goto(f"{site}matrix/", wait_until="domcontentloaded")
        page.get_by_label("Component", exact=True).fill("filter")

        held[0].continue_()

        expect(page.locator(".kb-count")).to_have_text("1 of 9 rows")
