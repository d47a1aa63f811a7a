"""A trace shows what the engine did for an answer: what it read, weighed and decided by."""

import dataclasses
import json
from pathlib import Path

import pytest

from kb.ask.answer import Answer
from kb.ask.engine import Engine
from kb.ask.trace import Trace
from kb.cli.explanation import WIDTH, explanation_lines
from kb.compiler import compile_folder
from kb.evaluation import golden_questions, read_questions, read_suite

SETS = Path(__file__).parents[2] / "questions" / "sets.toml"


@pytest.fixture(scope="module")
def explained() -> list[tuple[Answer, Answer, Trace]]:
    """Return for each question of all sets its answer, the answer explained, and the trace."""
    found = []
    for one in read_suite(SETS).sets:
        catalog = compile_folder(one.docs).catalog
        assert catalog is not None
        engine = Engine(catalog)
        asked = read_questions(one.questions) if one.questions else golden_questions(catalog)
        found += [(engine.ask(each.text), *engine.explain(each.text)) for each in asked]
    return found


def trace_of(engine: Engine, question: str) -> Trace:
    """Return the trace of the answer to a question."""
    return engine.explain(question)[1]


def test_every_answer_can_be_explained_and_is_the_same(
    explained: list[tuple[Answer, Answer, Trace]],
) -> None:
    """Whatever is asked: the answer is that of `ask`, and its trace goes into JSON."""
    for plain, answer, trace in explained:
        assert plain == answer
        assert json.loads(json.dumps(dataclasses.asdict(trace)))["decided_by"]["does"]


def test_what_was_judged_is_what_is_answered(
    explained: list[tuple[Answer, Answer, Trace]],
) -> None:
    """Every requirement that decides in a world of a told verdict is one that the answer lists."""
    for _, answer, trace in explained:
        deciding = {
            ref
            for one in trace.judged
            if one.is_told
            for world in one.worlds
            for ref in world.decided_by
        }

        assert deciding <= {one.ref for one in answer.requirements}, answer.question


def test_the_text_of_every_trace_fits_a_terminal(
    explained: list[tuple[Answer, Answer, Trace]],
) -> None:
    """No line is wider than 80 columns, unless one word is."""
    wide = [
        line
        for *_, trace in explained
        for line in explanation_lines(trace)
        if len(line) > WIDTH and len(line.split()) > 1
    ]

    assert wide == []


def test_corrections_and_names_are_shown(engine: Engine) -> None:
    """A typing error shows what it was read as, a name whose it is and what else bears it."""
    read = trace_of(engine, "dose the catalog need a read copie?").reading

    assert [(one.wrote, one.read) for one in read.words] == [("dose", "does"), ("copie", "copies")]
    assert read.words[0].near == (("does", 1),)
    assert [(one.text, one.kind, one.ids) for one in read.names] == [
        ("catalog", "component", ("catalogue",)),
        ("read copie", "resource", ("read-copy",)),
    ]


def test_a_requirement_that_does_not_count_shows_why(engine: Engine) -> None:
    """Each requirement of the component matched, or says what it lacks."""
    (found,) = trace_of(engine, "Does the Playout Service need a striped pool?").matchings

    assert [one.requirement for one in found.matched] == ["playout-service/striped-cache"]
    assert {one.why for one in found.passed} == {"names no striped pool"}


def test_each_world_shows_its_verdict_and_what_decides_it(engine: Engine) -> None:
    """Where the worlds differ, each shows which statement applies, or why it does not."""
    answer, trace = engine.explain("Does the Playout Service need a striped pool?")
    (judged,) = trace.judged
    found = {one.topology: (one.verdict, one.decided_by) for one in judged.worlds}
    absent = {one.topology: [passed.why for passed in one.absent] for one in judged.worlds}

    assert (answer.verdict, judged.decided_by, judged.is_told) == ("depends", ("topology",), True)
    assert found["cell-ring"] == ("yes", ("playout-service/striped-cache",))
    assert found["paired-halls"] == ("no", ())
    assert absent["paired-halls"] == ["holds in cell-ring and stretched-ring only"]


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Does the Playout Service need a striped pool?", "depends on topology"),
        ("In a stretched ring the Arbiter's casting vote is optional, true?", "must before may"),
        ("Is a striped pool not required for the Playout Service?", "turned round"),
        ("Is it enough to install Ingest on each node?", "is it enough"),
    ],
)
def test_the_rule_of_a_verdict_is_named(engine: Engine, question: str, rule: str) -> None:
    """The rules that led to the verdict are told in words."""
    assert any(rule in one for one in trace_of(engine, question).because)


@pytest.mark.parametrize(
    ("question", "decided_by", "hint"),
    [
        ("Does the Gatekeeper need a launch hook?", "ambiguous", "may be"),
        ("Which port does the Lock Keeper listen on?", "fallback", 'No page explains "port"'),
        ("Does the Playout Servise need a striped pool?", "yes-no", "taken for a typing error"),
    ],
)
def test_what_decided_is_named_and_what_to_change(
    engine: Engine, question: str, decided_by: str, hint: str
) -> None:
    """The rule that decided has a name, and an answer that may surprise says what to change."""
    trace = trace_of(engine, question)

    assert trace.decided_by.name == decided_by
    assert any(hint in one for one in trace.hints)


def test_a_role_that_fits_and_is_not_asked_for_says_so(engine: Engine) -> None:
    """A component of another kind than the question names is no candidate, and is shown as that."""
    roles = trace_of(engine, "Which service keeps streams?").roles

    assert [one.note for one in roles if one.id == "catalogue"] == ["not of those asked for"]
    assert [one.note for one in roles if one.is_enough] == [""]


def test_roles_that_competed_show_their_scores(engine: Engine) -> None:
    """Components that a question describes are rated by their roles, best first."""
    roles = trace_of(engine, "Which component keeps the locks?").roles

    assert roles
    assert list(roles) == sorted(roles, key=lambda one: (-one.score, one.id))
    assert roles[0].is_enough
