"""Questions that a statement answers in other words: opposites, means, verbs nobody listed."""

from functools import cache

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder
from tests.kb.ask.conftest import K0

BASES = K0.parents[1]


@cache
def _engine(name: str) -> Engine:
    catalog = compile_folder(BASES / name / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    ("base", "question", "verdict", "statement"),
    [
        (
            "patroni",
            "Can several PgBouncer processes listen on one port?",
            "yes",
            "pgbouncer/more-processes",
        ),
        (
            "patroni",
            "I restarted postgres with systemctl. Was that wrong?",
            "yes",
            "postgresql/left-to-patroni",
        ),
        (
            "veeam",
            "May the installer service be stopped after setup?",
            "yes",
            "installer-service/keep-running",
        ),
        (
            "saphana",
            "Should the topology agent be started after the SAPHana RA?",
            "no",
            "topology-agent/start-first",
        ),
        ("gitlab", "May Praefect and Gitaly share a machine?", "no", "praefect/no-colocation"),
        (
            "harbour",
            "Two recorders in the chain, is three a violation?",
            "yes",
            "motion-recorder/two",
        ),
    ],
)
def test_a_statement_answers_what_is_asked_in_other_words(
    base: str, question: str, verdict: str, statement: str
) -> None:
    """A verb, a means, an opposite, an order and a place need not be said as the page says it."""
    answer = _engine(base).ask(question)

    assert (answer.verdict, [one.ref for one in answer.requirements]) == (verdict, [statement])


@pytest.mark.parametrize(
    ("base", "question"),
    [
        ("patroni", "May etcd be installed with ansible on each node?"),
        ("gitlab", "Can Gitaly be deployed with Nomad?"),
        ("redis", "Is it forbidden to put the master behind NAT in cluster mode?"),
    ],
)
def test_what_no_statement_says_is_not_answered(base: str, question: str) -> None:
    """A means that a page does not speak of is not allowed by it, nor is another thing judged."""
    answer = _engine(base).ask(question)

    assert answer.status == "not_covered"
