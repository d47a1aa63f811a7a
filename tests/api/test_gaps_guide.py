"""The guide to unanswered questions does what it says: its own lines, in a shell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from api.gaps.store import Store
from tests.api.running import DOCS, K0, ROOT, serving, until

GUIDE = (DOCS / "guides" / "gaps.md").read_text("utf-8")
BLOCKS = re.findall(r"```bash\n(.*?)```", GUIDE, re.DOTALL)
TOKEN = "t" * 40


def test_the_guide_can_be_followed(tmp_path: Path) -> None:
    """From the first question to a page to begin with, here and with a token from afar."""
    starting = [one for one in BLOCKS if "kb serve" in one]
    following = [one for one in BLOCKS if "kb serve" not in one]
    settings = dict(re.findall(r"(KB_\w+)=(\S+)", "".join(starting)))
    file = settings["KB_GAPS_URL"].replace("sqlite:///", f"sqlite:///{tmp_path}/")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    said: list[str] = []
    with serving(K0, **{**settings, "KB_GAPS_URL": file}, KB_GAPS_TOKEN=TOKEN) as running:
        for block in following:
            line = block.replace("sqlite:///gaps.db", file).replace(
                "KB_GAPS_TOKEN=...", f"KB_GAPS_TOKEN={TOKEN}"
            )
            line = line.replace("http://127.0.0.1:8000", running.address)
            line = line.replace("https://kb.example.org", running.address)
            ended = subprocess.run(
                ["/bin/sh", "-ec", line], cwd=ROOT, env=environment, capture_output=True, text=True
            )
            assert ended.returncode == 0, (line, ended.stderr)
            said.append(ended.stdout)
            until(lambda: bool(Store(file).rows()))

    asked, near, far, draft = said
    assert '"not_covered"' in asked
    assert "1. which port does the zanzibarite use\n" in near
    assert near == far
    assert 'ask: "Which port does the zanzibarite use?"' in draft
