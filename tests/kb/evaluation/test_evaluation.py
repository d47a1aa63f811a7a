"""Answers are scored as the question sets describe, and figures follow from outcomes."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.ask.answer import Answer, Candidate, Understood
from kb.catalog import Catalog, Requirement
from kb.compiler import compile_folder
from kb.errors import QuestionError
from kb.evaluation import (
    Question,
    QuestionFileError,
    SetResult,
    baseline,
    changes,
    confusion,
    evaluate,
    golden_questions,
    read_questions,
    read_suite,
    score,
    shortfalls,
)
from kb.evaluation.baselines import Search
from kb.evaluation.confusions import Aspect
from kb.search import Hit, SearchResult, passages

COMPONENT = """---
type: component
title: Pump Service
requirements:
  - id: each-node
    must: Install the pump on each node.
    placement: each-node
  - id: no-script
    must-not: Start the pump from a script.
questions:
  - ask: Where does the pump go?
    components: [pump]
    requirements: [each-node]
  - ask: May I start it from a script?
    verdict: no
---
Text.
"""
PRODUCT = "---\ntype: product\ntitle: Waterworks\n---\nText.\n"
SHARER = "---\ntype: component\ntitle: Spare Pump\nsame-as: pump\n---\nText.\n"

SAID = Answer(
    question="Where does the pump go?",
    status="answered",
    understood=Understood(),
    verdict="yes",
    answer="Install the pump on each node.",
    components=("pump",),
    topology="ring",
    content_version="0" * 64,
    answer_id="0" * 32,
)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The catalog of a small waterworks."""
    folder = tmp_path_factory.mktemp("docs")
    pages = {"pump.md": COMPONENT, "waterworks.md": PRODUCT, "spare-pump.md": SHARER}
    for name, text in pages.items():
        text = text.replace("verdict: no\n", 'verdict: "no"\n')
        (folder / name).write_text(text, encoding="utf-8")
    compilation = compile_folder(folder)
    assert compilation.catalog is not None, compilation.diagnostics
    return compilation.catalog


def question(folder: Path, **values: Any) -> Question:
    """Return a question as it is read from a file."""
    file = folder / "questions.jsonl"
    file.write_text(json.dumps({"id": "one", "q": "?", "status": "answered"} | values))
    return read_questions(file)[0]


@pytest.mark.parametrize(
    ("expected", "answer", "label"),
    [
        ({}, {}, "right"),
        ({"verdict": "yes"}, {}, "right"),
        ({"verdict": ["no", None]}, {"verdict": None}, "right"),
        ({"verdict": "no"}, {}, "wrong-verdict"),
        ({"verdict": None}, {}, "wrong-verdict"),
        ({"topology": ["ring", None]}, {}, "right"),
        ({"topology": None}, {}, "wrong-topology"),
        ({"components": ["pump"]}, {}, "right"),
        ({"components": ["pump", "spare-pump"]}, {}, "wrong-components"),
        ({"components": ["spare-pump"], "components_alt": [["pump"]]}, {}, "right"),
        ({"components": [], "components_alt": "any"}, {}, "right"),
        ({"must": ["EACH.*node"]}, {"answer": "On each\nnode."}, "right"),
        ({"must": ["each", "script"]}, {}, "missing-pattern"),
        ({"must_not": ["one node"]}, {}, "right"),
        ({"must_not": ["each NODE"]}, {}, "false-claim"),
        ({"status": "not_covered"}, {}, "invented"),
        ({"status": "clarify"}, {}, "wrong-status"),
        ({}, {"status": "not_covered"}, "false-abstention"),
        ({"status": ["answered", "not_covered"]}, {"status": "clarify"}, "false-abstention"),
        ({"status": "not_covered"}, {"status": "clarify"}, "wrong-status"),
        ({"status": ["answered", "not_covered"]}, {"status": "not_covered"}, "right"),
        ({"status": "not_covered", "verdict": None}, {"status": "not_covered"}, "right"),
        ({"verdict": "no", "must": ["script"]}, {}, "wrong-verdict, missing-pattern"),
        (
            {"status": "not_covered", "must": ["script"], "must_not": ["each"]},
            {},
            "false-claim, invented",
        ),
    ],
)
def test_an_answer_is_compared_with_what_was_expected(
    tmp_path: Path, expected: Mapping[str, Any], answer: Mapping[str, Any], label: str
) -> None:
    """Every failure bears its name, gravest first; what is not expected is not compared."""
    asked = question(tmp_path, **expected)

    assert score(asked, replace(SAID, **answer)).label == label


