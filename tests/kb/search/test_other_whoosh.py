"""The adapter works with both releases of Whoosh, so that the pinned one can be exchanged."""

import os
import subprocess
import sys
from pathlib import Path

import whoosh

OTHER = Path(sys.prefix) / "other-whoosh"
HERE = Path(__file__).parent


def test_the_index_works_with_the_other_release_of_whoosh() -> None:
    """The tests of the search index pass with the release that is not the pinned one."""
    environment = {**os.environ, "PYTHONPATH": str(OTHER)}
    shown = subprocess.run(
        [sys.executable, "-c", "import whoosh; print(whoosh.__version__, whoosh.__file__)"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            HERE / "test_search_index.py",
            HERE / "test_whoosh_index.py",
        ],
        cwd=HERE.parents[2],
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )

    assert str(OTHER) in shown, "make install puts the other release there"
    assert str(whoosh.__version__) not in shown
    assert ended.returncode == 0, ended.stdout + ended.stderr
