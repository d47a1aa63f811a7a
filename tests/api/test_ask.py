"""/ask and /search: the engine's answers, as JSON."""

from __future__ import annotations

import httpx
import pytest

from kb import SCHEMA_VERSION, KnowledgeBase
from tests.api.running import DOCS

QUESTION = "what must I do for the Backup Service in an active-active cluster"
FIELDS = {
    "schema_version",
    "question",
    "status",
    "reason",
    "understood",
    "verdict",
    "parts",
    "answer",
    "components",
    "topology",
    "requirements",
    "citations",
    "candidates",
    "titles",
    "truncated",
    "content_version",
    "answer_id",
}


def test_an_answer_has_every_field(client: httpx.Client) -> None:
    """The whole shape is there, and nothing else; `replay` only where it is asked for."""
    answer = client.get("/ask", params={"q": QUESTION}).json()

    assert answer.keys() == FIELDS
    assert answer["schema_version"] == SCHEMA_VERSION
    assert answer["question"] == QUESTION
    assert answer["status"] == "answered"
    assert answer["topology"] == "active-active"


def test_http_says_what_the_engine_says(client: httpx.Client) -> None:
    """The reply renders the engine's answer and changes none of it."""
    answer = KnowledgeBase.build(DOCS).ask(QUESTION)
    reply = client.get("/ask", params={"q": QUESTION}).json()

    assert reply["answer"] == answer.answer
    assert reply["verdict"] == answer.verdict
    assert reply["answer_id"] == answer.answer_id
    assert reply["components"] == list(answer.components)
    assert [one["id"] for one in reply["requirements"]] == [one.ref for one in answer.requirements]


def test_an_answer_has_the_titles_of_what_it_names(client: httpx.Client) -> None:
    """No id of the answer has to be looked up to be shown."""
    question = "does the rest service need a cluster resource in active-active?"
    reply = client.get("/ask", params={"q": question}).json()

    named = {one["id"] for one in reply["understood"]["conditions"]} | {reply["topology"]}
    assert named | {"rest-service", "cluster-resource"} <= reply["titles"].keys()
    assert reply["titles"]["rest-service"] == "SQL Safe Rest Service"


def test_a_browser_is_sent_on_to_the_page_that_answers(client: httpx.Client) -> None:
    """The address of the service, opened by a person, leads to the page with the same question."""
    reply = client.get("/ask", params={"q": "a & b?"}, headers={"accept": "text/html,*/*;q=0.8"})

    assert reply.status_code == 303
    assert reply.headers["location"] == "/ask/?q=a+%26+b%3F"
    assert client.get(reply.headers["location"]).status_code == 200


def test_a_posted_question_has_the_same_answer(client: httpx.Client) -> None:
    """GET and POST give the same bytes."""
    assert (
        client.post("/ask", json={"q": QUESTION}).content
        == client.get("/ask", params={"q": QUESTION}).content
    )


def test_every_citation_leads_to_a_place_that_exists(client: httpx.Client) -> None:
    """The address of a citation is a page of the site with that anchor."""
    citations = client.get("/ask", params={"q": QUESTION}).json()["citations"]

    assert citations
    for one in citations:
        page, _, anchor = one["url"].partition("#")
        assert f'id="{anchor}"' in client.get(page).text


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("is it required on both nodes?", "clarify"),
        ("How do I upgrade my Kubernetes ingress?", "not_covered"),
        ("\U0001f600\U0001f600", "not_covered"),
        ("(((((", "not_covered"),
    ],
)
def test_having_no_answer_is_a_result(client: httpx.Client, question: str, status: str) -> None:
    """What the pages do not decide is told with 200, a status and a reason."""
    reply = client.get("/ask", params={"q": question})

    assert reply.status_code == 200
    assert reply.json()["status"] == status
    assert reply.json()["reason"]
    assert reply.json()["verdict"] is None


