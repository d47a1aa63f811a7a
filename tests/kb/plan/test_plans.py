"""A plan tells what to do, in an order that can be followed, and what need not be done."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from kb.catalog import Catalog
from kb.errors import PlanError, UnknownNameError
from kb.plan import Plan, as_markdown, master_plan, plan_of, select
from kb.plan.plan import Step
from tests.kb.plan.conftest import BASES, Planner, catalog_of, master_of, planned
from tests.kb.site.built import catalog_of as catalog_from

GOLDEN = Path(__file__).parent / "golden"
HA = "fault-tolerance"


def steps(plan: Plan) -> list[Step]:
    return [step for section in plan.sections for step in section.steps]


def ids(plan: Plan) -> list[str]:
    return [one.id for one in steps(plan)]


def step(plan: Plan, name: str) -> Step:
    return next(one for one in steps(plan) if one.id == name)


@pytest.mark.parametrize("base", BASES)
def test_no_step_stands_before_one_that_it_comes_after(base: str) -> None:
    """In every knowledge base, the order of the master plan keeps what pages say of the order."""
    catalog = catalog_of(base)

    for product in catalog.products:
        items = master_of(base, product).items
        places = {one.id: at for at, one in enumerate(items)}
        for one in items:
            if one.level in ("must", "should"):
                assert all(places[first] < places[one.id] for first in one.after), one.id


@pytest.mark.parametrize("base", BASES)
def test_everything_that_is_asked_is_in_the_plan(base: str) -> None:
    """A plan with nothing decided has each requirement of the product, once."""
    catalog = catalog_of(base)

    for product in catalog.products.values():
        stated = {
            one.ref
            for one in catalog.requirements()
            if catalog.product_of(one).id == product.id and one.level != "may"
        }
        plan = planned(base, product=product.id)
        told = [one.id for one in steps(plan) if not one.id.startswith("check:")]
        told += [remark.id for one in steps(plan) for remark in one.remarks]
        told += [one.id for one in (*plan.rules, *plan.others)]

        assert stated <= set(told)
        assert len(told) == len(set(told))


@pytest.mark.parametrize("base", BASES)
def test_a_master_plan_is_always_the_same(base: str) -> None:
    """The order does not differ between two compilations."""
    catalog = catalog_of(base)

    for product in catalog.products.values():
        assert master_plan(catalog, product) == master_of(base, product.id)


def test_what_others_use_is_done_before(reference: Planner) -> None:
    """The steps of a component come after those of the one that it uses."""
    order = ids(reference(need=[HA]))

    first = order.index("repository-database/clustered-sql-server")
    assert first < order.index("management-service/generic-service-resource")


def test_components_that_share_a_requirement_share_its_step(reference: Planner) -> None:
    """What three services are asked in the same way is one step for the three."""
    one = step(reference(need=[HA]), "management-service/generic-service-resource")

    assert [named.id for named in one.components] == [
        "collection-service",
        "management-service",
        "rest-service",
    ]
    assert one.whose.startswith("For each of: ")


def test_a_prohibition_stands_beside_its_step(reference: Planner) -> None:
    """What is not to be done is said where one might do it."""
    one = step(reference(need=[HA]), "filter-service/configure-with-command-line")

    assert [(remark.id, remark.level) for remark in one.remarks] == [
        ("filter-service/no-clustered-resource", "must-not"),
        ("filter-service/generic-script", "automatic"),
    ]


def test_a_prohibition_outlives_its_step(reference: Planner) -> None:
    """Where the step falls away the prohibition is told before all steps."""
    plan = reference(no=[HA])

    assert [one.id for one in plan.rules] == ["filter-service/no-clustered-resource"]
    assert as_markdown(plan).index("Keep to this") < as_markdown(plan).index("On each node")


def test_what_is_left_out_is_told_with_its_reason(reference: Planner) -> None:
    """A step whose condition is denied is named with the condition."""
    left = reference(no=["fault-tolerant-instant-restore"]).skipped

    assert [(one.id, one.why) for one in left] == [
        (
            "filter-service/configure-with-command-line",
            "Left out, because this is not the case: fault tolerance of Instant Restore.",
        )
    ]


def test_components_without_a_step_are_named(reference: Planner) -> None:
    """The reader sees that a component was thought of, and why nothing is to be done for it."""
    plan = reference(no=[HA])
    idle = {one.id: one.why for one in plan.nothing}

    assert idle["management-console"] == "Clustering asks nothing of it."
    left_out = {part.id for one in plan.skipped for part in one.components}
    assert "filter-service" in left_out
    assert not left_out & set(idle)


def test_an_open_condition_is_a_question_with_both_branches(k0: Planner) -> None:
    """What the reader has not decided is asked, with what follows from either answer."""
    asked = {one.id: one for one in k0(topology="cell-ring").questions}

    lookup = asked["continuous-lookup"]
    assert [one.id for one in lookup.yes] == ["catalogue/mirrored"]
    assert [one.id for one in lookup.no] == ["catalogue/striped-allowed"]


def test_steps_say_on_what_they_depend(reference: Planner) -> None:
    """A step under an open condition says so; once the condition is stated it says nothing."""
    name = "filter-service/configure-with-command-line"

    assert step(reference(), name).notes == ("Only if: fault tolerance of Instant Restore",)
    assert step(reference(need=[HA]), name).notes == ()


def test_what_an_answer_adds_is_counted_where_it_is_much() -> None:
    """An answer that adds twenty steps and five rules names some of them."""
    stated = "".join(
        f"  - {{id: a{one}, must: Do {one}., when: busy}}\n" for one in range(20)
    ) + "".join(f"  - {{id: b{one}, must-not: Omit {one}., when: busy}}\n" for one in range(5))
    catalog = catalog_from(
        {
            "c.md": f"---\ntype: component\ntitle: C\nrequirements:\n{stated}---\n",
            "busy.md": "---\ntype: condition\ntitle: busy\nsummary: It is busy.\n---\n",
        }
    )

    said = planned_from(catalog)

    assert "If yes: steps 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 8 more;" in said
    assert "“Do not omit 2”; 2 more." in said


def test_a_topology_that_is_open_is_asked_for(k0: Planner, reference: Planner) -> None:
    """Where topologies differ the choice comes first; where they do not, nothing is said of it."""
    assert len(k0().open_topologies) == 3
    assert "Only in: paired halls" in step(k0(), "kelpvault/two-nodes").notes
    assert reference().open_topologies == ()


def test_steps_of_each_node_are_written_out(reference: Planner) -> None:
    """With names of nodes there is a box for each node, with an id of its own."""
    one = step(reference(nodes=["NODE1", "NODE2"]), "backup-service/each-node")

    assert [tick.id for tick in one.ticks] == [
        "backup-service/each-node@NODE1",
        "backup-service/each-node@NODE2",
    ]


def test_members_of_something_else_are_no_nodes(k0: Planner) -> None:
    """What goes on each node with a tape drive is not written out for each node of the cluster."""
    plan = k0(need=["tape-library"], nodes=["a", "b", "c"], topology="cell-ring")

    assert [one.node for one in step(plan, "tape-mover/nodes-with-drives").ticks] == [""]


def test_the_number_of_nodes_decides_conditions(k0: Planner) -> None:
    """A condition on the number of nodes is settled by the nodes that are named."""
    states = {
        number: {
            one.id: one.state for one in k0(topology=place, nodes=list("abcd"[:number])).conditions
        }["three-or-more-nodes"]
        for number, place in ((2, "paired-halls"), (3, "cell-ring"))
    }

    assert states == {2: "no", 3: "yes"}


def test_what_comes_first_is_told_where_it_is_not_in_the_plan(k0: Planner) -> None:
    """A plan for one component names the steps of others that have to be done before."""
    plan = k0(components=["ingest-service"], need=["continuous-streams"])

    assert step(plan, "ingest-service/roaming-address").notes == (
        "After step 4.",
        "Done before, for Write Journal: Put the journal on a journal volume.",
    )


def test_a_procedure_is_told_once(k0: Planner) -> None:
    """The second step of a procedure refers to the first."""
    plan = k0(topology="stretched-ring")

    assert step(plan, "arbiter/outside").how.steps
    again = step(plan, "arbiter/tie-breaker-stretched").how
    assert (again.text, again.steps) == ("How: as in step 3, with the same procedure.", ())


def test_an_option_does_not_borrow_the_procedure_of_the_duties() -> None:
    """How the duties of a component are done says nothing of its options."""
    plan = planned("veeam", need=["changed-block-tracking"])
    options = {one.id: one for each in steps(plan) for one in each.remarks}

    assert step(plan, "backup-agent/each-node").how.text
    assert options["backup-agent/by-hand"].how.text == ""


def test_a_remark_does_not_repeat_when_its_step_holds(k0: Planner) -> None:
    """What the step says of its circumstances is not said again of what stands beside it."""
    plan = k0(topology="cell-ring")

    lease = step(plan, "tape-mover/lease-mode")
    assert "Only if: tape library" in lease.notes
    assert {one.id: one.notes for one in lease.remarks}["tape-mover/lease"] == ()


def test_an_option_that_is_a_duty_here_is_not_offered(k0: Planner) -> None:
    """What may be done elsewhere and must be done here is told once, as a duty."""
    assert "arbiter/tie-breaker-ring" not in as_markdown(k0(topology="stretched-ring"))
    assert "arbiter/tie-breaker-ring" in as_markdown(k0(topology="cell-ring"))


def test_a_version_leaves_out_what_it_does_not_have(k0: Planner) -> None:
    """Requirements of other versions are not in the plan."""
    old, new = (k0(version=one) for one in ("4.0", "5.1"))

    assert "transcoder/two-per-node" in ids(old)
    assert "transcoder/two-per-node" not in ids(new)
    assert [one.id for one in planned("k0", product="kelpline", version="1.0").nothing] == [
        "uplink-agent"
    ]


def test_what_is_forbidden_in_any_case_says_so(reference: Planner) -> None:
    """Beside a step that may fall away, a prohibition that stays is not taken for a part of it."""
    open_, decided = reference(), reference(need=[HA])
    name = "filter-service/configure-with-command-line"
    never = [step(plan, name).remarks[0] for plan in (open_, decided)]

    assert [one.id for one in never] == ["filter-service/no-clustered-resource"] * 2
    assert [one.notes for one in never] == [("in any case",), ()]


def test_what_a_check_depends_on_is_what_its_steps_depend_on(reference: Planner) -> None:
    """While a condition is open, whoever denies it is not sent to look for what it asks for."""
    checked = {one.id: one.notes for one in steps(reference()) if one.id.startswith("check:")}

    assert checked["check:generic-script"] == (
        "Only if: fault tolerance of Instant Restore",
        "It shows what came of step 4.",
    )
    assert len(step(reference(need=[HA]), "check:generic-script").notes) == 1


def test_general_checks_are_done_once(reference: Planner) -> None:
    """Each thing of the platform is looked at once, with the steps that it proves."""
    plan = reference(need=[HA])

    checked = [one for one in steps(plan) if one.id.startswith("check:")]
    assert [one.id for one in checked] == ["check:generic-service", "check:generic-script"]
    number = step(plan, "filter-service/configure-with-command-line").number
    assert checked[1].notes == (f"It shows what came of step {number}.",)


def test_steps_are_numbered_without_a_gap(k0: Planner) -> None:
    """Numbers count what is in the plan."""
    found = [one.number for one in steps(k0(topology="cell-ring"))]

    assert found == list(range(1, len(found) + 1))


@pytest.mark.parametrize(
    ("chosen", "problem", "said"),
    [
        ({}, "missing-product", "Name the product."),
        (
            {"product": "kelpline", "topology": "cell-ring"},
            "wrong-topology",
            "Kelpline has no topology called cell ring.",
        ),
        (
            {"components": ["arbiter", "uplink-agent"]},
            "several-products",
            "A plan is of one product, and Kelpline Uplink Agent is not of Kelpvault.",
        ),
        (
            {"product": "kelpvault", "version": "9"},
            "unknown-version",
            "The pages of Kelpvault do not know this version.",
        ),
        (
            {"product": "kelpvault", "need": ["tape library"], "no": ["tape-library"]},
            "contradictory-conditions",
            "tape library is said to be the case and not to be the case.",
        ),
        (
            {"product": "kelpvault", "need": ["tape library", "disk-only"]},
            "contradictory-conditions",
            "disk-only archive and tape library cannot both be the case.",
        ),
        (
            {
                "product": "kelpvault",
                "need": ["continuous-streams"],
                "no": ["continuous service"],
            },
            "contradictory-conditions",
            "continuous streams cannot be the case where continuous service is not.",
        ),
        (
            {"product": "kelpvault", "nodes": ["a", "b"], "need": ["three-or-more-nodes"]},
            "contradictory-conditions",
            "With 2 nodes, three or more nodes is not the case.",
        ),
        (
            {"product": "kelpvault", "topology": "paired-halls", "nodes": ["a", "b", "c"]},
            "wrong-number-of-nodes",
            "Build the cluster from exactly two nodes. The nodes that are named: 3.",
        ),
        (
            {"product": "kelpvault", "nodes": ["a", "A"]},
            "same-node",
            "The node A is named twice.",
        ),
        (
            {"product": "kelpvault", "nodes": [f"n{one}" for one in range(65)]},
            "too-many-nodes",
            "At most 64 nodes are written out.",
        ),
        (
            {"product": "kelpvault", "nodes": ["n" * 64]},
            "long-node-name",
            "A node's name has at most 63 letters.",
        ),
    ],
)
def test_what_cannot_be_planned_is_refused(
    chosen: dict[str, object], problem: str, said: str
) -> None:
    """Impossible and contradictory choices have a problem of their own that says which."""
    with pytest.raises(PlanError) as caught:
        planned("k0", **chosen)

    assert (caught.value.problem, str(caught.value)) == (problem, said)


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    """A misspelt component is no reason for a plan without it."""
    with pytest.raises(UnknownNameError) as caught:
        planned("k0", components=["arbitre"])

    assert caught.value.suggestions == ("arbiter",)


def test_all_stands_for_every_component(k0: Planner) -> None:
    """`all` is the plan of the whole product."""
    assert k0(components=["all"]) == k0()


def test_a_shared_procedure_loop_cannot_hang_the_order() -> None:
    """An order that runs in a circle through what happens by itself still ends."""
    page = (
        "---\ntype: component\ntitle: C\nrequirements:\n"
        "  - {id: a, must: Do a., after: c}\n"
        "  - {id: b, must: Do b., after: a}\n"
        "  - {id: c, automatic: C happens., by: b}\n---\n"
    )
    catalog = catalog_from({"c.md": page})

    items = master_plan(catalog, catalog.products["p"]).items

    assert [one.id for one in items] == ["c/a", "c/b", "c/c"]


def test_the_whole_plan_as_markdown() -> None:
    """A plan reads as it did; `UPDATE_GOLDEN=1` writes it anew, to be read in the diff."""
    plan = planned(
        "k0",
        topology="stretched-ring",
        need=["tape-library"],
        no=["encrypted-vault"],
        nodes=["HALL1", "HALL2", "HALL3"],
    )
    golden = GOLDEN / "stretched-ring.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(as_markdown(plan), encoding="utf-8")

    assert as_markdown(plan) == golden.read_text("utf-8")


def test_texts_in_markdown_are_no_markup() -> None:
    """What writers write cannot become a link, a tag or emphasis in a ticket."""
    page = (
        "---\ntype: component\ntitle: 'C [x](javascript:1)'\nrequirements:\n"
        "  - {id: a, must: 'Do <b>*all*</b> with `x_y`.'}\n---\n"
    )
    catalog = catalog_from({"c.md": page})
    from_page = planned_from(catalog)

    assert "Do \\<b\\>\\*all\\*\\</b\\> with `x_y`." in from_page
    assert "C \\[x\\](javascript:1)" in from_page


def planned_from(catalog: Catalog) -> str:
    chosen = select(catalog)
    return as_markdown(plan_of(master_plan(catalog, catalog.products[chosen.product]), chosen))


def test_a_plan_is_plain_values(k0: Planner) -> None:
    """A plan has nothing in it that JSON cannot hold."""
    assert json.loads(json.dumps(asdict(k0())))["product"]["id"] == "kelpvault"
