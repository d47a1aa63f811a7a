"""Switches each defence off, one at a time, and sees that its test goes red: `make defences`.

A defence whose test stays green without it is watched over by nobody. The list is defences.toml;
each is switched off in a copy of the project. Writes docs/project/defences.md; the exit code is 1
where a test stayed green, and nothing is written of defences that were not named.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "project" / "defences.md"
AT_ONCE = 3
MOST_SECONDS = 600
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info")
_BEGINNING = """---
answers: false
---

# Defences

A defence that no test misses may be gone tomorrow. `make defences` switches off each of these in a copy of the project, runs its test, and writes this page. What the letters and numbers of the threats mean: T, [threats](threats.md); F, faults such as a full disk or a kill; D, bad input. All tests were green with everything switched on.

| defence | against | where | test | switched off |
|---|---|---|---|---|
"""  # noqa: E501 - a paragraph is a line


@dataclass(frozen=True, slots=True)
class Defence:
    """Something that stands against something."""

    what: str
    threat: str
    file: str
    old: str
    """What stands in the file, once."""
    new: str
    """What is put in its place to switch the defence off."""
    test: str
    """A test for pytest, or several."""


def listed() -> Sequence[Defence]:
    """Return all defences of the list."""
    text = Path(__file__).with_suffix(".toml").read_text("utf-8")
    return [Defence(**one) for one in tomllib.loads(text)["defence"]]


def without(defence: Defence) -> str:
    """Return what became of the test of a defence that is switched off: red is well."""
    with tempfile.TemporaryDirectory(prefix="clusterkb-") as folder:
        copy = Path(shutil.copytree(ROOT, Path(folder) / "copy", ignore=_LEFT_OUT))
        file = copy / defence.file
        text = file.read_text("utf-8")
        if text.count(defence.old) != 1:
            return f"it stands {text.count(defence.old)} times in the file"
        file.write_text(text.replace(defence.old, defence.new), "utf-8")
        compile(file.read_text("utf-8"), file, "exec")  # so that red is not for bad Python
        return _run(copy, defence.test)


def _run(folder: Path, *given: str) -> str:
    """Return what became of some tests, given to pytest with perhaps some options."""
    command = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *given)
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "red: no end"
    if done.returncode == 0:
        return "green"
    return "red" if done.returncode == 1 else f"pytest ended with {done.returncode}"


def main() -> int:
    """Switch off the defences whose words hold what is asked for, or all, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.defences", description=__doc__)
    parser.add_argument("words", nargs="?", default="", help="part of what a defence is called")
    words = parser.parse_args().words
    defences = [one for one in listed() if words in one.what]
    tests = sorted({one.test for one in defences})
    if (usual := _run(ROOT, "-n", str(AT_ONCE), *tests)) != "green":
        sys.stdout.write(f"with everything switched on: {usual}\n")
        return 1
    seen: list[str] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for one, told in zip(defences, pool.map(without, defences), strict=True):
            seen.append(told)
            sys.stdout.write(f"{told}: {one.what}\n")
            sys.stdout.flush()
    if not words:
        rows = (
            f"| {one.what} | {one.threat} | `{one.file}` | `{one.test}` | {told} |\n"
            for one, told in zip(defences, seen, strict=True)
        )
        PAGE.write_text(_BEGINNING + "".join(rows), "utf-8")
    return 0 if all(told.startswith("red") for told in seen) else 1


if __name__ == "__main__":
    sys.exit(main())
