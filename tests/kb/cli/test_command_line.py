"""The command `kb` as people run it: a process with text, JSON, exit codes and clear errors."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from array import array
from collections.abc import Mapping
from pathlib import Path

import pytest

if sys.platform != "win32":
    import fcntl
    import termios

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
K0 = ROOT / "tests" / "knowledge_bases" / "k0" / "docs"
KB = Path(sys.executable).with_name("kb")

PAGES = {
    "waterworks.md": "---\ntype: product\ntitle: Waterworks\n---\n\nText.\n",
    "pump.md": """---
type: component
title: Pump Service
role: Lifts water.
requirements:
  - id: each-node
    must: Install the Pump Service on each node.
    placement: each-node
questions:
  - ask: Must the Pump Service be on each node?
    verdict: "yes"
    components: [pump]
    requirements: [each-node]
---

Text.
""",
}


def kb(
    *arguments: str | Path,
    cwd: Path = ROOT,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> tuple[int, str, str]:
    """Run `kb` and return its exit code, its output and what it said beside."""
    ended = subprocess.run(
        [KB, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, **(environment or {})},
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small knowledge base in docs/."""
    (tmp_path / "docs").mkdir()
    for name, text in PAGES.items():
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def broken(folder: Path) -> Path:
    """The same, with a reference to a component that is not there."""
    page = folder / "docs" / "valve.md"
    page.write_text("---\ntype: component\ntitle: Valve\nsame-as: pmp\n---\n", encoding="utf-8")
    return folder


def test_help_has_three_panels() -> None:
    """The help sorts the commands by what people want: ask, write, operate."""
    code, out, _ = kb("--help")

    assert code == 0
    assert [word for word in ("Ask", "Write", "Operate") if f"{word} ─" in out] == [
        "Ask",
        "Write",
        "Operate",
    ]
    assert "Exit codes" in out


def test_both_names_run_the_same_program() -> None:
    """`clusterkb` and `python -m kb.cli` are `kb`."""
    version = kb("--version")
    other = subprocess.run(
        [KB.with_name("clusterkb"), "--version"], capture_output=True, text=True, check=True
    )
    module = subprocess.run(
        [sys.executable, "-m", "kb.cli", "--version"], capture_output=True, text=True, check=True
    )

    assert version[1].startswith("clusterkb ")
    assert version[1] == other.stdout == module.stdout


def test_an_answer_comes_with_what_it_rests_on(folder: Path) -> None:
    """Answer first, then a blank line, what was understood, and the numbered places."""
    code, out, err = kb("ask", "Must the Pump Service be on each node?", cwd=folder)

    said, _, below = out.partition("\n\n")
    assert (code, err) == (0, "")
    assert "Install the Pump Service on each node." in said
    assert below.splitlines()[0].startswith("  understood: Pump Service")
    assert "content " in below.splitlines()[0]
    assert below.splitlines()[1] == "  [1] the page (pump.md:6)"


def test_a_question_needs_no_quotes_and_can_be_piped(folder: Path) -> None:
    """Words, one quoted argument and standard input ask the same."""
    quoted = kb("ask", "where does the pump service go", cwd=folder)
    words = kb("ask", "where", "does", "the", "pump", "service", "go", cwd=folder)
    piped = kb("ask", "-", cwd=folder, stdin=b"where does the pump service go\n")

    assert quoted[0] == 0
    assert quoted == words
    assert quoted[1] == piped[1]


def test_an_answer_can_be_explained(folder: Path) -> None:
    """The explanation follows the answer; in JSON it is one more member of the same answer."""
    question = "Must the Pump Service be on each node?"
    plain = kb("ask", question, cwd=folder)[1]
    code, out, err = kb("ask", question, "--explain", cwd=folder)
    answer = json.loads(kb("ask", question, "--json", cwd=folder)[1])
    explained = json.loads(kb("ask", question, "--explain", "--json", cwd=folder)[1])
    trace = explained.pop("trace")

    assert (code, err) == (0, "")
    assert out.startswith(f"{plain}\nHow it was read\n")
    assert explained == answer
    assert trace["decided_by"]["name"] == "yes-no"


def test_what_is_not_covered_is_a_result(folder: Path) -> None:
    """That the pages do not say it ends with 0, in text and in JSON."""
    question = "what is the weather in Houston tomorrow"

    assert kb("ask", question, cwd=folder)[0] == 0
    code, out, _ = kb("ask", question, "--json", cwd=folder)
    assert code == 0
    assert json.loads(out)["status"] == "not_covered"


def test_an_answer_as_json_has_the_shape_of_the_api() -> None:
    """`--json` writes the wire form of the answer and nothing else."""
    code, out, err = kb("ask", "where does the backup service go", "--json")

    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer["components"] == ["backup-service"]
    assert answer["requirements"][0]["id"] == "backup-service/each-node"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "error: "),
        ("x" * 2_500, "error: "),
        ("\x07bell", "error: "),
    ],
)
def test_a_question_that_cannot_be_read_is_a_usage_error(
    folder: Path, question: str, said: str
) -> None:
    """No question, one that is too long and control characters end with 2 and one sentence."""
    code, out, err = kb("ask", question, cwd=folder)

    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert "Traceback" not in err


def test_standard_input_must_be_text(folder: Path) -> None:
    """Bytes that are no UTF-8 are refused, and so is a flood of them."""
    assert kb("ask", "-", cwd=folder, stdin=b"\xff\xfe")[::2] == (
        2,
        "error: standard input is not UTF-8 text\n",
    )
    assert kb("ask", "-", cwd=folder, stdin=b"a" * 70_000)[0] == 2


def test_passages_are_found(folder: Path) -> None:
    """Best first, each with its address; the count goes beside, so that a pipe gets hits alone."""
    code, out, err = kb("search", "lifts water", cwd=folder)

    assert (code, err) == (0, "1 found\n")
    assert out.splitlines() == ["Pump Service  (component, pump.md)", "    Lifts water. Text."]
    found = json.loads(kb("search", "lifts", "water", "--json", cwd=folder)[1])
    assert [hit["url"] for hit in found["hits"]] == ["/pump/"]


def test_a_search_that_finds_nothing_says_what_is_near(folder: Path) -> None:
    """Nothing found is a result, with the spelling that would find something."""
    code, out, err = kb("search", "watter", cwd=folder)

    assert (code, out) == (0, "")
    assert err == "did you mean: water\nnothing found\n"


def test_a_search_is_limited_by_number_and_type(folder: Path) -> None:
    """`--limit` and `--type` narrow the hits; an unknown type ends with 2 and lists them."""
    _, out, err = kb("search", "pump", "--limit", "1", cwd=folder)
    assert len(out.splitlines()) == 2
    assert err.endswith(" found, 1 shown\n")

    _, out, _ = kb("search", "pump", "--type", "requirement", cwd=folder)
    assert out.startswith("Pump Service  (requirement, pump.md#each-node)")
    code, _, err = kb("search", "pump", "--type", "requirements", cwd=folder)
    assert code == 2
    assert "help: types are requirement, " in err


def test_a_component_is_shown_by_any_of_its_names() -> None:
    """Id, title and alias in any spelling show the same, with full sentences."""
    by_id = kb("show", "backup-service")

    assert by_id[0] == 0
    assert by_id == kb("show", "SQL SAFE backup service") == kb("show", "agent")
    assert "need-not    You need not configure failover" in by_id[1]


def test_show_can_be_limited_to_a_topology() -> None:
    """Only what holds in the topology is shown, in text and in JSON."""
    command = ("show", "lock-keeper", "--docs-dir", K0, "--topology", "Paired Halls")
    everywhere = json.loads(kb(*command[:4], "--json")[1])
    code, here, _ = kb(*command, "--json")

    shown = [one["text"] for one in json.loads(here)["requirements"]]
    assert code == 0
    assert 0 < len(shown) < len(everywhere["requirements"])
    assert all(one in kb(*command)[1] for one in shown)


def test_everything_that_has_a_page_can_be_shown() -> None:
    """Topologies, resources, conditions, procedures, sources, products and requirements too."""
    for name in (
        "kelpvault",
        "cell-ring",
        "launch-hook",
        "three-or-more-nodes",
        "cluster-handbook",
        "give-a-service-a-roaming-address",
        "ingest-service/roaming-address",
    ):
        code, text, _ = kb("show", name, "--docs-dir", K0)
        assert (code, bool(text)) == (0, True), name
        code, out, _ = kb("show", name, "--docs-dir", K0, "--json")
        assert (code, json.loads(out)["id"]) == (0, name)


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    """A misspelt name ends with 1 and says what is near; one of two products is asked back."""
    code, out, err = kb("show", "bakup-service")
    assert (code, out) == (1, "")
    assert "did you mean backup-service" in err

    code, _, err = kb("show", "gatekeeper", "--docs-dir", K0)
    assert code == 1
    assert "kelpline-gatekeeper, vault-gatekeeper" in err


