"""Questions in a browser: asked, answered, narrowed, shared; and where nobody answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.api.running import DOCS, serving, site_is_ready, until
from tests.browser.conftest import Visit, served

pytestmark = pytest.mark.browser

NEITHER_NOR = "Does the rest service need a cluster resource?"

Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """The address of a server with the site and what answers."""
    with serving(DOCS) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        yield f"{running.address}/"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens the browser on a site."""
    contexts: list[BrowserContext] = []

    def make(base: str, width: int = 1440, scheme: str = "light", *, scripts: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        return Visit(context.new_page(), base)

    yield make
    for context in contexts:
        context.close()


def ready(page: Page) -> Page:
    """Wait until the page that asks has set itself up."""
    expect(page.locator("textarea")).to_be_focused(timeout=20_000)
    return page


def type_question(page: Page, question: str) -> None:
    page.keyboard.press("?")
    page.keyboard.type(question)
    page.keyboard.press("Enter")


def test_a_question_is_asked_from_any_page_with_the_keyboard(visit: Open, service: str) -> None:
    """The key leads to the box, and the answer has verdict, sentence, reading and evidence."""
    one = visit(service)
    page = one.open("components/management-console/")

    type_question(page, "Can the fitler service be a Generic Service resource?")

    answer = page.locator(".kb-ask-answer")
    expect(answer.locator(".kb-outcome").first).to_have_text("No")
    expect(answer.locator(".kb-first")).to_contain_text("Do not configure the Filter Service")
    expect(answer.locator(".kb-understood")).to_contain_text("“fitler” read as “filter”")
    expect(answer.locator(".kb-sources")).to_contain_text("Clustering configuration considerations")
    expect(page.get_by_role("status")).to_contain_text("No. Do not configure")
    answer.locator(".kb-references a").click()
    expect(page.locator("#no-clustered-resource")).to_be_in_viewport()
    assert one.complaints == []
    assert one.foreign == []


def test_a_question_that_names_several_is_asked_back(visit: Open, service: str) -> None:
    """What could be meant are buttons, and each asks for its component."""
    page = visit(service).open("ask/?q=install+service")

    choices = page.get_by_role("group", name="Which one do you mean?").get_by_role("button")
    expect(choices).to_have_count(5)
    expect(page.get_by_role("heading", name="Answer", exact=True)).to_be_focused()
    expect(page.locator(".kb-understood")).to_have_count(0)
    choices.filter(has_text="Backup Service").click()

    expect(page.locator(".kb-understood")).to_contain_text("SQL Safe Backup Service")
    expect(page.locator(".kb-answer")).to_contain_text("Install the Backup Service on each node")
    expect(page.get_by_role("heading", name="Answer", exact=True)).to_be_focused()
    cited = page.locator(".kb-sources li").first
    expect(cited).to_have_text(
        re.compile(r'row "SQL Safe Backup Service" · SQL Safe Backup Service$')
    )
    page.go_back()
    expect(choices).to_have_count(5)


def test_an_answer_that_depends_is_narrowed_by_a_button(visit: Open, service: str) -> None:
    """Saying how it is with the condition turns the answer into a plain one."""
    page = visit(service).open(f"ask/?q={NEITHER_NOR}")
    outcome = page.locator(".kb-answer .kb-outcome").first
    expect(outcome).to_have_text("It depends")

    page.get_by_role("button", name="without", exact=True).click()

    expect(outcome).to_have_text("No")
    expect(page).to_have_url(re.compile("without"))


def test_a_printed_answer_has_its_question(visit: Open, service: str) -> None:
    """On paper the question stands above the answer; what asks another does not."""
    page = visit(service).open(f"ask/?q={NEITHER_NOR}")
    expect(page.locator(".kb-answer")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.locator("textarea")).to_have_value(NEITHER_NOR)
    expect(page.locator("textarea")).to_be_visible()
    for one in (".kb-ask-row", ".kb-by-holder"):
        expect(page.locator(one)).to_be_hidden()


def test_the_address_of_an_answer_opens_it_again(visit: Open, service: str) -> None:
    """Question and topology stand in the address; the theme does not take them for a search."""
    page = ready(visit(service).open("ask/"))
    page.locator("textarea").fill("what must I do for the backup service?")
    page.locator("select").select_option("active-passive")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".kb-understood")).to_contain_text("active-passive")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("The link to this question is copied.")).to_be_attached()
    link = page.evaluate("navigator.clipboard.readText()")

    other = visit(service)
    page = other.open(link.removeprefix(service))

    assert "ask/?q=" in link
    expect(page).to_have_url(link)
    expect(page.locator(".kb-understood")).to_contain_text("active-passive")
    expect(page.locator("textarea")).to_have_value("what must I do for the backup service?")
    expect(page.locator("[data-md-toggle=search]")).not_to_be_checked()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_what_is_not_documented_has_a_way_on(
    visit: Open, service: str, width: int, scheme: str
) -> None:
    """It says so, names what is nearest, and searches the pages; it fits and is well formed."""
    one = visit(service, width, scheme)
    page = one.open("ask/?q=which+port+does+the+management+service+listen+on")

    expect(page.locator(".kb-outcome").first).to_have_text("Not documented")
    expect(page.locator(".kb-answer a").first).to_have_text("SQL Safe Management Service")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="Search the pages").click()
    field = page.locator("[data-md-component=search-query]")
    expect(field).to_have_value("port management service listen")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert one.complaints == []


