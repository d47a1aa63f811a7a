"""What `kb` writes is what the pages show: answers word for word, one of each kind, and figures.

`UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/kb/cli/test_transcripts.py` writes them anew.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from kb.ask.answer import Answer
from kb.cli.explanation import explanation_lines
from kb.cli.transcript import answer_lines
from kb.knowledge import KnowledgeBase

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


PAGE = ROOT / "docs" / "guides" / "asking.md"
CONSOLE = re.compile(r"```console\n\$ kb ask (?P<arguments>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
CONTENT = re.compile(r"content [0-9a-f]{7}")
"""Changes with every page, this one included, so the page has dots for it."""
KINDS: Mapping[str, Callable[[Answer], bool]] = {
    "What must be done": lambda one: one.understood.intent == "what-must-i-do",
    "Yes": lambda one: one.verdict == "yes",
    "No": lambda one: one.verdict == "no",
    "It depends": lambda one: one.verdict == "depends",
    "Several at once": lambda one: len({part.verdict for part in one.parts}) > 1,
    "Which do you mean": lambda one: one.reason == "ambiguous-component",
    "Not recorded": lambda one: one.reason == "not-recorded",
    "Out of scope": lambda one: one.reason == "out-of-scope",
    "A passage of prose": lambda one: any(cited.is_passage for cited in one.citations),
    "A false premise": lambda one: (
        one.understood.intent == "how" and one.answer.startswith("That is ")
    ),
    "A comparison": lambda one: one.understood.intent == "compare",
    "A list": lambda one: one.understood.intent == "which-components" and bool(one.components),
    "A count": lambda one: one.understood.intent == "how-many" and bool(one.requirements),
    "How, with steps": lambda one: "\n1. " in one.answer,
    "How, without steps": lambda one: "Its steps are not recorded here" in one.answer,
    "A strange answer": lambda one: bool(one.understood.corrections),
}
"""Heading -> what the answer below it must be, so that no update makes it another kind."""


@cache
def knowledge(docs: str) -> KnowledgeBase:
    """Return the knowledge base of a folder, built once."""
    return KnowledgeBase.build(ROOT / docs)


def transcript(arguments: str) -> tuple[Answer, str]:
    """Return the answer that `kb ask` with these arguments gives, and what it writes to a pipe."""
    *options, question = shlex.split(arguments)
    docs = options[options.index("--docs-dir") + 1] if "--docs-dir" in options else "docs"
    base = knowledge(docs)
    answer, trace = base.explain(question)
    said, below = answer_lines(answer, base.catalog)
    lines = [*said, "", *below]
    if "--explain" in options:
        lines += ["", *explanation_lines(trace)]
    return answer, "".join(f"{one}\n" for one in lines)


def test_the_guide_shows_one_answer_of_each_kind() -> None:
    """Each transcript in the guide is what the command writes, and of the kind it stands for."""
    text = PAGE.read_text("utf-8")
    sections = re.split(r"^#+ (.+)\n", text, flags=re.MULTILINE)
    shown: list[str] = []
    other_kind: list[str] = []
    for heading, section in zip(sections[1::2], sections[2::2], strict=True):
        for one in CONSOLE.finditer(section):
            answer, told = transcript(one["arguments"])
            said = _plain(told)
            shown.append(heading)
            if os.environ.get("UPDATE_GOLDEN"):
                command = f"$ kb ask {one['arguments']}\n"
                text = text.replace(f"{command}{one['output']}```", f"{command}{said}```")
                PAGE.write_text(text, encoding="utf-8")
            else:
                assert one["output"] == said, heading
            other_kind += [] if KINDS[heading](answer) else [heading]

    assert other_kind == []
    assert shown == list(KINDS)


def _plain(output: str) -> str:
    return CONTENT.sub("content .......", output)


def test_a_transcript_of_the_guide_is_what_a_process_writes() -> None:
    """The page's way to make its transcripts gives the bytes of the command itself."""
    arguments = next(CONSOLE.finditer(PAGE.read_text("utf-8")))["arguments"]
    ended = subprocess.run(
        [Path(sys.executable).with_name("kb"), "ask", "--explain", *shlex.split(arguments)],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=True,
    )

    assert _plain(ended.stdout.decode("utf-8")) == _plain(transcript(f"--explain {arguments}")[1])


