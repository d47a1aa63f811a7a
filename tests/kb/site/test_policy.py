"""No page has a script or a style within it, so a server can forbid both."""

import re
from pathlib import Path

import pytest

from kb.site.build import build_site
from kb.site.policy import CONTENT_SECURITY_POLICY, InlineScripts
from tests.kb.site.built import MINIMAL, read_html


@pytest.mark.parametrize("name", ["reference_site", "k0_site"])
def test_no_page_has_a_script_or_a_style_within_it(
    name: str, request: pytest.FixtureRequest
) -> None:
    """Only data stand in a page; each script is a file of the site."""
    site: Path = request.getfixturevalue(name)
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        scripts = re.findall(r"<script\b([^>]*)>", html)
        assert [
            one for one in scripts if " src=" not in one and "application/json" not in one
        ] == [], page
        assert not re.search(r"<style\b|<[a-z]+\s[^>]*\sstyle=", html), page
        for address in (one for one in read_html(page).loaded if one != "data:,"):
            root = page.parent if page.name != "404.html" else site
            assert (root / address.lstrip("/")).is_file(), f"{page}: {address}"


def test_the_file_of_headers_has_the_policy(k0_site: Path, tmp_path: Path) -> None:
    """Hosts that read such a file send it; a project's own file is left alone."""
    assert CONTENT_SECURITY_POLICY in (k0_site / "_headers").read_text("utf-8")

    for name, text in (MINIMAL | {"_headers": "mine"}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    build_site(tmp_path, tmp_path.with_name("policy-site"))

    assert (tmp_path.with_name("policy-site") / "_headers").read_text("utf-8") == "mine"


def test_a_script_becomes_a_file_in_its_place() -> None:
    """The same script is one file, whichever pages it stands on; data stay where they are."""
    scripts = InlineScripts()
    data = '<script id="x" type="application/json">{}</script>'

    first = scripts.move_out(f"<p>a</p><script>run()</script>{data}", "./")
    second = scripts.move_out('<script type="module">run()</script>', "../../")

    [(address, code)] = scripts.files()
    assert code == "run()"
    assert first == f'<p>a</p><script src="./{address}"></script>{data}'
    assert second == f'<script type="module" src="../../{address}"></script>'


def test_the_policy_allows_nothing_within_a_page_and_no_other_host() -> None:
    """All sources are the site itself, or pictures written into style sheets."""
    sources = {one for part in CONTENT_SECURITY_POLICY.split("; ") for one in part.split()[1:]}

    assert sources == {"'none'", "'self'", "data:"}
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
