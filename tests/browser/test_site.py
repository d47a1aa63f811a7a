"""The site in a browser, as a reader meets it: both schemes, wide and narrow, search, copying."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from kb.compiler import compile_folder
from tests.browser.conftest import Visit
from tests.kb.site.built import ROOT

pytestmark = pytest.mark.browser

COMPONENT = "components/management-service/"
PAGES = ("", COMPONENT, "components/", "matrix/")
WIDTHS = (360, 768, 1440)

Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Opens the browser with a width and a colour scheme."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1440, scheme: str = "light", *, scripts: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        return Visit(context.new_page(), site)

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_and_ask_nobody_else(
    visit: Open, screenshots: Path, scheme: str, width: int
) -> None:
    """No page scrolls sideways, complains in the console or asks another host for anything."""
    one = visit(width, scheme)

    for path in PAGES:
        page = one.open(path)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        name = path.strip("/").replace("/", "-") or "home"
        page.screenshot(path=screenshots / f"{name}-{scheme}-{width}.png", full_page=True)
        assert overflow <= 0, path

    assert one.complaints == []
    assert one.foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_of_badges_can_be_read(visit: Open, scheme: str) -> None:
    """Badges, sentences and links stand out from their background as WCAG AA asks, 4.5 to 1."""
    page = visit(scheme=scheme).open("matrix/")

    ratios = page.evaluate(_CONTRAST)

    assert ratios
    assert min(ratios.values()) >= 4.5, ratios


def test_the_scheme_follows_the_system(visit: Open) -> None:
    """A reader who prefers dark pages gets them without asking."""
    schemes = [
        visit(scheme=wish).open("").locator("body").get_attribute("data-md-color-scheme")
        for wish in ("light", "dark")
    ]

    assert schemes == ["default", "slate"]


def test_a_component_says_what_to_do_without_scrolling(visit: Open) -> None:
    """On a laptop the first duty stands on the first screen, with its condition."""
    page = visit().open(COMPONENT)

    sentence = page.get_by_text("Configure the service as a Generic Service resource").first
    expect(sentence).to_be_in_viewport()
    expect(page.get_by_text("The same in both topologies")).to_be_in_viewport()
    expect(page.locator("#generic-service-resource").get_by_text("Only if")).to_be_in_viewport()


def test_a_link_to_a_requirement_opens_at_it(visit: Open) -> None:
    """The address of a requirement shows it, marked."""
    page = visit().open(f"{COMPONENT}#not-on-each-server")

    item = page.locator("#not-on-each-server")
    expect(item).to_be_in_viewport()
    assert item.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_search_finds_a_component_by_each_of_its_names(visit: Open) -> None:
    """Title and aliases lead to the component first, whatever other pages say in their titles."""
    catalog = compile_folder(ROOT / "docs").catalog
    assert catalog is not None
    one = visit()
    page = one.open("")

    box = page.get_by_role("textbox", name="Search")
    box.focus()
    page.get_by_text("Type to start searching").wait_for()
    for component in catalog.published():
        for name in component.names:
            box.fill("")
            box.dispatch_event("keyup")
            expect(page.locator(".md-search-result__item")).to_have_count(0)
            box.fill(name)
            box.dispatch_event("keyup")
            first = page.locator(".md-search-result__link").first
            address = re.compile(rf"components/{component.id}/(\?.*)?$")
            expect(first, name).to_have_attribute("href", address)

    assert one.complaints == []


def test_the_title_of_a_procedure_can_be_copied(visit: Open) -> None:
    """The exact title, to be looked for elsewhere, is one click away."""
    page = visit().open("components/filter-service/")

    page.locator(".kb-copy button").last.click()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == "Installing backup/restore components in a clustered environment"


def test_each_copy_button_copies_its_own_text(visit: Open) -> None:
    """Of two texts in one requirement the second is copied by the second button."""
    page = visit().open(COMPONENT)

    page.locator("#generic-service-resource .kb-copy button").last.click()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == "Get-ClusterResource"


def test_all_that_is_asked_can_be_read_without_scripts(visit: Open) -> None:
    """With JavaScript off the facts are there all the same."""
    page = visit(scripts=False).open(COMPONENT)

    expect(page.locator("#once .kb-sentence")).to_have_text(
        "Deploy the service once for the whole deployment."
    )


def test_the_matrix_leads_to_the_requirement(visit: Open) -> None:
    """Each sentence of the table is a link to the place where all of it is said."""
    page = visit().open("matrix/")

    page.get_by_role("link", name="Do not configure the Filter Service").click()

    expect(page.locator("#no-clustered-resource")).to_be_in_viewport()


# Colour against the nearest painted background, as WCAG 2 computes it.
_CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const over = (top, below) => {
    const alpha = top[3] ?? 1;
    return [0, 1, 2].map((at) => top[at] * alpha + below[at] * (1 - alpha));
  };
  const background = (node) => {
    const layers = [];
    for (let one = node; one; one = one.parentElement) {
      layers.push(parts(getComputedStyle(one).backgroundColor));
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => {
      const part = one / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = {};
  for (const node of document.querySelectorAll(
    ".kb-badge, .kb-to, .kb-aside, .kb-quiet, .kb-table a, .kb-lead, .kb-table th"
  )) {
    const below = background(node);
    const [one, two] = [over(parts(getComputedStyle(node).color), below), below].map(light);
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const name = `${node.className || node.tagName}`;
    found[name] = Math.min(found[name] ?? 99, Math.round(ratio * 100) / 100);
  }
  return found;
}"""


@pytest.mark.parametrize(("width", "path"), [(360, COMPONENT), (1440, "")])
def test_a_title_takes_only_the_lines_of_its_words(
    browser: Browser, site: str, width: int, path: str
) -> None:
    """Nothing but words makes a title higher, even one that fills its last line."""
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = Visit(context.new_page(), site).open(path)
    title = page.locator("h1")

    extra = title.evaluate(
        """(title) => {
          const words = document.createRange();
          words.selectNodeContents(title.firstChild);
          return title.getBoundingClientRect().bottom - words.getBoundingClientRect().bottom;
        }"""
    )

    assert extra < 15
    context.close()


def test_a_tile_is_followed_wherever_it_is_pressed(visit: Open) -> None:
    """The ways on of the start page are links as large as they look."""
    page = visit(360).open("")
    tile = page.locator("h1 + p + ul > li").first
    box = tile.bounding_box()
    assert box is not None

    page.mouse.click(box["x"] + box["width"] - 5, box["y"] + box["height"] - 5)

    page.wait_for_url("**/planner/")


def test_a_list_that_would_only_name_the_page_itself_is_not_there(visit: Open) -> None:
    """A page without others beside it has no list of pages; one of several has."""
    one = visit(1440)
    pages = one.open("matrix/").locator(".md-sidebar--primary")
    expect(pages).to_be_hidden()

    one.open(COMPONENT)

    expect(pages).to_be_visible()


def test_a_short_page_is_one_sheet_of_paper(visit: Open) -> None:
    """No empty sheet comes after it."""
    page = visit().open("topologies/active-active/")

    printed = page.pdf(format="A4")

    assert b"/Count 1\n" in printed