FIGURES = ROOT / "docs" / "reference" / "answer-quality.md"
RESULTS = ROOT / "tests" / "questions" / "results.json"
TABLE = re.compile(r"^\| set \|.*?(?=\n\n)", re.DOTALL | re.MULTILINE)
FAILURES = ("false-claim", "wrong-verdict", "invented", "false-abstention")


def figures() -> str:
    """Return the committed figures of the question sets as a table."""
    columns = (
        *("set", "questions", "right", "false claims", "wrong verdicts", "invented", "abstained"),
        *("held back", "search alone"),
    )
    rows = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for name, result in json.loads(RESULTS.read_text("utf-8")).items():
        found = result["figures"]
        held = result.get("held", {}).get("figures")
        shown = [
            found["questions"],
            f"{found['share']:.0%}",
            *(found["failures"][one] for one in FAILURES),
        ]
        cells = [
            f"`{name}`",
            *(shown if found["questions"] else [0, *[""] * (len(shown) - 1)]),
            f"{held['share']:.0%} of {held['questions']}" if held else "",
            f"{result['baseline']['share']:.0%}",
        ]
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


def test_the_reference_shows_the_committed_figures() -> None:
    """The table of figures is that of the result file."""
    text = FIGURES.read_text("utf-8")
    if os.environ.get("UPDATE_GOLDEN"):
        text = TABLE.sub(lambda _: figures(), text)
        FIGURES.write_text(text, encoding="utf-8")

    assert TABLE.findall(text) == [figures()]


COMPARING = ROOT / "docs" / "guides" / "comparing.md"
SESSION = re.compile(r"```console\n(?P<told>\$ .*?)```", re.DOTALL)
COMMANDS = re.compile(r"```bash\n(?P<command>kb diff .*?)```", re.DOTALL)
REVISION = re.compile(r"\([0-9a-f]{7}\)")
"""Changes with every page, so the guide has dots for it."""


class Checkout:
    """A copy of the pages in a repository of its own, and a shell in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        names = {
            f"GIT_{who}_{what}": "x"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        self.environment = {**os.environ, **names, "PATH": path}
        for one in ("docs", "tests/knowledge_bases/k0/docs"):
            shutil.copytree(ROOT / one, root / one)
        shutil.copy(ROOT / "mkdocs.yml", root)
        self.run("git init -q -b main && git add -A && git commit -q -m x")
        self.run("git update-ref refs/remotes/origin/main HEAD")

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Return what a command has written, standard output and error together."""
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )


def test_the_guide_on_comparing_can_be_followed(tmp_path: Path) -> None:
    """Its commands, typed one after the other in a clone, write what it shows."""
    checkout = Checkout(tmp_path)
    text = COMPARING.read_text("utf-8")
    shown = SESSION.findall(text)
    for told in shown:
        lines = []
        for command in (one for one in told.splitlines() if one.startswith("$ ")):
            lines += [
                command,
                REVISION.sub("(.......)", checkout.run(command[2:]).stdout).rstrip("\n"),
            ]
        said = "".join(f"{one}\n" for one in lines if one)
        if os.environ.get("UPDATE_GOLDEN"):
            text = text.replace(f"```console\n{told}```", f"```console\n{said}```")
            COMPARING.write_text(text, encoding="utf-8")
        else:
            assert said == told
    asked = [checkout.run(one) for one in COMMANDS.findall(text)]

    assert len(shown) == 5
    assert [one.returncode for one in asked] == [0, 0]
    assert "**Strengthened deploy-from-console**" in asked[0].stdout
    assert asked[1].stdout == "facts change: ask someone who knows the product\n"
