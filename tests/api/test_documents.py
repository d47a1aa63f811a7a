"""What programs read is the same from the service and from files, byte for byte."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from api import documents
from api.site import MEDIA_TYPES
from kb.catalog import Catalog
from kb.cli.plugin import Plugin
from kb.compiler import compile_folder
from kb.site.build import build_site
from tests.api.running import DOCS, K0, ROOT

SITE_URL = "https://docs.example/cluster/"


def catalog_of(docs: Path) -> Catalog:
    made = compile_folder(docs).catalog
    assert made is not None
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fictional product, built for a path below the root of its host."""
    folder = tmp_path_factory.mktemp("documents")
    config = folder / "mkdocs.yml"
    config.write_text(
        f"site_name: x\nsite_url: {SITE_URL}\ntheme: {{name: material, font: false}}\n"
        "plugins: [search, kb]\n",
        encoding="utf-8",
    )
    build_site(K0, folder / "site", config, twins=documents)
    return folder / "site"


@pytest.mark.parametrize(("docs", "knowledge"), [(DOCS, "client"), (K0, "k0")])
def test_every_document_is_what_the_service_sends(
    docs: Path, knowledge: str, request: pytest.FixtureRequest
) -> None:
    """Address, bytes and media type: look-ups, lists, the table, and the lists for programs."""
    client: httpx.Client = request.getfixturevalue(knowledge)
    found = dict(documents.files(catalog_of(docs)))

    for path, content in found.items():
        reply = client.get(f"/{path}")
        assert reply.content == content, path
        assert reply.headers["content-type"] == MEDIA_TYPES[Path(path).suffix], path
    assert documents.WHOLE.keys() < found.keys()


def test_a_list_in_one_file_has_all_that_its_pages_have(k0: httpx.Client) -> None:
    """The items are those of the list that is asked for page by page."""
    whole = k0.get("/components.json").json()
    paged = k0.get("/components", params={"limit": 500}).json()

    assert whole["items"] == paged["items"]
    assert whole["total"] == whole["limit"] == len(whole["items"])


def test_a_document_answers_get_alone(client: httpx.Client) -> None:
    """Another method is refused with those that there are."""
    reply = client.post("/matrix.json")

    assert reply.status_code == 405
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.options("/matrix.json").status_code == 204
    assert client.head("/matrix.json").headers["etag"]


def test_the_site_has_every_document(built: Path) -> None:
    """All are in the folder, with addresses below the path of the site; drafts are not."""
    for path, content in documents.files(catalog_of(K0), "/cluster/"):
        assert (built / path).read_bytes() == content, path

    arbiter = json.loads((built / "components/arbiter.json").read_bytes())
    assert arbiter["url"] == "/cluster/components/arbiter/"
    assert not (built / "components/thumbnail-service.json").exists()
    assert "Thumbnail" not in (built / "llms-full.txt").read_text("utf-8")


def test_the_plugin_that_projects_load_writes_documents() -> None:
    """`mkdocs build` alone gives them too: the plugin's entry point is the one that has them."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")

    assert f'kb = "{Plugin.__module__}:{Plugin.__name__}"' in project
    assert Plugin.twins is documents


def test_a_page_leads_to_its_other_forms(built: Path) -> None:
    """Each page of a thing, each list and the matrix name files that are there."""
    led = 0
    for file in built.rglob("index.html"):
        text = file.read_text("utf-8")
        for href in re.findall(r'<link rel="alternate " type="[a-z/]+" href="([^"]+)"', text):
            assert (file.parent / href).is_file(), (file, href)
            led += 1

    assert led > 2 * len(catalog_of(K0).components)
    assert 'href="../components.json"' in (built / "components/index.html").read_text("utf-8")
    assert 'href="../matrix.json"' in (built / "matrix/index.html").read_text("utf-8")


def test_the_list_for_programs_leads_to_documents(built: Path) -> None:
    """Every link of llms.txt is relative and leads to a file of the site."""
    links = re.findall(r"\]\(<?([^)>]+)>?\)", (built / "llms.txt").read_text("utf-8"))

    assert len(links) > 20
    assert [one for one in links if not (built / one).is_file()] == []


def test_the_site_map_has_every_page_once(built: Path) -> None:
    """Its addresses are absolute; drafts, former addresses and files to print are not in it."""
    tree = ElementTree.parse(built / "sitemap.xml")
    found = [str(one.text) for one in tree.iter() if one.tag.endswith("}loc")]
    pages = {
        SITE_URL if at == "." else f"{SITE_URL}{at}/"
        for file in built.rglob("index.html")
        for at in [file.parent.relative_to(built).as_posix()]
        if "http-equiv" not in file.read_text("utf-8") and not at.startswith("plans/")
    }

    assert len(found) == len(set(found))
    assert set(found) == pages


def test_a_file_of_the_writers_is_not_replaced(tmp_path: Path) -> None:
    """Whoever writes an llms.txt has it on the site."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "llms.txt").write_text("ours\n", encoding="utf-8")
    (docs / "index.md").write_text("# Hello\n", encoding="utf-8")

    build_site(docs, tmp_path / "site", twins=documents)

    assert (tmp_path / "site/llms.txt").read_text("utf-8") == "ours\n"
    assert json.loads((tmp_path / "site/components.json").read_bytes())["items"] == []
