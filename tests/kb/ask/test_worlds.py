"""Worlds: what a question leaves open, and what decides."""

from kb.ask import worlds
from kb.ask.worlds import Circumstances, World
from kb.catalog import Catalog


def test_stating_a_broad_condition_states_its_narrower_ones(catalog: Catalog) -> None:
    """Who needs continuous service needs continuous streams."""
    assert worlds.state(catalog, {"continuous-service": True}, "continuous-streams") is True
    assert worlds.state(catalog, {"continuous-service": False}, "continuous-streams") is False


def test_stating_a_narrow_condition_leaves_its_siblings_open(catalog: Catalog) -> None:
    """Continuous streams state continuous service, not continuous lookup."""
    said = {"continuous-streams": True}

    assert worlds.state(catalog, said, "continuous-service") is True
    assert worlds.state(catalog, said, "continuous-lookup") is None


def test_denying_a_narrow_condition_leaves_the_broader_one_open(catalog: Catalog) -> None:
    """Streams may break, and yet something else may have to go on."""
    assert worlds.state(catalog, {"continuous-streams": False}, "continuous-service") is None


def test_a_requirement_of_a_topology_holds_in_its_narrower_ones(catalog: Catalog) -> None:
    """What a cell ring asks, a stretched ring asks."""
    keepers = catalog.requirement("lock-keeper/three-keepers")
    assert keepers is not None

    assert worlds.applies(keepers, World("stretched-ring", None, frozenset()))
    assert not worlds.applies(keepers, World("paired-halls", None, frozenset()))


def test_conditions_that_exclude_each_other_hold_in_no_world_together(catalog: Catalog) -> None:
    """There is no world with a tape library in a disk-only archive."""
    mover = catalog.components["tape-mover"]
    both = {"tape-library", "disk-only"}

    found = worlds.possible(catalog, mover, mover.requirements, Circumstances(conditions={}))

    assert found
    assert not any(both <= world.holding for world in found)


def test_versions_without_the_component_are_no_worlds(catalog: Catalog) -> None:
    """The agent came with version 2.0, so nothing is decided for 1.0."""
    agent = catalog.components["uplink-agent"]

    found = worlds.possible(catalog, agent, agent.requirements, Circumstances(conditions={}))

    assert "1.0" not in {world.version for world in found}


def test_the_smallest_set_that_decides_is_named() -> None:
    """A dimension that changes nothing is not among what decides."""
    found = [
        World(topology, None, holding)
        for topology in ("a", "b")
        for holding in (frozenset(), frozenset({"c"}))
    ]

    assert worlds.deciding(found, {one: "c" in one.holding for one in found}) == ("c",)
    assert worlds.deciding(found, dict.fromkeys(found, True)) == ()
