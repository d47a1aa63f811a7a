"""Style sheets and scripts as they stand in a built site."""

from __future__ import annotations

import re
from pathlib import Path

from kb.site import assets

WRITTEN = Path(assets.__file__).parent / "assets" / "css"


def test_the_style_sheet_has_all_rules_and_no_comments() -> None:
    """Readers are not sent what only writers read; each selector and value arrives."""
    sent = dict(assets.files())[assets.STYLESHEET]

    assert "/*" not in sent
    assert not re.search(r"^\s|\n\n", sent, re.MULTILINE)
    for sheet in WRITTEN.glob("*.css"):
        rules = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        assert "".join(rules.split()) in "".join(sent.split()), sheet.name
