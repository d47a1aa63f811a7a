"""One path for people and programs: the form of a reply follows Accept, a slash or a suffix."""

from __future__ import annotations

import httpx
import pytest

from api.negotiation import HTML, JSON, MARKDOWN, choose
from api.schemas.links import COLLECTIONS

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
PATH = "/components/backup-service"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/json", JSON),
        ("text/html, application/json", JSON),
        (BROWSER, HTML),
        ("text/html", HTML),
        ("text/markdown", MARKDOWN),
        ("text/*", MARKDOWN),
        ("text/html;q=0.5, text/markdown;q=0.6", MARKDOWN),
        ("TEXT/HTML;Q=1.0, */*;q=0.1", HTML),
        ("text/html;level=1;q=0.9, application/json;q=0.8", HTML),
        ("*/*;q=0.5, application/json;q=0", MARKDOWN),
        ("image/png", None),
        ("application/json;q=0", None),
        ("nonsense", JSON),
        (";;,,", JSON),
        ("text/html;q=2, application/json;q=0.5", HTML),
    ],
)
def test_the_offer_that_is_wanted_most_is_chosen(accept: str, chosen: str | None) -> None:
    """Quality decides, then the order of the offers; what cannot be read is passed over."""
    assert choose(accept, [JSON, MARKDOWN, HTML]) == chosen


def test_a_program_is_given_json(client: httpx.Client) -> None:
    """Without a preference the reply is JSON, and caches are told on what it depends."""
    reply = client.get(PATH)

    assert reply.headers["content-type"] == "application/json"
    assert "Accept" in reply.headers["vary"]
    assert reply.headers["cache-control"] == "no-cache"


def test_markdown_is_given_by_accept(client: httpx.Client) -> None:
    """Markdown has the title, the full sentences and links to the requirements."""
    reply = client.get(PATH, headers={"accept": "text/markdown"})

    assert reply.headers["content-type"] == "text/markdown; charset=utf-8"
    assert reply.text.startswith("# SQL Safe Backup Service\n")
    assert "Install the Backup Service on each node of the cluster." in reply.text
    assert "</components/backup-service/#each-node>" in reply.text


@pytest.mark.parametrize(
    ("path", "page"),
    [
        (PATH, "/components/backup-service/"),
        ("/components/agent", "/components/backup-service/"),
        ("/topologies/a%2Fa", "/topologies/active-active/"),
        ("/matrix", "/matrix/"),
    ],
)
def test_a_browser_is_sent_on_to_the_page(client: httpx.Client, path: str, page: str) -> None:
    """Where HTML is wanted most, the reply leads to the page, which is there."""
    reply = client.get(path, headers={"accept": BROWSER})

    assert reply.status_code == 303
    assert reply.headers["location"] == page
    assert "Accept" in reply.headers["vary"]
    assert client.get(page).headers["content-type"] == "text/html; charset=utf-8"


def test_a_path_with_a_slash_is_the_page_whatever_is_accepted(client: httpx.Client) -> None:
    """The page never negotiates."""
    reply = client.get(f"{PATH}/", headers={"accept": "application/json"})

    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert "<html" in reply.text


@pytest.mark.parametrize("accept", ["*/*", BROWSER, "image/png"])
def test_a_suffix_says_the_form_whatever_is_accepted(client: httpx.Client, accept: str) -> None:
    """`.json` and `.md` never negotiate, and give the same bytes as the negotiated reply."""
    as_json = client.get(f"{PATH}.json", headers={"accept": accept})
    as_markdown = client.get(f"{PATH}.md", headers={"accept": accept})

    assert as_json.content == client.get(PATH).content
    assert as_markdown.content == client.get(PATH, headers={"accept": "text/markdown"}).content
    assert as_json.headers["vary"] == "Accept-Encoding"
    assert as_markdown.headers["vary"] == "Accept-Encoding"


def test_the_whole_name_is_tried_before_a_suffix_is_cut_off(k0: httpx.Client) -> None:
    """A name that ends like a form is still found by it, and its own form by both."""
    names = [
        one["id"]
        for one in k0.get("/components").json()["items"]
        if k0.get(f"/components/{one['id']}.json").json()["id"] != one["id"]
    ]

    assert names == []


def test_nothing_acceptable_is_a_problem(client: httpx.Client) -> None:
    """Of no acceptable form, the forms that there are are told."""
    reply = client.get(PATH, headers={"accept": "image/png"})

    assert reply.status_code == 406
    assert reply.json()["type"] == "/problems/not-acceptable"
    assert reply.json()["candidates"] == [JSON, MARKDOWN, HTML]


def test_every_page_of_a_thing_is_where_its_value_says(client: httpx.Client) -> None:
    """`url` of every thing is a page of the site, and every requirement's anchor is on it."""
    for collection in COLLECTIONS.values():
        for item in client.get(f"/{collection}").json()["items"]:
            thing = client.get(item["self"]).json()
            page = client.get(thing["url"])
            assert page.status_code == 200, thing["url"]
            for requirement in thing.get("requirements", []):
                address, _, anchor = requirement["url"].partition("#")
                assert f'id="{anchor}"' in client.get(address).text, requirement["url"]
