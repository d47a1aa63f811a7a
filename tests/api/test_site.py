"""Which files of a folder are the site."""

from __future__ import annotations

from pathlib import Path

from api.site import Site


def test_links_are_not_served(tmp_path: Path) -> None:
    """Neither a link to a file nor what stands in a folder that is a link."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("canary")
    root = tmp_path / "site"
    root.mkdir()
    (root / "page.txt").write_text("page")
    (root / "link.txt").symlink_to(outside / "secret.txt")
    (root / "same.txt").symlink_to("page.txt")
    (root / "folder").symlink_to(outside)

    site = Site.of(root)

    assert site.read("/page.txt").body == b"page"
    assert not any(site.has(one) for one in ("/link.txt", "/same.txt", "/folder/secret.txt"))