def test_a_question_asked_back_must_offer_one_of_the_components(tmp_path: Path) -> None:
    """For `clarify` one of the expected components among the candidates is enough."""
    asked = question(tmp_path, status="clarify", components=["pump", "valve"])
    offered = tuple(Candidate("component", one, one, f"{one}.md") for one in ("pump", "gate"))
    back = replace(SAID, status="clarify", candidates=offered)

    assert score(asked, back).label == "right"
    assert score(asked, replace(back, candidates=offered[1:])).label == "wrong-components"


def requirement(catalog: Catalog, component: str, name: str) -> Requirement:
    """Return a requirement as it holds for a component."""
    held = catalog.components[component].requirements
    return next(one for one in held if one.id == name)


def test_requirements_are_compared_by_owner_or_sharer(tmp_path: Path, catalog: Catalog) -> None:
    """A shared requirement goes by either name, and the others are counted as not needed."""
    shared = tuple(requirement(catalog, "spare-pump", name) for name in ("each-node", "no-script"))
    by_owner = question(tmp_path, requirements=["pump/each-node"])
    by_sharer = question(tmp_path, requirements=["spare-pump/each-node", "spare-pump/no-script"])
    answer = replace(SAID, requirements=shared)

    first, second = score(by_owner, answer), score(by_sharer, answer)
    figures = SetResult("pumps", (first, second)).figures

    assert (first.label, second.label) == ("right; 1 without need", "right")
    assert (figures.requirements_listed, figures.listed_without_need) == (4, 1)
    assert figures.precision == 0.75
    assert score(by_owner, SAID).label == "missing-requirement"


def test_a_false_claim_is_looked_for_in_the_requirements_too(
    tmp_path: Path, catalog: Catalog
) -> None:
    """The texts of the requirements are part of what an answer says."""
    asked = question(tmp_path, must_not=["script"])
    answer = replace(SAID, requirements=(requirement(catalog, "pump", "no-script"),))

    assert score(asked, answer).label == "false-claim"


def test_a_refused_question_is_an_outcome(tmp_path: Path) -> None:
    """A question that cannot be read at all does not end the evaluation."""

    def refuse(_: str) -> Answer:
        raise QuestionError("missing-question", "there is no question")

    outcomes = evaluate([question(tmp_path, q="?")], refuse)

    assert [one.label for one in outcomes] == ["wrong-status"]


def test_golden_questions_come_from_the_pages(catalog: Catalog) -> None:
    """A page's questions are asked with full names of their requirements; silence is free."""
    first, second = golden_questions(catalog)

    assert (first.id, first.text) == ("pump/1", "Where does the pump go?")
    assert first.expected.requirements == frozenset({"pump/each-node"})
    assert first.expected.verdicts is None
    assert second.expected.verdicts == ("no",)
    assert second.expected.components is None


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "a JSON object is expected"),
        ("[]", "a JSON object is expected"),
        ('{"id": "a", "status": "answered"}', "the key 'q' is missing"),
        ('{"id": "a", "q": "?", "status": "anwsered"}', "must be answered, clarify or not_covered"),
        ('{"id": "a", "q": "?", "status": "clarify", "tag": []}', "did you mean 'tags'?"),
        ('{"id": "a", "q": "?", "status": "clarify", "must": ["("]}', "a pattern that is none"),
        ('{"id": "a", "q": "?", "status": "clarify", "components": "x"}', "a list of texts"),
        ('{"id": "a", "q": "?", "status": "answered", "verdict": []}', "'verdict' must be"),
        ('{"id": "a", "q": "?", "status": "answered", "intent": "hwo"}', "'intent' must be"),
        ('{"id": "a", "q": "?", "status": "answered", "components_alt": "x"}', "lists of ids"),
    ],
)
def test_a_bad_question_file_is_refused(tmp_path: Path, line: str, problem: str) -> None:
    """All problems of a file are told, each with file and line."""
    file = tmp_path / "questions.jsonl"
    file.write_text(f"{line}\n\n{line}\n")

    with pytest.raises(QuestionFileError) as caught:
        read_questions(file)

    assert len(caught.value.problems) == 2
    assert caught.value.problems[1].startswith(f"{file}:3: ")
    assert problem in caught.value.problems[1]


