"""The planner in a browser: choose, tick, reload, share; and the same plans as the core makes."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kb.errors import PlanError
from kb.plan import MasterPlan, Selection, as_markdown, plan_of
from kb.site import planner
from tests.browser.conftest import Visit
from tests.kb.plan.conftest import BASES, catalog_of, master_of
from tests.kb.site.built import addresses_of

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
STATED = "planner/?topology=active-active&need=fault-tolerance&nodes=NODE1,NODE2"


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


def selections(master: MasterPlan, seed: int) -> Iterator[Selection]:
    """Yield selections of all kinds, impossible ones too; always the same."""
    chance = random.Random(f"{master.product} {seed}")
    topologies = [None, *(one.id for one in master.topologies)]
    conditions = [one.id for one in master.conditions]
    components = [one.id for one in master.components]
    for at in range(24):
        answers = {one: chance.choice(["need", "no", "", ""]) for one in conditions}
        some = chance.sample(components, chance.randint(1, len(components)))
        yield Selection(
            product=master.product,
            topology=topologies[at % len(topologies)],
            version=chance.choice([None, None, *master.versions]),
            components=tuple(some) if at % 3 == 0 else (),
            need=tuple(one for one, said in answers.items() if said == "need"),
            no=tuple(one for one, said in answers.items() if said == "no"),
            nodes=tuple(f"N{one}" for one in range(chance.choice([0, 0, 2, 3, 5]))),
        )


def told(master: MasterPlan, chosen: Selection) -> tuple[Any, str]:
    """Return a plan as plain values and in Markdown, or the problem that it has."""
    try:
        plan = plan_of(master, chosen)
    except PlanError as error:
        return None, str(error)
    return json.loads(json.dumps(asdict(plan))), as_markdown(plan)


_PLAN_ALL = """async ({ texts, wanted }) => {
  const { planOf } = await import("/assets/kb/plan.js");
  const { asMarkdown } = await import("/assets/kb/plan-markdown.js");
  const { PlanProblem } = await import("/assets/kb/plan-states.js");
  return wanted.map(([product, chosen]) => {
    const master = texts.plans.find((one) => one.product === product);
    try {
      const plan = planOf(master, chosen, texts);
      return [plan, asMarkdown(plan, texts.words)];
    } catch (error) {
      if (error instanceof PlanProblem) return [null, error.message];
      throw error;
    }
  });
}"""


def test_the_browser_makes_the_same_plans(visit: Open) -> None:
    """For every knowledge base and choices of all kinds, both make one plan, word for word."""
    page = visit().open("planner/")
    plans = problems = 0

    for base in BASES:
        catalog = catalog_of(base)
        masters = [master_of(base, one) for one in catalog.products]
        listed = [(one, chosen) for one in masters for chosen in selections(one, 1)]
        wanted = [
            [
                chosen.product,
                asdict(chosen)
                | {"topology": chosen.topology or "", "version": chosen.version or ""},
            ]
            for _, chosen in listed
        ]
        texts = json.loads(planner.data(masters))
        texts["plans"] = [
            json.loads(planner.master_data(one, addresses_of(catalog))) for one in masters
        ]

        made = page.evaluate(_PLAN_ALL, {"texts": texts, "wanted": wanted})

        for (master, chosen), (plan, text) in zip(listed, made, strict=True):
            expected, said = told(master, chosen)
            assert text == said, (base, chosen)
            assert plan == expected, (base, chosen)
            plans += plan is not None
            problems += plan is None
    assert min(plans, problems) > 40


def test_choosing_gives_the_checklist_at_once(visit: Open) -> None:
    """A choice changes the plan without a reload, says how many steps there are, and is shared."""
    one = visit()
    page = one.open("planner/")
    expect(page.get_by_role("status")).to_have_text("0 of 8 steps done (0 of 14 boxes)")

    page.get_by_role("radio", name="active-active").check()
    group = page.get_by_role("group", name="Fault tolerance", exact=True)
    group.get_by_role("radio", name="No", exact=True).check()
    page.get_by_label("Nodes").fill("NODE1, NODE2")

    expect(page.get_by_role("status")).to_have_text("0 of 2 steps done (0 of 5 boxes)")
    expect(page.get_by_role("heading", name="Plan: SQL Safe Backup, active-active")).to_be_visible()
    expect(page.get_by_text("Keep to this throughout")).to_be_visible()
    assert page.url.endswith("?topology=active-active&no=fault-tolerance&nodes=NODE1,NODE2")
    assert one.complaints == []
    assert one.foreign == []


def test_a_link_opens_the_plan_that_was_shared(visit: Open, site: str) -> None:
    """The address has everything: what it opens is the plan of the core, in its Markdown."""
    page = visit().open(STATED)
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")

    chosen = Selection(
        product="sql-safe-backup",
        topology="active-active",
        need=("fault-tolerance",),
        nodes=("NODE1", "NODE2"),
    )
    plain = as_markdown(plan_of(master_of("reference", chosen.product), chosen))
    assert page.evaluate("navigator.clipboard.readText()") == f"{plain}\n<{site + STATED}>\n"

    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == site + STATED


def test_ticks_stay(visit: Open) -> None:
    """A tick is there after a reload and under another choice; clearing takes all away."""
    page = visit().open(STATED)
    once = page.locator(".kb-step").filter(has_text="Deploy the service once")
    page.get_by_role("checkbox", name="NODE1").check()
    for box in once.get_by_role("checkbox").all():
        box.check()

    page.reload(wait_until="networkidle")
    expect(page.get_by_role("status")).to_have_text("1 of 8 steps done (4 of 15 boxes)")
    expect(page.get_by_role("checkbox", name="NODE1")).to_be_checked()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert [text.count(one) for one in ("- [x]", "    - [x] NODE1\n", "    - [ ] NODE2\n")] == [
        2,
        1,
        1,
    ]
    page.get_by_label("Nodes").fill("")
    expect(page.get_by_role("status")).to_have_text("1 of 8 steps done (3 of 14 boxes)")

    page.get_by_role("button", name="Clear ticks").click()
    expect(page.get_by_role("status")).to_have_text("0 of 8 steps done (0 of 14 boxes)")


def test_naming_nodes_takes_no_tick_away(visit: Open) -> None:
    """A step that was ticked is so on each node that is named, until one of them is taken back."""
    page = visit().open("planner/")
    page.get_by_role("checkbox", name="Install the Backup Service").check()
    page.get_by_label("Nodes").fill("NODE1, NODE2")
    status = page.get_by_role("status")
    expect(status).to_have_text("1 of 8 steps done (2 of 15 boxes)")

    page.get_by_role("checkbox", name="NODE1").uncheck()
    expect(status).to_have_text("0 of 8 steps done (1 of 15 boxes)")
    expect(page.get_by_role("checkbox", name="NODE2")).to_be_checked()
    page.get_by_label("Nodes").fill("")
    expect(status).to_have_text("0 of 8 steps done (0 of 14 boxes)")


def test_a_step_that_serves_several_has_a_box_for_each(visit: Open) -> None:
    """It is done when each of them is; what is done for some is told where it is pasted."""
    page = visit().open("planner/")
    step = page.locator(".kb-step").filter(has_text="Deploy the service once")
    names = [f"SQL Safe {one} Service" for one in ("Collection", "Management", "Rest")]
    assert [one.strip() for one in step.locator(".kb-ticks li").all_inner_texts()] == names

    step.get_by_role("checkbox", name=names[1]).check()

    expect(step).not_to_have_class(re.compile("kb-done"))
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    lines = [f"    - [{'x' if one == names[1] else ' '}] {one}\n" for one in names]
    assert "".join(lines) in text
    for one in names:
        step.get_by_role("checkbox", name=one).check()
    expect(step).to_have_class(re.compile("kb-done"))
    expect(page.get_by_role("status")).to_have_text("1 of 8 steps done (3 of 14 boxes)")


def test_ticks_are_those_of_the_component_pages(visit: Open) -> None:
    """What is ticked on a component's page is ticked in the planner, and the other way round."""
    page = visit().open("components/management-service/")
    page.get_by_role("checkbox", name="Done: Deploy the service once").check()

    page = visit_again(page, "planner/")
    step = page.locator(".kb-step").filter(has_text="Deploy the service once")
    boxes = step.get_by_role("checkbox")
    assert [one.is_checked() for one in boxes.all()] == [False, True, False]
    boxes.nth(0).check()
    boxes.nth(1).uncheck()

    page = visit_again(page, "components/management-service/")
    expect(page.get_by_role("checkbox", name="Done: Deploy the service once")).not_to_be_checked()
    page = visit_again(page, "components/collection-service/")
    expect(page.get_by_role("checkbox", name="Done: Deploy the service once")).to_be_checked()