def test_an_answer_is_compared_with_an_expected_one(client: httpx.Client) -> None:
    """`replay` tells the same answer, another one, and one to other content apart."""
    expected = client.get("/ask", params={"q": QUESTION}).json()["answer_id"]
    other = expected[:-1] + ("0" if expected[-1] != "0" else "1")
    foreign = ("0" if expected[0] != "0" else "1") + expected[1:]
    replays = [
        client.get("/ask", params={"q": QUESTION, "expect": one}).json()["replay"]
        for one in (expected, other, foreign)
    ]

    assert replays == ["same", "differs", "other-content"]
    posted = client.post("/ask", json={"q": QUESTION, "expect": expected})
    assert posted.json()["replay"] == "same"


def test_the_same_question_in_other_characters_has_the_same_answer(client: httpx.Client) -> None:
    """Full width letters, zero width spaces, direction marks and ligatures do not matter."""
    plain = client.get("/ask", params={"q": "does the filter service need failover"}).json()
    for spelt in (
        "does the \uff46\uff49\uff4c\uff54\uff45\uff52 service need failover",
        "does the fil\u200bter ser\u202evice need failover",
        "\ufeffdoes the \ufb01lter service need failover",
    ):
        assert client.get("/ask", params={"q": spelt}).json()["answer_id"] == plain["answer_id"]


def test_a_search_finds_the_requirement_and_marks_the_words(client: httpx.Client) -> None:
    """The best hit has the words marked, and leads to its place and to the look-up."""
    result = client.get("/search", params={"q": "generic script", "type": "requirement"}).json()
    best = result["hits"][0]

    assert best["type"] == "requirement"
    assert best["self"] == "/components/filter-service"
    assert "".join(one["text"] for one in best["highlights"]["excerpt"]) == best["excerpt"]
    assert any(one["match"] for one in best["highlights"]["excerpt"])
    page, _, anchor = best["url"].partition("#")
    assert f'id="{anchor}"' in client.get(page).text


def test_the_pages_of_a_search_lead_to_each_other(client: httpx.Client) -> None:
    """Following `next` gives every hit once."""
    first = client.get("/search", params={"q": "service", "limit": 7})
    found = [one["url"] for one in first.json()["hits"]]
    reply = first
    while address := reply.links.get("next", {}).get("url"):
        reply = client.get(address)
        found += [one["url"] for one in reply.json()["hits"]]

    assert len(found) == first.json()["total"]
    assert len(set(found)) == len(found)


def test_a_search_counts_all_types_and_gives_the_wanted_ones(client: httpx.Client) -> None:
    """`type` narrows the hits, not the facets."""
    everything = client.get("/search", params={"q": "service"}).json()
    narrowed = client.get("/search", params={"q": "service", "type": "component, topology"}).json()

    assert narrowed["facets"] == everything["facets"]
    assert {one["type"] for one in narrowed["hits"]} <= {"component", "topology"}
    assert narrowed["total"] < everything["total"]


def test_a_misspelt_search_says_what_may_be_meant(client: httpx.Client) -> None:
    """An unknown word near a known one is a suggestion."""
    result = client.get("/search", params={"q": "generic scirpt"}).json()

    assert result["did_you_mean"] == "generic script"


@pytest.mark.parametrize("query", ["*", "a* b* c*", "[a TO zzzz]", "word~9", "(" * 1000, "*a*"])
def test_no_character_of_a_search_is_an_operator(client: httpx.Client, query: str) -> None:
    """What would be an expensive query elsewhere is plain text here."""
    reply = client.get("/search", params={"q": query})

    assert reply.status_code == 200
    assert reply.elapsed.total_seconds() < 2


def test_markup_in_a_question_stays_text(client: httpx.Client) -> None:
    """A question is echoed as JSON that no browser takes for a page."""
    reply = client.get("/ask", params={"q": "<script>alert(1)</script>"})

    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