def test_the_nearest_questions_give_no_verdict_of_another_component(visit: Open, site: str) -> None:
    """Those of the component that is named have a verdict, said once; of others are only named."""
    page = visit(site).open("ask/?q=do+i+need+to+cluster+mgmt+service")
    items = page.locator(".kb-near li")
    expect(items.first).to_contain_text("SQL Safe Management Service: ")
    assert all("Management Service: " in one for one in items.all_text_contents())
    said = items.locator("p").all_text_contents()
    assert said
    assert not [one for one in said if re.match(r"\s*(Yes|No)\s+(Yes|No)\b", one)]

    page.locator("textarea").fill("need a cluster resource")
    page.keyboard.press("Enter")

    expect(page.locator(".kb-near li").nth(4)).to_be_visible()
    expect(page.locator(".kb-near .kb-outcome")).to_have_count(0)


def test_a_phone_has_a_button_that_leads_to_the_page(visit: Open, site: str) -> None:
    """Where there is no room for the box, a button opens the page with its field ready."""
    page = visit(site, 360).open("")
    expect(page.locator(".kb-ask-box")).to_be_hidden()

    page.get_by_role("link", name="Ask a question").click()

    expect(page.locator("textarea")).to_be_focused()


def test_without_a_service_common_questions_answer(visit: Open, site: str) -> None:
    """A folder of files says what it is, keeps the question and leads to the nearest answers."""
    one = visit(site)
    page = one.open("components/filter-service/")

    type_question(page, "May I make the Filter Service a Generic Service resource")

    expect(page.locator(".kb-note")).to_contain_text("No answering service here")
    expect(page.locator("textarea")).to_have_value(re.compile("^May I make"))
    first = page.locator(".kb-near li").first
    expect(first).to_contain_text("No")
    first.get_by_role("link").click()
    question = page.locator(".kb-question:has(:target)")
    expect(question).to_be_in_viewport()
    expect(question).to_contain_text("Can the Filter Service be a Generic Service resource?")
    expect(question).to_contain_text("What is asked instead")
    assert one.complaints == []
    assert one.foreign == []