def test_a_name_needs_no_quotes() -> None:
    """`kb show` takes the words of a name as they are typed, as `kb ask` does."""
    assert kb("show", "rest", "service") == kb("show", "rest service")
    assert kb("show", "rest", "service")[0] == 0


def test_an_unknown_requirement_is_answered_with_near_ones() -> None:
    """Of a component that is known, the requirement that was meant is named."""
    code, out, err = kb("show", "backup-service/no-failovr")

    assert (code, out) == (1, "")
    assert "did you mean backup-service/no-failover?" in err
    assert "help: kb show backup-service shows all of them" in err


def test_a_product_is_shown_with_its_components() -> None:
    """From the product a reader gets on to what it consists of."""
    assert "components: SQL Safe Backup Service, " in kb("show", "sql-safe-backup")[1]


def test_a_good_folder_passes_the_check(folder: Path) -> None:
    """The last line says how many pages and findings there are."""
    code, out, _ = kb("check", "--docs-dir", DOCS)

    assert code == 0
    assert out.splitlines()[-1].endswith("pages, no errors, no warnings")
    assert kb("check", cwd=folder)[0] == 0
    assert kb("check", "--strict", cwd=folder)[0] == 1


def test_an_error_in_the_pages_is_told_with_its_place(broken: Path) -> None:
    """File, line, column, code, name, what is the case and what to do; the exit code is 1."""
    code, out, _ = kb("check", cwd=broken)

    assert code == 1
    assert "docs/valve.md:4:10: error[KB201 unknown-reference]" in out
    assert "docs/valve.md:4:10: error" in out
    assert out.splitlines()[-1].startswith("3 pages, 1 error")


def test_the_check_writes_for_programs(broken: Path) -> None:
    """JSON, GitHub annotations and SARIF carry the same finding, and nothing else is written."""
    as_json = kb("check", "--format", "json", cwd=broken)
    as_sarif = kb("check", "--format", "sarif", cwd=broken)
    as_github = kb("check", "--format", "github", cwd=broken)

    assert [one[0] for one in (as_json, as_sarif, as_github)] == [1, 1, 1]
    codes = {one["code"] for one in json.loads(as_json[1])["diagnostics"]}
    assert "KB201" in codes
    assert codes == {one["ruleId"] for one in json.loads(as_sarif[1])["runs"][0]["results"]}
    assert "::error file=docs/valve.md,line=4,col=10," in as_github[1]
    assert kb("check", "--json", cwd=broken) == as_json


def test_what_needs_no_decision_is_repaired(folder: Path) -> None:
    """`--fix` writes a missing requirement id into the file, says so, and checks again."""
    page = folder / "docs" / "pump.md"
    page.write_text(page.read_text().replace("id: each-node\n    must", "must"))
    assert kb("check", cwd=folder)[0] == 1

    code, out, err = kb("check", "--fix", cwd=folder)

    assert "repaired docs/pump.md" in err
    assert "  - id: install-the-pump-service-on-" in page.read_text()
    assert "missing-key" not in out
    assert kb("check", "--fix", cwd=folder)[::2] == (code, "")


def test_pages_with_errors_answer_nothing(broken: Path) -> None:
    """Asking, showing and building say what is wrong instead, and end with 1."""
    for command in (("ask", "pump?"), ("show", "pump"), ("build",), ("eval",)):
        code, out, err = kb(*command, cwd=broken)

        assert (code, out) == (1, ""), command
        assert "docs/valve.md:4:10: error[KB201" in err
        assert "error: 1 error in the pages" in err
        assert "help: kb check shows them" in err
        assert not (broken / "site").exists()


def test_a_folder_that_cannot_be_read_is_a_usage_error(folder: Path) -> None:
    """A folder that is not there, is a file, or has no pages gets one clear sentence."""
    (folder / "empty").mkdir()

    for name, said in (
        ("nowhere", "error: there is no folder nowhere"),
        ("docs/pump.md", "error: docs/pump.md is a file"),
        ("empty", "error: there is no page in empty"),
    ):
        for command in (("check",), ("ask", "pump?"), ("show", "pump"), ("build",), ("eval",)):
            code, out, err = kb(*command, "--docs-dir", name, cwd=folder)

            assert (code, out) == (2, ""), (command, name)
            assert err.startswith(said), (command, err)


