"""The command `kb` where there is no room: a real file system in memory that is too small."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb import GenerationStore, KnowledgeBase
from tests.api.running import K0, ROOT

_SMALL = """
mount -t tmpfs -o size={size} none {place} || exit 9
"$0" -m kb.cli "$@"; code=$?
ls -A {place}/generations 2>/dev/null
exit $code
"""


def _without_room(place: Path, size: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `kb` while a folder is a file system of its own, of this size."""
    place.mkdir()
    unshare = shutil.which("unshare")
    assert unshare, "unshare is not there (util-linux)"
    script = _SMALL.format(size=size, place=place)
    return subprocess.run(
        [unshare, "--map-root-user", "--mount", "sh", "-c", script, sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _told(place: Path) -> list[str]:
    return [
        f"error: {place}: No space left on device",
        "help: make room there, or name another folder",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are those of Linux")
@pytest.mark.parametrize("size", ["12k", "2m"])  # too small for the catalog, and for the site
@pytest.mark.parametrize("option", ["--site-dir", "--generation-dir"])
def test_a_build_names_the_folder_that_is_full(tmp_path: Path, option: str, size: str) -> None:
    """What is told is where there is no room, not the file that was being copied there."""
    place = tmp_path / "small"
    target = place / "generations"
    given = ("--docs-dir", str(K0), option, str(target))
    ended = _without_room(place, size, "build", *given)

    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.splitlines() == _told(target)
    if option == "--generation-dir":
        assert ended.stdout == ".building\n"


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are those of Linux")
def test_publishing_names_the_folder_that_is_full(tmp_path: Path) -> None:
    """A generation that is copied to a full disk leaves nothing there."""
    store = GenerationStore(tmp_path / "built")
    built = store.root / store.add(KnowledgeBase.build(K0).save)
    target = tmp_path / "small" / "generations"
    given = (str(built), "--generation-dir", str(target))
    ended = _without_room(target.parent, "32k", "publish", *given)

    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.splitlines() == _told(target)
    assert ended.stdout == ".building\n"
