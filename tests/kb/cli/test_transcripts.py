"""What `kb ask` writes, word for word: one transcript of each kind of answer, kept as a file.

`UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/kb/cli/test_transcripts.py` writes them anew.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GOLDEN = Path(__file__).parent / "golden"
TRANSCRIPTS = {
    "answered": "tape mover",
    "yes": "4-node ring, dose the catalog need a read copie?",
    "depends": "Does the Playout Service need a striped pool?",
    "clarify": "Does the Gatekeeper need a launch hook?",
    "not-covered": "Which port does the Lock Keeper listen on?",
    "passage": "How often should we rehearse a takeover?",
}
"""Name of the file -> question on the K0 knowledge base."""


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_transcript_is_what_the_command_writes(name: str) -> None:
    """The command writes the very bytes of the transcript."""
    kb = Path(sys.executable).with_name("kb")
    docs = ROOT / "tests" / "knowledge_bases" / "k0" / "docs"
    ended = subprocess.run(
        [kb, "ask", TRANSCRIPTS[name], "--docs-dir", docs],
        capture_output=True,
        timeout=60,
        check=True,
    )
    told = f'$ kb ask "{TRANSCRIPTS[name]}"\n{ended.stdout.decode("utf-8")}'
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(told, encoding="utf-8")

    assert told == golden.read_text("utf-8")


def test_no_transcript_is_left_over() -> None:
    """Each file is one of the transcripts above."""
    assert {one.stem for one in GOLDEN.iterdir()} == set(TRANSCRIPTS)