def test_the_folder_is_found_through_mkdocs(folder: Path) -> None:
    """Without --docs-dir the docs_dir of the mkdocs.yml here is taken, else docs."""
    (folder / "docs").rename(folder / "pages")
    assert kb("check", cwd=folder)[0] == 2

    (folder / "mkdocs.yml").write_text("site_name: x\ndocs_dir: 'pages'  # here\n")
    code, out, _ = kb("check", cwd=folder)

    assert code == 0
    assert "2 pages" in out


def test_golden_questions_are_evaluated(folder: Path) -> None:
    """Right answers end with 0; an answer that is another than expected ends with 1."""
    code, out, _ = kb("eval", cwd=folder)
    assert code == 0
    assert out.splitlines() == [
        "golden: 1 question, 1 right (100.0%)",
        "  requirements: 1 listed, 0 without need (precision 100.0%)",
    ]

    page = folder / "docs" / "pump.md"
    page.write_text(page.read_text().replace('"yes"', '"no"'))
    code, out, err = kb("eval", "--verbose", cwd=folder)

    assert code == 1
    assert "wrong-verdict: no expected, was yes" in out
    assert err == "error: golden: right is 0, at least 1 is wanted\n"


def test_what_is_wrong_is_shown_by_kind_and_held_questions_without_their_names(
    folder: Path,
) -> None:
    """What was taken for what, and search beside it; held questions show when asked for."""
    asked = {"q": "Must the Pump Service be on each node?", "verdict": "no", "status": "answered"}
    (folder / "sets.jsonl").write_text(
        json.dumps({"id": "first", "tags": ["how"], **asked})
        + "\n"
        + json.dumps({"id": "secret", "tags": ["held"], **asked})
    )

    code, out, _ = kb("eval", "sets.jsonl", "--baseline", "--verbose", cwd=folder)
    named = kb("eval", "sets.jsonl", "--held", cwd=folder)[1]
    written = json.loads(kb("eval", "sets.jsonl", "--baseline", "--json", cwd=folder)[1])

    assert code == 1
    assert out.splitlines()[:11] == [
        "sets: 1 question, 0 right (0.0%)",
        "     1 wrong-verdict",
        "  verdict, expected as got: no as yes 1",
        "  intent, expected as got: how as yes-no 1",
        "  wrong by tag: how 1",
        "  held back: 1 question, 0 right (0.0%)",
        "       1 wrong-verdict",
        "    verdict, expected as got: no as yes 1",
        "  search alone, with its best threshold: 0 right (0.0%)",
        "       2 false-abstention",
        "  right by tag:",
    ]
    assert "      0 of   1  how, wrong-verdict 1" in out.splitlines()
    assert "secret" not in out
    assert "  secret  wrong-verdict" in named.splitlines()
    assert written["sets"]["confusion"]["verdict"] == {"no": {"yes": 1}}
    assert written["sets"]["baseline"]["questions"] == 2
    assert "secret" not in json.dumps(written)


def test_a_file_of_no_questions_is_told_in_few_lines(folder: Path) -> None:
    """A file of something else is refused with its first lines, not with all of them."""
    (folder / "letter.txt").write_text("Dear reader\n" * 30)

    code, out, err = kb("eval", "letter.txt", cwd=folder)

    assert (code, out) == (2, "")
    assert err.splitlines()[0] == "error: letter.txt:1: a JSON object is expected, on one line"
    assert err.splitlines()[-1] == "and 20 more"