def test_what_is_ticked_on_a_node_is_said_on_the_component_page(visit: Open) -> None:
    """Done on one node is not done; clearing on the component's page takes it back everywhere."""
    page = visit().open("planner/?nodes=NODE1,NODE2")
    page.get_by_role("checkbox", name="NODE2").check()

    page = visit_again(page, "components/backup-service/")
    box = page.get_by_role("checkbox", name="Done: Install the Backup Service")
    expect(box).not_to_be_checked()
    assert box.evaluate("one => one.indeterminate")
    expect(page.get_by_text("Ticked in the planner on NODE2.")).to_be_visible()
    page.get_by_role("button", name="Clear ticks").click()
    expect(page.get_by_text("Ticked in the planner on NODE2.")).to_be_hidden()

    page = visit_again(page, "planner/?nodes=NODE1,NODE2")
    expect(page.get_by_role("checkbox", name="NODE2")).not_to_be_checked()


def visit_again(page: Page, path: str) -> Page:
    """Go to another page of the same site in the same browser."""
    page.goto(urljoin(page.url, f"/{path}"), wait_until="networkidle")
    return page


def test_everything_named_can_be_opened_or_copied(visit: Open) -> None:
    """Components are chosen above the fold; commands are copied; procedures and sources linked."""
    page = visit().open("planner/")
    expect(page.get_by_text("Components: all 8").first).to_be_in_viewport(ratio=1)

    check = page.locator(".kb-check").first
    check.get_by_role("button", name="Copy command").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == check.locator("code").first.text_content()
    expect(page.locator(".kb-how a[href]").first).to_be_visible()
    sources = page.locator(".kb-plan-rest").filter(has_text="Sources")
    expect(sources.get_by_role("link").first).to_have_attribute("href", re.compile("/sources/"))


