"""What somebody typed: refused, or in normal form."""

import pytest

from kb.errors import QuestionError
from kb.typed import MOST_CHARACTERS, normal_form


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("x" * (MOST_CHARACTERS + 1), "question-too-long"),
        ("half \udc00", "invalid-characters"),
        ("bell \x07", "invalid-characters"),
        ("none \U0010ffff", "invalid-characters"),
        (" \u200b\n \t", "missing-question"),
        ("\ufe0f", "missing-question"),
    ],
)
def test_what_is_no_text_is_refused(typed: str, problem: str) -> None:
    """What is too long, no text at all or invisible has a problem of its own."""
    with pytest.raises(QuestionError) as caught:
        normal_form(typed)

    assert caught.value.problem == problem


def test_a_query_is_one_line_and_a_question_may_have_several() -> None:
    """Line breaks are spaces, or are kept without the empty lines between."""
    typed = "  Must it\tbe there?\r\n\n\u200b\nIt\u00a0is\ufe0f  late. "

    assert normal_form(typed) == "Must it be there? It is late."
    assert normal_form(typed, keeps_lines=True) == "Must it be there?\nIt is late."