@pytest.mark.parametrize(
    ("status", "headers", "problem", "said"),
    [
        (429, {"Retry-After": "7"}, None, "It can be asked again in 7 seconds."),
        (503, {}, "The pages are being read.", "The pages are being read."),
        (500, {}, "Something broke.", "Something broke."),
        (400, {}, "The question has more than 2000 characters.", "more than 2000 characters"),
        (0, {}, None, "could not be reached"),
    ],
)
def test_a_failure_is_told_and_the_question_kept(
    visit: Open, site: str, status: int, headers: dict[str, str], problem: str | None, said: str
) -> None:
    """Too many questions, a service that is not ready, broken, or away: in plain words."""
    page = ready(visit(site).open("ask/"))

    def answered(route: Route) -> None:
        if not status:
            route.abort()
            return
        body = json.dumps({"detail": problem}) if problem else ""
        kind = {"Content-Type": "application/problem+json" if problem else "text/html"}
        route.fulfill(status=status, headers=headers | kind, body=body)

    page.route(re.compile(r"/ask\?"), answered)
    page.locator("textarea").fill("a question")
    page.keyboard.press("Enter")

    expect(page.locator(".kb-note")).to_contain_text(said)
    expect(page.get_by_role("status")).to_contain_text(said)
    expect(page.locator("textarea")).to_have_value("a question")
    expect(page.get_by_role("button", name="Ask again")).to_have_count(0 if status == 400 else 1)


def test_nobody_waits_longer_than_15_seconds(visit: Open, site_folder: Path) -> None:
    """A service that takes the question and never answers is given up, and can be asked again."""
    with served(site_folder, silent="/ask?") as address:
        one = visit(address)
        one.page.clock.install()
        page = ready(one.open("ask/"))
        with page.expect_request(re.compile(r"/ask\?")):
            page.locator("textarea").fill("a question")
            page.keyboard.press("Enter")

        page.clock.fast_forward(14_000)
        expect(page.get_by_role("status")).to_have_text("Still waiting for an answer …")
        page.clock.fast_forward(1_500)

        expect(page.locator(".kb-note")).to_contain_text("No answer came within 15 seconds.")
        expect(page.locator("textarea")).to_have_value("a question")
        with page.expect_request(re.compile(r"/ask\?")):
            page.get_by_role("button", name="Ask again").click()
        one.page.close()


def test_text_of_an_answer_is_only_text(visit: Open, site: str) -> None:
    """Markup in what a service says does nothing."""
    hostile = "<img src=x onerror=window.run=1> `<b>`"
    answer = {
        "schema_version": 1,
        "status": "clarify",
        "verdict": None,
        "answer": hostile,
        "parts": [],
        "candidates": [{"type": "component", "id": "x", "title": hostile, "url": "/x/"}],
        "titles": {"x": hostile},
        "understood": {
            "components": ["x"],
            "resources": [],
            "topology": None,
            "conditions": [],
            "corrections": [{"wrote": hostile, "read": "x"}],
            "version": None,
            "nodes": None,
        },
        "components": ["x"],
        "requirements": [],
        "citations": [],
        "truncated": False,
        "content_version": "0" * 64,
        "answer_id": "0" * 32,
    }
    page = ready(visit(site).open("ask/"))
    page.route(re.compile(r"/ask\?"), lambda route: route.fulfill(json=answer))
    page.locator("textarea").fill("x")
    page.keyboard.press("Enter")

    expect(page.locator(".kb-first")).to_contain_text("<img src=x")
    assert page.locator(".kb-ask-answer img").count() == 0
    assert page.evaluate("window.run") is None


def test_without_scripts_the_page_says_so(visit: Open, site: str) -> None:
    """The box still leads to the page, which has the common questions as links."""
    page = visit(site, scripts=False).open("components/filter-service/")
    page.locator(".kb-ask-box input").fill("x")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ask/\?q=x$"))

    expect(page.locator("noscript p")).to_be_visible()
    page.get_by_role("link", name="Does the Backup Service need a cluster resource?").click()
    expect(page.locator(".kb-question:has(:target)")).to_contain_text("You need not configure")