def test_the_planner_is_worked_with_the_keyboard(visit: Open) -> None:
    """Topology, answers and ticks are reached and set without a mouse, and focus is kept."""
    page = visit().open("planner/")

    page.get_by_role("radio", name="Not decided").first.focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.value") == "active-active"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "kb-nodes"
    page.get_by_role("checkbox", name="Install the Backup Service").focus()
    page.keyboard.press("Space")

    expect(page.get_by_role("status")).to_have_text("1 of 8 steps done (1 of 14 boxes)")


def test_answers_follow_from_each_other(visit: Open) -> None:
    """A broad answer settles its narrower ones, and taking one back leaves the others."""
    page = visit().open("planner/?need=fault-tolerance")
    groups = {
        name: page.get_by_role("group", name=f"Fault tolerance{name}", exact=True)
        for name in ("", " of Instant Restore", " of the repository")
    }
    for group in groups.values():
        expect(group.get_by_role("radio", name="Yes")).to_be_checked()

    groups[" of the repository"].get_by_role("radio", name="No", exact=True).check()

    expect(groups[" of Instant Restore"].get_by_role("radio", name="Yes")).to_be_checked()
    expect(groups[""].get_by_role("radio", name="Yes")).not_to_be_checked()


def test_what_is_asked_is_answered_where_it_is_asked(visit: Open) -> None:
    """Each open question has its answers beside it, and the focus goes on to the next one."""
    page = visit().open("planner/?no=fault-tolerant-repository")
    asked = page.locator(".kb-plan-decide")

    group = asked.get_by_role("group", name="Fault tolerance of Instant Restore")
    group.get_by_role("button", name="Yes").click()
    expect(group).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == "Yes"
    page.keyboard.press("Enter")

    expect(asked).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == "Plan: SQL Safe Backup"
    expect(page.get_by_role("status")).to_have_text("0 of 7 steps done (0 of 13 boxes)")


