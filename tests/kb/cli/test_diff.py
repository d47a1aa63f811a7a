"""`kb diff` compares topologies as the service does, and states of the pages."""

from __future__ import annotations

import json

import pytest

from tests.kb.cli.test_command_line import K0, kb

WAY = ("--from", "paired-halls", "--to", "stretched-ring", "--docs-dir", K0)


def test_topologies_are_compared_for_a_component() -> None:
    """What is asked otherwise is told with what was asked before."""
    code, said, _ = kb("diff", "lock keeper", *WAY)

    assert code == 0
    assert said == (
        "Lock Keeper: from paired halls to stretched ring\n"
        "1 to add, 1 to change.\n"
        "\n"
        "Add (asked or possible from now on)\n"
        "  - Run three lock keepers or more in the ring.\n"
        "\n"
        "Change (asked otherwise)\n"
        "  - You need not run a lock keeper on each node.\n"
        "    Before: Run a lock keeper on each node.\n"
    )


@pytest.mark.parametrize("names", [(), ("all",)])
def test_topologies_are_compared_for_all(names: tuple[str, ...]) -> None:
    """Without components the whole product is compared, and what stays the same is told once."""
    code, said, _ = kb("diff", *names, *WAY, "--format", "md")

    assert code == 0
    assert said.startswith("# Kelpvault: from paired halls to stretched ring\n\n5 to add, ")
    assert said.count("The same in both: ") == 1
    assert "\n## The whole cluster\n" in said


def test_json_is_that_of_the_service() -> None:
    """JSON has the wire's shape, with addresses."""
    made = json.loads(kb("diff", "lock keeper", *WAY, "--json")[1])

    assert made["differences"][0]["after"]["url"].startswith("/components/lock-keeper/#")


@pytest.mark.parametrize(("name", "ended"), [("arbiter", 1), ("transcoder", 0), ("zzzz", 2)])
def test_the_exit_code_says_whether_something_differs(name: str, ended: int) -> None:
    """With --exit-code 1 means a difference and nothing else; without it that is no failure."""
    assert kb("diff", name, *WAY, "--exit-code")[0] == ended
    assert kb("diff", name, *WAY)[0] == (2 if ended == 2 else 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "paired-halls", "--to", "Paired Halls"), "are the same topology: paired halls"),
        (("--from", "paired-halls", "--to", "zzzz"), "no topology is called 'zzzz'"),
        (("--from", "paired-halls"), "--from and --to go together"),
    ],
)
def test_what_cannot_be_compared_is_told(arguments: tuple[str, ...], said: str) -> None:
    """The same topology twice, an unknown one and a missing side end with 2 and the reason."""
    code, _, complaint = kb("diff", "arbiter", *arguments, "--docs-dir", K0)

    assert code == 2
    assert said in complaint