def test_two_questions_cannot_have_one_id(tmp_path: Path) -> None:
    """The second place names the first."""
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a", "q": "?", "status": "answered"}\n' * 2)

    with pytest.raises(QuestionFileError, match=r"jsonl:2: the id a stands at .*jsonl:1"):
        read_questions(file)


def test_thresholds_and_changes_are_told(tmp_path: Path) -> None:
    """A figure beyond its bound is a shortfall; an outcome that is another one is a change."""
    asked = question(tmp_path, verdict="no")
    result = SetResult("pumps", (score(asked, SAID),))
    before = {"pumps": {"outcomes": {"one": "right", "two": "right"}}}

    found = shortfalls(result, {"right": 0.5, "wrong-verdict": 0, "false-claim": 0})

    assert [str(one) for one in found] == [
        "pumps: right is 0, at least 0.5 is wanted",
        "pumps: wrong-verdict is 1, at most 0 is wanted",
    ]
    assert changes(before, [result]) == (
        "pumps one: right -> wrong-verdict",
        "pumps two: right -> (gone)",
    )


def test_a_result_is_plain_and_the_same_each_time(tmp_path: Path) -> None:
    """What is committed holds figures, tags and an outcome for each question, and no more."""
    asked = question(tmp_path, tags=["where"], verdict="yes")
    result = SetResult("pumps", evaluate([asked], lambda _: SAID)).to_json()

    assert result["figures"]["right"] == 1
    assert result["confusion"]["verdict"] == {"yes": {"yes": 1}}
    assert result["tags"] == {"where": "1/1"}
    assert result["outcomes"] == {"one": "right"}
    assert json.loads(json.dumps(result)) == result


@pytest.mark.parametrize(
    ("expected", "answer", "aspect", "pair"),
    [
        ({}, {}, "status", ("answered", "answered")),
        ({"status": "clarify"}, {}, "status", ("clarify", "answered")),
        ({"status": ["clarify", "answered"]}, {}, "status", ("answered", "answered")),
        ({"verdict": None}, {}, "verdict", ("null", "yes")),
        ({"verdict": ["no", "depends"]}, {}, "verdict", ("no", "yes")),
        ({"verdict": "no"}, {"status": "clarify", "verdict": None}, "verdict", None),
        ({}, {}, "verdict", None),
        ({"tags": ["confirm"]}, {}, "intent", ("yes-no", "where")),
        ({"tags": ["how", "where"]}, {}, "intent", ("where", "where")),
        ({"tags": ["how"], "intent": "why"}, {}, "intent", ("why", "where")),
        ({"tags": ["how"], "intent": ["why", "where"]}, {}, "intent", ("where", "where")),
        ({"tags": ["count"]}, {}, "intent", None),
    ],
)
def test_what_was_taken_for_what_is_counted(
    tmp_path: Path,
    expected: Mapping[str, Any],
    answer: Mapping[str, Any],
    aspect: Aspect,
    pair: tuple[str, str] | None,
) -> None:
    """The expected value meets the one that came; one of several accepted ones is no mistake."""
    said = replace(SAID, understood=Understood(intent="where"), **answer)
    outcome = score(question(tmp_path, **expected), said)

    assert confusion([outcome], aspect).counts == ({} if pair is None else {pair: 1})


def test_a_mistaken_intent_makes_no_answer_wrong(tmp_path: Path) -> None:
    """It is a figure that a bound can be set for, beside the others."""
    asked = question(tmp_path, intent="why")
    result = SetResult("pumps", (score(asked, SAID),))

    assert result.figures.right == 1
    assert [one.figure for one in shortfalls(result, {"right": 1, "wrong-intent": 0})] == [
        "wrong-intent"
    ]