def test_what_cannot_be_is_said_in_place_of_a_plan(visit: Open) -> None:
    """No component, no plan; the form stays."""
    page = visit().open("planner/")
    page.get_by_text("Components: all 8").first.click()
    page.get_by_role("button", name="None").click()

    expect(page.get_by_text("Choose at least one component.")).to_be_visible()
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("0 of 8 steps done (0 of 14 boxes)")


def test_a_plan_works_where_nothing_can_be_stored(visit: Open) -> None:
    """With storage forbidden the planner plans all the same."""
    one = visit()
    one.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    page = one.open("planner/")

    page.get_by_role("checkbox", name="Install the Backup Service").check()

    expect(page.get_by_role("status")).to_have_text("1 of 8 steps done (1 of 14 boxes)")


def test_without_scripts_there_are_full_plans(visit: Open) -> None:
    """One line says that choosing needs JavaScript; a sheet for each topology does without."""
    page = visit(scripts=False).open("planner/")
    expect(page.get_by_text("Choosing needs JavaScript")).to_be_visible()

    page.get_by_role("link", name="SQL Safe Backup, active-active").click()

    expect(
        page.get_by_text("Install the Backup Service on each node of the cluster.")
    ).to_be_visible()
    expect(page.get_by_role("checkbox").first).to_be_enabled()


def test_paper_has_the_checklist_alone(visit: Open) -> None:
    """In print there are steps and boxes, and nothing that is for the screen."""
    page = visit(scheme="dark").open(STATED)

    page.emulate_media(media="print")

    expect(page.get_by_text("Host the database on a clustered SQL Server.").first).to_be_visible()
    for name in (".kb-planner-side", ".kb-plan-tools", ".md-header", "#full-plans"):
        expect(page.locator(name)).to_be_hidden()
    colour = page.locator(".kb-step-text").first.evaluate("one => getComputedStyle(one).color")
    assert max(map(int, re.findall(r"\d+", colour)[:3])) < 90


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (768, "dark"), (1440, "dark")])
def test_the_planner_fits(visit: Open, screenshots: Path, width: int, scheme: str) -> None:
    """Nothing scrolls sideways, on the page and on a sheet."""
    one = visit(width, scheme)

    for name, path in (("planner", STATED), ("sheet", "plans/sql-safe-backup/active-active.html")):
        page = one.open(path)
        page.screenshot(path=screenshots / f"{name}-{scheme}-{width}.png", full_page=True)
        assert overflow(page) <= 0, path
    assert one.complaints == []


def test_what_is_not_decided_is_asked_once(visit: Open) -> None:
    """It is asked in the plan; once it is answered, it can be changed in the form, by keys too."""
    page = visit().open("planner/")
    first = page.locator(".kb-plan-decide li").first
    in_form = page.locator(".kb-narrower")
    expect(first).to_be_visible()
    assert in_form.count() > 1
    expect(in_form.locator("visible=true")).to_have_count(0)

    first.get_by_role("button", name="No", exact=True).click()

    shown = in_form.locator("visible=true")
    expect(shown).to_have_count(1)
    shown.locator("[value=no]").press("ArrowRight")
    expect(shown.locator("[value=open]")).to_be_focused()
    expect(page.locator(".kb-plan-decide li").first).to_be_visible()


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
