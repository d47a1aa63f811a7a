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


def test_pages_that_a_script_makes_ask_for_all_its_modules_at_once(reference_site: Path) -> None:
    """Each file that the module needs is named in the page, and no other page names it."""
    for folder, name in (("planner", "planner.js"), ("ask", "ask.js"), ("matrix", None)):
        page = (reference_site / folder / "index.html").read_text("utf-8")
        named = re.findall(r'rel="modulepreload" href="\.\./([^"]+)"', page)

        assert named == (list(assets.modules(name)) if name else [])
        for address in named:
            script = (reference_site / address).read_text("utf-8")
            imports = re.findall(r'from "\./([^"]+)"', script)
            assert {f"assets/kb/{one}" for one in imports} <= set(named)