def test_an_index_of_question_sets_has_a_committed_result(folder: Path) -> None:
    """The result is written on demand; later runs tell what became another outcome."""
    (folder / "questions.jsonl").write_text(
        '{"id": "a", "q": "Must the Pump Service be on each node?", "status": "answered"}\n'
    )
    (folder / "sets.toml").write_text('[pumps]\ndocs = "docs"\nquestions = "questions.jsonl"\n')

    assert kb("eval", "sets.toml", "--write", cwd=folder)[0] == 0
    assert json.loads((folder / "results.json").read_text())["pumps"]["outcomes"] == {"a": "right"}

    (folder / "questions.jsonl").write_text(
        '{"id": "a", "q": "Must the Pump Service be on each node?", "status": "not_covered"}\n'
    )
    code, _, err = kb("eval", "sets.toml", cwd=folder)
    assert (code, err) == (0, "pumps a: right -> invented\n")

    (folder / "sets.toml").write_text(
        '[pumps]\ndocs = "docs"\nquestions = "questions.jsonl"\nbounds = { invented = 0 }\n'
    )
    code, _, err = kb("eval", "sets.toml", cwd=folder)
    assert code == 1
    assert err.splitlines()[-1] == "error: pumps: invented is 1, at most 0 is wanted"


def test_rules_are_listed_and_explained() -> None:
    """Every finding of the check has a line, and an explanation by code or by name."""
    _, listed, _ = kb("rules")
    by_code = kb("rules", "kb201")

    assert "KB201  error    unknown-reference" in listed
    assert by_code[0] == 0
    assert by_code == kb("rules", "unknown-reference")
    assert by_code[1].startswith("KB201 unknown-reference (error)\n\n")
    assert kb("rules", "unknown-referense")[0] == 1
    known = json.loads(kb("rules", "--json")[1])
    assert [one["code"] for one in known] == sorted({one["code"] for one in known})
    assert all(one["explanation"] for one in known)


def test_the_schema_is_json() -> None:
    """Editors get the schema of the front matter."""
    code, out, _ = kb("schema")

    assert code == 0
    assert json.loads(out)["$schema"].endswith("2020-12/schema")


def test_a_site_is_built_into_a_folder_of_its_own(folder: Path) -> None:
    """A build works without a mkdocs.yml, again over itself, and never over other files."""
    for _ in range(2):
        code, out, err = kb("build", cwd=folder)
        assert (code, err) == (0, "")
        assert out.startswith("2 pages in ")
        assert (folder / "site" / "pump" / "index.html").is_file()

    (folder / "mine").mkdir()
    (folder / "mine" / "letter.txt").write_text("Dear reader")
    code, _, err = kb("build", "--site-dir", "mine", cwd=folder)

    assert code == 2
    assert "holds files that are no site" in err
    assert (folder / "mine" / "letter.txt").exists()


def test_a_configuration_that_mkdocs_cannot_use_is_told(folder: Path) -> None:
    """The site is built without it, and the reason stands beside the output."""
    (folder / "mkdocs.yml").write_text("site_name: x\ntheme: nosuch\n")

    code, out, err = kb("build", "--docs-dir", "docs", cwd=folder)

    assert code == 0
    assert out.startswith("2 pages in ")
    assert err.startswith("warning: MkDocs cannot use the mkdocs.yml beside docs;")
    assert "Unrecognised theme name: 'nosuch'" in err


def test_an_unknown_command_is_answered_with_the_nearest() -> None:
    """A misspelt command ends with 2 and names the one that was meant."""
    code, _, err = kb("chekc")

    assert code == 2
    assert "Did you mean 'check'" in err


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals on Windows")
def test_colour_is_for_terminals_alone(broken: Path) -> None:
    """A terminal gets colour unless NO_COLOR is set; a pipe gets no escape sequences."""
    assert "\x1b[" in on_terminal("check", cwd=broken)
    assert "\x1b[" not in on_terminal("check", cwd=broken, NO_COLOR="1")
    assert "\x1b[" not in kb("check", cwd=broken)[1]
    assert "\x1b[" not in kb("ask", "pump?", cwd=broken)[2]


def on_terminal(*arguments: str, cwd: Path, **environment: str) -> str:
    """Run `kb` on a terminal and return what it shows."""
    here, there = os.openpty()
    process = subprocess.Popen(
        [KB, *arguments],
        cwd=cwd,
        stdout=there,
        stderr=there,
        env={**os.environ, "TERM": "xterm-256color", **environment},
    )
    os.close(there)
    shown = b""
    while True:
        try:
            read = os.read(here, 65536)
        except OSError:  # Linux says so when the other side is closed
            read = b""
        if not read:
            break
        shown += read
    os.close(here)
    process.wait(timeout=30)
    return shown.decode()