def test_questions_held_back_are_counted_apart(tmp_path: Path) -> None:
    """Their figures have a place and bounds of their own; their ids show only when asked for."""
    shown = question(tmp_path, id="shown")
    held = question(tmp_path, id="secret", tags=["held", "where"], verdict="no")
    result = SetResult("pumps", evaluate([shown, held], lambda _: SAID))
    before = {"pumps": {"outcomes": {"shown": "right"}, "held": {"figures": {"right": 1}}}}

    assert (result.figures.questions, result.figures.right) == (1, 1)
    assert result.to_json()["held"]["figures"]["failures"]["wrong-verdict"] == 1
    assert "secret" not in json.dumps(result.to_json())
    assert result.to_json(names_held=True)["held"]["outcomes"] == {"secret": "wrong-verdict"}
    assert [str(one) for one in shortfalls(result, {"right": 1}, {"wrong-verdict": 0})] == [
        "pumps (held): wrong-verdict is 1, at most 0 is wanted"
    ]
    assert changes(before, [result]) == ("pumps (held): 1 right -> 0 right",)


def found_by_search(catalog: Catalog, scores: Mapping[str, float]) -> Search:
    """Return a search that finds the requirement on each node, with the score of the query."""
    (wanted,) = [one for one in passages(catalog) if one.anchor == "each-node"]

    def search(query: str) -> SearchResult:
        number = scores.get(query)
        hits = () if number is None else (Hit(wanted, number, (), (), ()),)
        return SearchResult(query, hits, len(hits), {}, None, truncated=False)

    return search


def test_search_alone_has_the_threshold_that_is_best_for_it(
    tmp_path: Path, catalog: Catalog
) -> None:
    """The best passage answers where it scores enough; below it, nothing is answered."""
    where = question(tmp_path, q="where?", components=["pump"], topology="ring")
    port = question(tmp_path, q="port?", status="not_covered")
    must = question(tmp_path, q="must it?", verdict="yes")
    search = found_by_search(catalog, {"where?": 9.0, "port?": 4.0, "must it?": 9.5})

    found = baseline([where, port, must], catalog, search)

    assert found.threshold == 9.0
    assert [one.label for one in found.outcomes] == ["right", "right", "wrong-verdict"]


def test_search_alone_rests_on_the_requirement_that_it_finds(
    tmp_path: Path, catalog: Catalog
) -> None:
    """Its answers are scored by the same rules: components, patterns and requirements too."""
    asked = question(tmp_path, q="where?", must=["each node"], requirements=["pump/each-node"])

    found = baseline([asked], catalog, found_by_search(catalog, {"where?": 1.0}))

    assert [one.label for one in found.outcomes] == ["right"]


def test_search_alone_may_do_best_by_silence(tmp_path: Path, catalog: Catalog) -> None:
    """Where no threshold helps, no passage is taken as an answer."""
    asked = question(tmp_path, q="port?", status="not_covered")

    found = baseline([asked], catalog, found_by_search(catalog, {"port?": 5.0}))

    assert (found.threshold, [one.label for one in found.outcomes]) == (None, ["right"])


def test_an_index_ties_questions_to_pages(tmp_path: Path) -> None:
    """Paths are relative to the index, and a set without a file is that of the pages."""
    index = tmp_path / "sets.toml"
    index.write_text(
        '[a]\ndocs = "../docs"\nquestions = "a.jsonl"\nbounds = { right = 0.9 }\n'
        "held = { false-claim = 2 }\n"
        '[b]\ndocs = "../docs"\n'
    )

    first, second = read_suite(index).sets

    assert (first.docs, first.questions) == (tmp_path / "../docs", tmp_path / "a.jsonl")
    assert first.bounds == {"right": 0.9}
    assert first.held == {"false-claim": 2}
    assert second.questions is None


def test_a_bad_index_is_refused(tmp_path: Path) -> None:
    """Everything that is wrong with an index is told at once."""
    index = tmp_path / "sets.toml"
    index.write_text('[a]\ndoc = "docs"\n[b]\ndocs = "docs"\nbounds = { rite = "x" }\nheld = 1\n')

    with pytest.raises(QuestionFileError) as caught:
        read_suite(index)

    told = str(caught.value)
    assert "[a] has the unknown key 'doc', did you mean 'docs'?" in told
    assert "[a] must name the folder of its pages: docs" in told
    assert "[b] bounds has 'rite'" in told
    assert "[b] bounds: rite must be a number" in told
    assert "[b] held must be a table" in told
