"""The service where nothing can be written: as a container without rights runs it.

Namespaces of Linux stand in for the container: a read-only root, a user that nobody knows, no
capability, an empty environment, and so neither a home nor a folder for temporary files.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.running import K0, ROOT, SERVE, launched, until
from tests.api.test_telemetry import admin_of

USER = 12345
_BARE = f"""
mount --make-rprivate / && mount -o remount,bind,ro / || exit
mount -t tmpfs -o {{SHM}} none /dev/shm || exit
exec unshare --user --map-user={USER} --map-group={USER} \\
    setpriv --no-new-privs --inh-caps=-all --bounding-set=-all env -i PYTHONPATH={ROOT} "$@"
"""
_CANNOT_WRITE = """
import os, tempfile
from pathlib import Path
assert os.getuid() == {user}
assert "CapEff:\\t0000000000000000" in Path("/proc/self/status").read_text()
for place in {places}:
    try:
        Path(place, "written").write_text("")
    except OSError:
        continue
    raise SystemExit(f"{{place}} can be written to")
"""


def _bare(*command: str, shared_memory: str = "ro") -> list[str]:
    """Return a command that runs another where nothing can be written, but perhaps to memory."""
    unshare = shutil.which("unshare")
    assert unshare, "unshare is not there (util-linux)"
    script = _BARE.replace("{SHM}", shared_memory)
    return [unshare, "--map-root-user", "--mount", "sh", "-c", script, "sh", *command]


def _published(folder: Path) -> Path:
    """Return a folder of generations with one that is published."""
    kb = [sys.executable, "-m", "kb.cli"]
    store = folder / "generations"
    made = subprocess.run(
        [*kb, "build", "--docs-dir", str(K0), "--generation-dir", str(store)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    subprocess.run([*kb, "publish", made.stdout.strip()], cwd=ROOT, check=True)
    return store


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are those of Linux")
def test_it_serves_where_nothing_can_be_written(tmp_path: Path) -> None:
    """Site and API of a published generation, with the log on standard error, until it is ended."""
    store = _published(tmp_path)
    places = ["/tmp", "/var/tmp", "/dev/shm", str(tmp_path), str(store), str(ROOT)]
    probe = _CANNOT_WRITE.format(user=USER, places=places)
    seen = subprocess.run(
        _bare(sys.executable, "-c", probe), check=False, capture_output=True, text=True
    )
    assert seen.returncode == 0, (
        f"this machine does not let a process make namespaces of its own: {seen.stderr}"
    )

    served = _bare(
        *("env", "KB_LOG_FORMAT=json", "KB_ADMIN_PORT=0"), *SERVE, "--generation", str(store)
    )
    with launched(*served) as running, running.client() as client:
        until(lambda: client.get("/readyz").status_code == 200)
        replies = [client.get(path).status_code for path in ("/", "/components", "/ask?q=a")]
        assert replies == [200, 200, 200]
        assert client.get("/readyz").json()["status"] == "ready"
    assert running.process.returncode == 0

    assert any("clusterkb.request" in line for line in running.lines)
    assert not any("rror" in line for line in running.lines)


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are those of Linux")
@pytest.mark.parametrize("has_memory", [False, True])
def test_workers_count_where_only_memory_can_be_written(tmp_path: Path, has_memory: bool) -> None:
    """With a folder in memory they count together; without one that is told, and they serve."""
    store = _published(tmp_path)
    options = ("--generation", str(store), "--workers", "2", "--admin-port", "0")
    where = ["env", "PROMETHEUS_MULTIPROC_DIR=/dev/shm"] if has_memory else []
    command = _bare(*where, *SERVE, *options, shared_memory="rw,mode=1777" if has_memory else "ro")
    with launched(*command) as running, running.client() as client:
        until(lambda: client.get("/readyz").status_code == 200)
        until(lambda: any("metrics and probes" in line for line in running.lines))
        if has_memory:
            with admin_of(running) as admin:
                until(lambda: len(_processes(admin.get("/metrics").text)) == 2, 20)
    told = any("counts for one worker alone" in line for line in running.lines)
    assert told != has_memory


def _processes(exposition: str) -> set[str]:
    """Return the processes that are counted apart."""
    return set(re.findall(r'pid="([0-9]+)"', exposition))