def test_a_console_of_few_letters_is_enough(folder: Path) -> None:
    """What the encoding cannot hold is written in plain letters, and JSON stays UTF-8."""
    page = folder / "docs" / "pump.md"
    text = page.read_text("utf-8").replace("Lifts water", "Lifts water – naïvely, 水 “up”")
    page.write_text(text, encoding="utf-8")
    ascii_only = {"PYTHONIOENCODING": "ascii"}

    code, out, _ = kb("show", "pump", cwd=folder, environment=ascii_only)
    assert (code, out.splitlines()[1]) == (0, 'Lifts water - naively, ? "up".')
    code, out, _ = kb("show", "pump", "--json", cwd=folder, environment=ascii_only)
    assert json.loads(out)["role"] == "Lifts water – naïvely, 水 “up”."
    assert kb("--help", environment=ascii_only)[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise on Windows")
def test_a_reader_who_leaves_early_sees_no_traceback() -> None:
    """When the pipe is closed the command ends quietly, as others do."""
    process = subprocess.Popen(
        [KB, "rules", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()  # long before the first line is written

    assert process.stderr.read() == b""
    assert process.wait(timeout=30) == 141
    process.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="signals are otherwise on Windows")
def test_ctrl_c_ends_a_command(folder: Path) -> None:
    """A command that waits for its question is ended by Ctrl-C, with 130 and no traceback."""
    process = subprocess.Popen(
        [KB, "ask", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder
    )
    assert process.stdin is not None
    pipe = process.stdin.fileno()
    os.write(pipe, b" " * 64)
    unread = array("i", [64])
    end = time.monotonic() + 60
    while unread[0] and time.monotonic() < end:  # once they are read, it waits for more
        time.sleep(0.05)
        fcntl.ioctl(pipe, termios.FIONREAD, unread)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert b"Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="signals are otherwise on Windows")
def test_a_server_tells_what_it_does(folder: Path) -> None:
    """`kb serve` says where it answers, what it read and what became of a change."""
    process = subprocess.Popen(
        [KB, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        cwd=folder,
        text=True,
        env={**os.environ, "KB_DRAIN_SECONDS": "0"},
    )
    try:
        told = _until(process, "site built in ")
        assert any("serving http://127.0.0.1:" in line for line in told)
        assert any(re.match(r"content [0-9a-f]{7}, 1 component, in ", line) for line in told)

        page = folder / "docs" / "pump.md"
        page.write_text(page.read_text().replace("title: Pump", "titel: Pump"))
        told = _until(process, "what was served before still is")
        assert any("docs/pump.md:3:1: error" in line for line in told)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        rest = process.stderr.read()
        process.stderr.close()

    assert process.wait(timeout=30) == 0
    assert "Traceback" not in rest


def _until(process: subprocess.Popen[str], wanted: str) -> list[str]:
    """Return what a process says up to the line that has the wanted words."""
    assert process.stderr is not None
    lines: list[str] = []
    while not lines or wanted not in lines[-1]:
        lines.append(process.stderr.readline())
        assert lines[-1], lines
    return lines


def test_a_port_in_use_is_a_usage_error(folder: Path) -> None:
    """The address is named, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, _, err = kb("serve", "--port", port, cwd=folder)

    assert code == 2
    assert err.startswith(f"error: cannot listen on 127.0.0.1, port {port}: ")


def test_a_setting_that_cannot_be_used_is_a_usage_error(folder: Path) -> None:
    """The variable is named instead of a traceback."""
    code, _, err = kb("serve", "--port", "0", cwd=folder, environment={"KB_BASE_URL": "nonsense"})

    assert code == 2
    assert "KB_BASE_URL" in err
    assert "Traceback" not in err


def test_an_address_that_is_not_of_this_machine_is_a_usage_error(folder: Path) -> None:
    """Another address is asked for, not another port."""
    for host in ("192.0.2.1", "nowhere.invalid"):
        code, _, err = kb("serve", "--host", host, "--port", "0", cwd=folder)

        assert code == 2
        assert host in err.splitlines()[0]
        assert err.splitlines()[1].endswith("--host ADDRESS")


@pytest.mark.skipif(sys.platform == "win32", reason="numbers of files are those of POSIX")
def test_closed_streams_are_no_files_of_something_else() -> None:
    """A command without standard streams works, and nothing else gets their numbers."""
    code = (
        "import os, sys; [os.close(one) for one in range(3)]; from kb.cli import console;"
        "console.prepare_streams(); os._exit(os.open(os.devnull, os.O_RDONLY))"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)

    assert ended.returncode == 3
