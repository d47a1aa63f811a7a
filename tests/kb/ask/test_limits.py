"""What one question may cost, and how much one answer tells, have limits."""

import pytest

from kb.ask.engine import Engine


def test_a_long_list_is_told_in_part(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    """Of a very long list the first are told by name, all are counted, and the cut is said."""
    whole = engine.ask("how many components are there?")
    monkeypatch.setattr("kb.ask.decision.MOST_TOLD", 2)

    cut = engine.ask("how many components are there?")

    number = len(whole.components)
    assert not whole.truncated
    assert cut.answer.startswith(f"{number}: ")
    assert f"and {number - 2} more" in cut.answer
    assert cut.components == whole.components
    assert cut.truncated


def test_listed_ids_have_a_limit(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    """An answer lists no more ids than the limit, and says that it is cut."""
    monkeypatch.setattr("kb.ask.decide.question.MOST_LISTED", 3)

    answer = engine.ask("list all components")

    assert len(answer.components) == 3
    assert answer.truncated


def test_requirements_of_what_is_not_told_are_left_out(
    monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    """The requirements behind a list are those of the components that are told by name."""
    question = "which components must be on each node?"
    whole = engine.ask(question)
    monkeypatch.setattr("kb.ask.decision.MOST_TOLD", 1)

    cut = engine.ask(question)

    assert len({one.component for one in whole.requirements}) > 1
    assert {one.component for one in cut.requirements} <= {whole.components[0]}


def test_too_many_components_to_look_at_are_asked_back(
    monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    """Where more components come into question than are looked at, the reader is to choose."""
    monkeypatch.setattr("kb.ask.index.MOST_CANDIDATES", 2)

    answer = engine.ask("which components must be on each node?")

    assert (answer.status, answer.reason) == ("clarify", "missing-component")
    assert "components come into question" in answer.answer
    assert answer.candidates
