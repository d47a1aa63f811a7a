"""What can be typed behind the command, whatever the platform."""

from __future__ import annotations

import pytest

from api.chatops.command import WORDS, respond
from api.chatops.platform import Command
from api.chatops.reply import Reply
from api.schemas.links import Links
from kb import KnowledgeBase
from tests.api.running import DOCS, K0


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    """The project's own pages."""
    return KnowledgeBase.build(DOCS)


def said(knowledge: KnowledgeBase, text: str) -> Reply:
    return respond(knowledge, Links("https://kb.example.org/"), Command(text))


def whole(reply: Reply) -> str:
    return "\n".join([reply.lead, *(one.text for one in reply.lines)])


@pytest.mark.parametrize("text", ["backup service a/a", "backup svc A/A", "bkp service a-a"])
def test_a_component_and_a_topology_ask_what_must_be_done(
    knowledge: KnowledgeBase, text: str
) -> None:
    """Both alone are a question, in the words that people have for them."""
    reply = said(knowledge, text)
    asked = knowledge.ask("What must I do for the Backup Service in active-active?")

    told = [one.removeprefix("- ") for one in asked.answer.splitlines()]
    assert whole(reply).splitlines() == told
    assert "active-active" in reply.understood
    assert reply.links[0].address.startswith("https://kb.example.org/components/backup-service/#")


@pytest.mark.parametrize(
    "question",
    [
        "can the filter service be a clustered resource?",
        "must I configure failover for the backup service?",
        "list of components that need a cluster resource?",
        "plans for the moon?",
    ],
)
def test_a_question_gets_the_words_of_the_answer(knowledge: KnowledgeBase, question: str) -> None:
    """Chat says what `kb ask` says, line by line, and leads with the verdict."""
    reply = said(knowledge, question)
    answer = knowledge.ask(question)

    assert whole(reply).replace("- ", "") == answer.answer.replace("- ", "")
    assert reply.asked == question
    if answer.verdict in ("yes", "no"):
        assert reply.lead.lower().startswith(answer.verdict)


def test_nothing_typed_is_help(knowledge: KnowledgeBase) -> None:
    """The help names every word, and a question that can be sent."""
    for text in ("", "  ", "help", "HELP", "share", "share help"):
        reply = said(knowledge, text)
        assert all(word.form.split()[0] in whole(reply) for word in WORDS.values())
        assert reply.commands


def test_share_is_said_once_and_shows_it_to_all(knowledge: KnowledgeBase) -> None:
    """Without it nobody else sees an answer."""
    assert said(knowledge, "share backup service a/a").is_shared
    assert not said(knowledge, "backup service a/a").is_shared
    assert respond(knowledge, Links(), Command("help", is_shared=True)).is_shared
    assert said(knowledge, "share backup service a/a").asked == "backup service a/a"


def test_a_word_misspelt_leads_to_the_nearest(knowledge: KnowledgeBase) -> None:
    """`hlep` is no question."""
    assert said(knowledge, "hlep").commands == ("help",)
    assert said(knowledge, "serach").commands == ("search", "help")


def test_what_is_not_clear_comes_back_as_commands(knowledge: KnowledgeBase) -> None:
    """Each of them, sent as it is, is clear."""
    reply = said(knowledge, "is it required on both nodes?")

    assert len(reply.commands) == 8
    assert all(knowledge.ask(one).status != "clarify" for one in reply.commands)


def test_things_of_one_name_come_back_as_commands() -> None:
    """Where two products have a component of the same name, an id tells them apart."""
    knowledge = KnowledgeBase.build(K0)
    reply = said(knowledge, "must the gatekeeper run on each node?")

    assert len(reply.commands) == 2
    assert all(knowledge.ask(one).status != "clarify" for one in reply.commands)


def test_a_plan_is_the_plan(knowledge: KnowledgeBase) -> None:
    """Steps and prohibitions are those of `kb plan`, in its order; what is open, as commands."""
    reply = said(knowledge, "plan backup service, filter service in a/a nodes N1, N2")
    chosen = knowledge.select(
        components=["backup service", "filter service"], topology="a/a", nodes=["N1", "N2"]
    )
    steps = [step.text for one in knowledge.plan(chosen).sections for step in one.steps]
    places = [whole(reply).index(one) for one in steps]

    assert places == sorted(places)
    assert "Do not configure the Filter Service as a clustered resource." in whole(reply)
    assert reply.links[0].address.startswith("https://kb.example.org/planner/?product=")
    for one in reply.commands:
        again = said(knowledge, one)
        assert again.lead.startswith("Plan:")
        assert "Still to be decided:" not in whole(again)


@pytest.mark.parametrize(
    ("text", "told", "next_"),
    [
        ("plan", "Something is missing", "help"),
        (
            "plan bakup service in a/a",
            "did you mean backup-service or",
            "plan backup-service in a/a",
        ),
        ("plan zzz", "No component is called 'zzz'.", "help"),
        ("plan all in nowhere", "No topology is called 'nowhere'", "help"),
        ("search", "Something is missing", "help"),
        ("diff", "Something is missing", "diff from active-active to active-passive"),
        ("diff a/a to a/a", "the same topology", "help"),
        ("diff zzz from a/p to a/a", "No component is called 'zzz'.", "help"),
        ("search zzzzqqqq", "No passage was found.", None),
        ("x" * 2_001, "2000", "help"),
        ("what \ud800", "characters", "help"),
        ("what \x00", "", None),
    ],
)
def test_what_cannot_be_done_is_said(
    knowledge: KnowledgeBase, text: str, told: str, next_: str | None
) -> None:
    """A reply says what is the matter and what to send instead."""
    reply = said(knowledge, text)

    assert told in whole(reply)
    assert next_ is None or next_ in reply.commands
    assert not whole(reply).endswith("?.")


def test_a_difference_is_that_of_the_command_line(knowledge: KnowledgeBase) -> None:
    """`diff` compares topologies by any names, for a component or for everything."""
    for text in ("diff a/p to a/a", "diff from active-passive to A/A", "diff all from a/p to a/a"):
        assert said(knowledge, text).lead == (
            "SQL Safe Backup: from active-passive to active-active."
        )
    k0 = KnowledgeBase.build(K0)
    reply = said(k0, "diff arbiter from paired halls to stretched ring")
    diff = k0.diff("paired-halls", "stretched-ring", components=["arbiter"])
    for one in diff.differences:
        for side in (one.before, one.after):
            assert side is None or side.text in whole(reply)


def test_lists_and_passages_name_their_pages(knowledge: KnowledgeBase) -> None:
    """Each entry is a thing of the pages, each passage has its link."""
    listed = said(knowledge, "list topologies")
    found = said(knowledge, "search generic script")

    assert {"active-active", "active-passive"} <= {one.text.split(":")[0] for one in listed.lines}
    assert listed.links[0].address == "https://kb.example.org/topologies/"
    assert found.lead[0].isdigit()
    assert all(one.address.startswith("https://kb.example.org/") for one in found.links)
