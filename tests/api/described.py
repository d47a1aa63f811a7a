"""The description of the service tried against the service, with requests made from it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CONFIG = Path(__file__).with_name("schemathesis.toml")


def tried(address: str, examples: int, seed: int, folder: Path, seconds: float) -> str:
    """Return what was found in the replies to requests made from the description; empty: nothing.

    All checks there are, in all phases: examples, the edges of each parameter, random values, and
    sequences of calls in which one takes what another gave. `examples`: how many random requests
    for each operation. Raises TimeoutExpired when it takes longer than `seconds`.
    """
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(CONFIG), "run", f"{address}/openapi.json"),
            *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful"),
            *("--max-examples", str(examples), "--seed", str(seed)),
            *("--generation-database", "none", "--no-color"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr
