"""Built sites: what is on them is right, and what must not be is not."""

import hashlib
import logging
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from kb.compiler import compile_folder
from kb.errors import CompilationError
from kb.site.build import SiteError, build_site, find_config
from kb.sources import GENERATED_PAGES
from tests.kb.site.built import K0, MINIMAL, ROOT, compiled, read_html

SITES = ("reference_site", "k0_site")
HOST = "http://site.invalid/"


def pages_of(site: Path) -> dict[str, Path]:
    return {path.parent.relative_to(site).as_posix(): path for path in site.rglob("index.html")}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> Path:
    built: Path = request.getfixturevalue(request.param)
    return built


def docs_of(site: Path) -> Path:
    return K0 / "docs" if (site / "components" / "arbiter").exists() else ROOT / "docs"


def test_every_anchor_that_is_cited_is_on_its_page(site: Path) -> None:
    """Requirements on their owner's page, and every section that our parser reads."""
    made = compile_folder(docs_of(site))
    assert made.catalog is not None
    pages = {path: set(read_html(file).ids) for path, file in pages_of(site).items()}
    drafts = {one.path for one in made.catalog.components.values() if one.status == "draft"}

    missing = [
        f"{one.path}#{one.id}"
        for one in made.catalog.requirements()
        if one.id not in pages[_folder(one.path)]
    ]
    missing += [
        f"{page.file.path}#{section.anchor}"
        for page in made.pages
        for section in page.body.sections
        if section.level and page.file.path not in drafts
        if section.anchor not in pages[_folder(page.file.path)]
    ]

    assert missing == []


def _folder(path: str) -> str:
    stem = path.removesuffix(".md")
    return re.sub(r"(^|/)(index|README)$", "", stem) or "."


def test_no_anchor_is_on_a_page_twice(site: Path) -> None:
    """Every id is unique on its page: a link to it can mean one place only."""
    for path, file in pages_of(site).items():
        ids = read_html(file).ids

        assert [one for one in set(ids) if ids.count(one) > 1] == [], path


def test_no_link_of_the_site_is_dead(site: Path) -> None:
    """Every link leads to a file of the site, and every fragment to an anchor on it."""
    pages = pages_of(site)
    ids = {path: set(read_html(file).ids) for path, file in pages.items()}
    dead: list[str] = []
    for path, file in pages.items():
        here = HOST if path == "." else f"{HOST}{path}/"
        for link in read_html(file).links:
            target = urlsplit(urljoin(here, link))
            if f"{target.scheme}://{target.netloc}/" != HOST:
                continue
            name = unquote(target.path).strip("/") or "."
            found = name in pages or (site / name).is_file()
            if not found or (target.fragment and unquote(target.fragment) not in ids[name]):
                dead.append(f"{path}: {link}")

    assert dead == []


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    """Pages, style sheets and scripts name no other host to load from."""
    for path, file in pages_of(site).items():
        foreign = [one for one in read_html(file).loaded if re.match(r"(https?:)?//", one)]
        assert foreign == [], path
    for sheet in site.rglob("*.css"):
        loaded = re.findall(r"(?:@import|url\()\s*[\"']?([^\"')]+)", sheet.read_text("utf-8"))
        assert [one for one in loaded if re.match(r"(https?:)?//", one)] == [], sheet


def test_no_page_has_a_script_of_others_or_a_handler(site: Path) -> None:
    """All scripts on a page are the theme's own and ours; no element has an event handler."""
    for path, file in pages_of(site).items():
        page = read_html(file)
        assert page.handlers == [], path
        assert not [
            one
            for one in page.loaded
            if one.endswith(".js") and not re.search(r"\bassets/(javascripts|kb)/", one)
        ]


def test_drafts_are_not_published(k0_site: Path) -> None:
    """A draft has no page, stands in no list and is no target of a link."""
    assert not (k0_site / "components" / "thumbnail-service").exists()
    for file in pages_of(k0_site).values():
        assert "Thumbnail Service" not in read_html(file).text


def test_a_topology_leads_to_all_that_is_asked_in_it(k0_site: Path) -> None:
    """Its page lists what is particular, and the matrix has the rest."""
    page = read_html(k0_site / "topologies" / "cell-ring" / "index.html")

    assert "../../matrix/" in page.links
    assert "All that is asked in it stands in the matrix." in page.text


def test_components_of_one_title_are_told_apart(k0_site: Path) -> None:
    """Where two products have a component of the same title, lists and navigation say whose."""
    text = read_html(k0_site / "components" / "index.html").text

    for name in ("Gatekeeper (Kelpline)", "Gatekeeper (Kelpvault)"):
        assert text.count(name) == 2, name
    assert "Lock Keeper (" not in text


def test_a_former_address_leads_to_the_page(k0_site: Path) -> None:
    """A page that was renamed is found where old links point to."""
    old = (k0_site / "components" / "robot-mover" / "index.html").read_text("utf-8")

    assert 'content="0; url=../tape-mover/"' in old


def test_the_docs_folder_is_left_as_it_was(tmp_path: Path) -> None:
    """Building writes nothing below the docs folder."""
    docs = tmp_path / "docs"
    shutil.copytree(K0 / "docs", docs)
    before = digest(docs)

    build_site(docs, tmp_path / "site")

    assert digest(docs) == before


def test_a_site_can_be_built_again_in_one_process(tmp_path: Path) -> None:
    """A second build from the same pages gives the same files, save for the date of the build."""
    sites = [tmp_path / "one", tmp_path / "two"]
    for site in sites:
        build_site(K0 / "docs", site, K0 / "mkdocs.yml")
    one, two = (digest(site) for site in sites)

    assert {name for name in one if one[name] != two.get(name)} <= {"sitemap.xml.gz"}


def test_any_folder_of_pages_becomes_a_site(tmp_path: Path) -> None:
    """Without a configuration and an index page there is a start page with the components."""
    docs = write(
        tmp_path / "pages",
        MINIMAL
        | {
            "deep/service.md": "---\ntype: component\ntitle: A & <b>\nsource: book\n"
            "requirements: none\n---\n"
        },
    )

    build_site(docs, tmp_path / "site")

    start = read_html(tmp_path / "site" / "index.html")
    assert "deep/service/" in start.links
    assert "A & <b>" in start.text
    assert (tmp_path / "site" / "matrix" / "index.html").is_file()
    assert (tmp_path / "site" / "deep" / "index.html").is_file()


def test_the_pages_that_links_may_name_are_made(k0_site: Path) -> None:
    """The check lets pages link to generated pages, and the site has exactly these at its root."""
    written = {path.name for path in (K0 / "docs").glob("*.md")}
    made = {f"{path.parent.name}.md" for path in k0_site.glob("*/index.html")}
    overviews = {f"{path.name}.md" for path in (K0 / "docs").iterdir() if path.is_dir()}

    assert made - written - overviews == set(GENERATED_PAGES)


def test_a_page_of_the_writer_is_never_replaced_by_one_of_ours(tmp_path: Path) -> None:
    """`matrix.md` or an index page that a writer has stays the writer's."""
    docs = write(tmp_path / "docs", MINIMAL | {"matrix.md": "# Mine\n", "index.md": "# Hello\n"})

    build_site(docs, tmp_path / "site")

    assert "Mine" in read_html(tmp_path / "site" / "matrix" / "index.html").text
    assert "Hello" in read_html(tmp_path / "site" / "index.html").text


def test_a_project_that_does_not_name_the_plugin_gets_its_facts(tmp_path: Path) -> None:
    """A configuration without `kb` is used as it is, and the facts are on the pages."""
    docs = write(tmp_path / "docs", MINIMAL)
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Mine\ntheme: mkdocs\n", encoding="utf-8")

    build_site(docs, tmp_path / "site", find_config(docs))

    page = read_html(tmp_path / "site" / "pair" / "index.html")
    assert "Two nodes." in page.text
    assert "Mine" in page.text


def test_the_configuration_beside_a_folder_is_found_if_it_is_about_it(tmp_path: Path) -> None:
    """A `mkdocs.yml` for another folder is none for this one; a broken one is told."""
    docs, other = write(tmp_path / "docs", MINIMAL), write(tmp_path / "other", MINIMAL)
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Mine\n", encoding="utf-8")

    assert find_config(docs) == config
    assert find_config(other) is None
    for broken, said in (("site_name: [", "parsing"), ("site_name: x\ntheme: nosuch\n", "nosuch")):
        config.write_text(broken, encoding="utf-8")
        with pytest.raises(SiteError, match=said):
            find_config(docs)


def test_links_follow_the_form_of_addresses_that_a_project_chose(tmp_path: Path) -> None:
    """With `use_directory_urls: false` pages are files, and every link says so."""
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\nuse_directory_urls: false\nplugins: [kb]\n", encoding="utf-8")

    build_site(K0 / "docs", tmp_path / "site", config, strict=True)

    links = read_html(tmp_path / "site" / "components" / "arbiter.html").links
    assert "../products/kelpvault.html" in links
    assert "lock-keeper.html#three-keepers" in links
    assert (tmp_path / "site" / "components" / "robot-mover.html").is_file()


@pytest.mark.parametrize(
    "base", sorted(path.parent for path in K0.parent.glob("*/docs")), ids=lambda one: one.name
)
def test_a_strict_build_complains_of_nothing(base: Path, tmp_path: Path) -> None:
    """Each knowledge base builds without a warning, with its own configuration or with ours."""
    build_site(base / "docs", tmp_path / "site", find_config(base / "docs"), strict=True)

    assert (tmp_path / "site" / "matrix" / "index.html").is_file()


def test_pages_that_a_project_leaves_out_are_no_targets_of_links(tmp_path: Path) -> None:
    """What `exclude_docs` names is not built, and facts name it without a link."""
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\nexclude_docs: resources/\nplugins: [kb]\n", encoding="utf-8")

    build_site(K0 / "docs", tmp_path / "site", config)

    page = read_html(tmp_path / "site" / "components" / "journal" / "index.html")
    assert "media pool" in page.text
    assert not [one for one in page.links if "resources/" in one]


def test_a_link_may_lead_to_a_requirement(tmp_path: Path) -> None:
    """MkDocs' own check of anchors knows those of the rendered facts."""
    head = "type: component\ntitle: X\nsource: book\nrequirements:\n  - {id: a, must: Run.}"
    page = f"---\n{head}\n---\n"
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: x\nvalidation: {anchors: warn}\nplugins: [kb]\n", encoding="utf-8"
    )
    guide = "# Guide\n\nSee [it](x.md#a).\n"
    docs = write(tmp_path / "docs", MINIMAL | {"x.md": page, "guide.md": guide})

    build_site(docs, tmp_path / "site", config, strict=True)

    assert "../x/#a" in read_html(tmp_path / "site" / "guide" / "index.html").links


def test_errors_keep_a_site_from_being_built(tmp_path: Path) -> None:
    """Pages with errors raise what was found, and the old site is left as it was."""
    docs = write(tmp_path / "docs", MINIMAL | {"x.md": "---\ntype: topology\n---\n"})
    old = write(tmp_path / "site", {"index.html": "old"})

    with pytest.raises(CompilationError) as caught:
        build_site(docs, old)

    assert [one.place.path for one in caught.value.diagnostics if one.is_error] == ["x.md"]
    assert digest(old).keys() == {"index.html"}


def test_warnings_do_not_keep_a_site_from_being_built(tmp_path: Path) -> None:
    """Even a strict build passes over what the check warns of: that is told, and no error."""
    found = compiled(MINIMAL).diagnostics
    assert found
    assert not [one for one in found if one.is_error]

    build_site(write(tmp_path / "docs", MINIMAL), tmp_path / "site", strict=True)

    assert (tmp_path / "site" / "index.html").is_file()


def test_what_mkdocs_refuses_is_told(tmp_path: Path) -> None:
    """An unusable configuration is an error of ours, with the reason."""
    docs = write(tmp_path / "docs", MINIMAL)
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\nplugins: [no-such-plugin]\n", encoding="utf-8")

    with pytest.raises(SiteError, match="no-such-plugin"):
        build_site(docs, tmp_path / "site", config)


def mkdocs(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_mkdocs_build_strict_names_file_line_and_column(tmp_path: Path) -> None:
    """A writer who builds with MkDocs itself is told the place of the error."""
    shutil.copytree(K0, tmp_path / "k0")
    page = tmp_path / "k0" / "docs" / "components" / "arbiter.md"
    page.write_text(page.read_text("utf-8").replace("kind:", "kimd:"), encoding="utf-8")

    ran = mkdocs("build", "--strict", cwd=tmp_path / "k0")

    assert ran.returncode == 1
    assert re.search(r"components/arbiter\.md:5:\d+: error", ran.stderr)
    assert not (tmp_path / "k0" / "site").exists()


def test_mkdocs_build_strict_passes_on_a_project_of_others(tmp_path: Path) -> None:
    """The four lines of a stranger's mkdocs.yml are enough."""
    shutil.copytree(K0, tmp_path / "k0")

    ran = mkdocs("build", "--strict", cwd=tmp_path / "k0")

    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "k0" / "site" / "components" / "arbiter" / "index.html").is_file()


def test_a_preview_shows_errors_and_drafts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """`mkdocs serve` goes on with broken pages and says on them what is wrong."""
    from_mkdocs = tmp_path / "k0"
    shutil.copytree(K0, from_mkdocs)
    site = preview(from_mkdocs, tmp_path / "one")
    assert "neither published" in read_html(site / "components/thumbnail-service/index.html").text

    page = from_mkdocs / "docs" / "components" / "arbiter.md"
    page.write_text(page.read_text("utf-8").replace("kind:", "kimd:"), encoding="utf-8")
    with caplog.at_level(logging.ERROR, logger="mkdocs"):
        site = preview(from_mkdocs, tmp_path / "two")

    broken = read_html(site / "components/arbiter/index.html").text
    other = read_html(site / "components/journal/index.html").text
    guide = read_html(site / "guides/rehearsing-a-takeover/index.html").text
    assert "This page has errors" in broken
    assert "components/arbiter.md:5" in broken
    assert "other pages have errors" in other
    assert "errors" not in guide
    assert "components/arbiter.md:5" in caplog.text


def test_a_change_in_a_preview_shows_on_every_page_that_names_it(tmp_path: Path) -> None:
    """A page that is built again brings its facts to the pages of others, and its links."""
    project = tmp_path / "k0"
    shutil.copytree(K0, project)
    page = project / "docs" / "components" / "journal.md"
    before = read_html(preview(project, tmp_path / "one") / "components" / "index.html").text
    title = re.sub(r"(?m)^title: .*$", "title: Ledger of Writes", page.read_text("utf-8"))
    page.write_text(re.sub(r"(?m)^# .*$", "", title), encoding="utf-8")

    site = preview(project, tmp_path / "two")

    assert "Ledger of Writes" not in before
    for path in ("components", "matrix", "glossary", "products/kelpvault"):
        assert "Ledger of Writes" in read_html(site / path / "index.html").text, path


def preview(project: Path, site: Path) -> Path:
    """Build as `mkdocs serve` does, without the server."""
    from mkdocs.commands.build import build
    from mkdocs.config.base import load_config

    config = load_config(str(project / "mkdocs.yml"), site_dir=str(site))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url=HOST)
    return site


HOSTILE = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def test_hostile_text_in_facts_is_only_shown(tmp_path: Path) -> None:
    """Markup in titles, sentences and descriptions reaches no page as markup."""
    quoted = HOSTILE.replace('"', '\\"')
    docs = write(
        tmp_path / "docs",
        MINIMAL
        | {
            "pair.md": f'---\ntype: topology\ntitle: "pair {quoted}"\nsummary: "{quoted}"\n---\n',
            "x.md": f'---\ntype: component\ntitle: x\nrole: "{quoted}"\nsource: book\n'
            f'requirements:\n  - id: a\n    must: "Run {quoted}"\n    why: "{quoted}"\n---\n',
        },
    )
    if compile_folder(docs).catalog is None:
        pytest.skip("the check refuses such text")

    build_site(docs, tmp_path / "site")

    for file in pages_of(tmp_path / "site").values():
        page = read_html(file)
        assert "alert(1)" not in "".join(page.scripts)
        assert page.handlers == []


def test_the_themes_plugin_lists_the_tags_of_pages(tmp_path: Path) -> None:
    """`tags` in the front matter of a typed page work as they do on any page."""
    tagged = MINIMAL["book.md"].replace("title:", "tags: [paper]\ntitle:")
    docs = write(tmp_path / "docs", MINIMAL | {"book.md": tagged, "tags.md": "# Tags\n"})
    plugins = "plugins:\n  - tags:\n      tags_file: tags.md\n  - kb\n"
    config = write(tmp_path, {"mkdocs.yml": f"site_name: T\ntheme:\n  name: material\n{plugins}"})

    build_site(docs, tmp_path / "site", config / "mkdocs.yml")

    assert "paper" in read_html(tmp_path / "site" / "tags" / "index.html").text
    assert "../book/" in read_html(tmp_path / "site" / "tags" / "index.html").links
