"""Whatever is asked, the engine answers quickly, and with nothing but what is there."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder
from tests.kb.ask.odd_questions import SUITE

ROOT = Path(__file__).parents[3]
COUNT = 200_000
"""Questions in all, over all sets."""
PORTIONS = 16


ODD = (
    (
        "artemis",
        (
            "In a repilcated pair,, can the primary sit on a SAN Give the client static connectors."
            " volume that the backup too?"
        ),
    ),
    ("sqlserver", "Can SSAS processs be started"),
    ("exchange", "Can from servers? a I build Mailbox DAG 18"),
    ("exchange", "are 17 copies of DHCP reservation one mailbox database possible"),
)
"""Questions that once ended in an exception."""


@pytest.mark.parametrize(("base", "question"), ODD)
def test_an_odd_question_has_an_answer(base: str, question: str) -> None:
    """What was made up once and had no answer has one now."""
    catalog = compile_folder(ROOT / "tests" / "knowledge_bases" / base / "docs").catalog
    assert catalog is not None

    assert Engine(catalog).ask(question).status in ("answered", "clarify", "not_covered")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_question_is_too_odd() -> None:
    """200,000 made-up questions: no exception, none slow, and nothing named that does not exist."""
    sets = sum(one.questions is not None for one in SUITE.sets)
    each = -(-COUNT // (PORTIONS * sets))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        written = list(pool.map(lambda seed: _ask(seed, each), range(PORTIONS)))

    assert sum(int(one[0]) for one in written) >= COUNT
    assert [fault for one in written for fault in one[1:]] == []


def _ask(seed: int, each: int) -> list[str]:
    """Ask a portion of the questions in a process of its own; return the lines that it writes."""
    command = [sys.executable, "-m", "tests.kb.ask.odd_questions", str(seed), str(each)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else ["0", done.stderr]
