"""Texts that try to run a script do nothing in a browser that would let them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from kb.site.build import build_site
from kb.site.policy import CONTENT_SECURITY_POLICY
from tests.browser.conftest import served
from tests.kb.site.vectors import harmless

pytestmark = pytest.mark.browser

NO_POLICY = ""
IN_FRAMES = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-src 'self'")
"""The policy, save that the test can look at several pages at once."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of all that the check lets through, and one page that the check never saw."""
    place = tmp_path_factory.mktemp("vectors")
    (place / "docs").mkdir()
    for name, page in harmless().items():
        (place / "docs" / name).write_text(page, encoding="utf-8")
    build_site(place / "docs", place / "site")
    control = "<script>boom()</script><img src=x onerror=boom()><a href=javascript:boom()>x</a>"
    (place / "site" / "blank.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    (place / "site" / "control.html").write_text(control, encoding="utf-8")
    return place / "site"


def looked_at(browser: Browser, folder: Path, pages: list[str], policy: str) -> Any:
    """Show pages in frames; return which ran a script, and what would run one."""
    with served(folder, policy) as address, browser.new_context() as context:
        page = context.new_page()
        page.add_init_script("window.boom = () => { (top.ran ??= []).push(location.pathname) }")
        page.goto(f"{address}blank.html")
        return page.evaluate(_LOOK, pages)


def test_nothing_runs_even_without_a_policy(browser: Browser, folder: Path) -> None:
    """No page runs what it shows, has a handler, or a link to a script."""
    pages = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("index.html"))]
    assert len(pages) > 30

    assert looked_at(browser, folder, pages, NO_POLICY) == {"ran": [], "could": []}


def test_what_would_run_is_noticed_and_the_policy_forbids_it(
    browser: Browser, folder: Path
) -> None:
    """Such markup in a page runs without the policy, and with it does nothing."""
    without = looked_at(browser, folder, ["control.html"], NO_POLICY)
    under = looked_at(browser, folder, ["control.html"], IN_FRAMES)

    assert without["ran"] == ["/control.html", "/control.html"]
    assert len(without["could"]) == 2
    assert under["ran"] == []


# Frames are shown a few at a time; a handler for a missing picture runs after the page has loaded.
_LOOK = """async (pages) => {
  const could = [];
  const show = (address) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.addEventListener("load", () => setTimeout(() => {
      for (const one of frame.contentDocument.querySelectorAll("*")) {
        for (const { name, value } of one.attributes) {
          const script = /^(javascript|vbscript|data):/i.test(value.replace(/[\\s\\0]/g, ""));
          const leads = /href|src|action/.test(name) && value !== "data:,"; // no picture at all
          if (name.startsWith("on") || (script && leads)) {
            could.push(`${address}: ${name}=${value}`);
          }
        }
      }
      frame.remove();
      done();
    }, 150));
    frame.src = `/${address}`;
    document.documentElement.append(frame);
  });
  for (let at = 0; at < pages.length; at += 10) {
    await Promise.all(pages.slice(at, at + 10).map(show));
  }
  return { ran: window.ran ?? [], could };
}"""
