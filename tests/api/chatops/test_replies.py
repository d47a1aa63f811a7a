"""What a reply looks like on each platform: within its limits, by its own models, and inert."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from slack_sdk.models.blocks import Block

from api.chatops import discord, mattermost, slack, teams
from api.chatops.command import respond
from api.chatops.fitting import size
from api.chatops.platform import Command, Platform
from api.chatops.reply import Line, Link, Reply
from api.schemas.links import Links
from kb import KnowledgeBase
from tests.api.chatops import signing, structures
from tests.api.running import K0

GOLDEN = Path(__file__).parent / "golden"
LINKS = Links("https://kb.example.org/clusters/")
PLATFORMS: Mapping[str, Platform] = {
    "slack": slack.Slack([signing.SLACK], "cluster"),
    "teams": teams.Teams([signing.TEAMS], "cluster"),
    "mattermost": mattermost.Mattermost([signing.MATTERMOST], "cluster"),
    "discord": discord.Discord([signing.DISCORD], "cluster"),
}
SAID = {
    "answered": "Arbiter in paired halls",
    "yes": "must the ingest service be installed on each node?",
    "no": "must a tape lease be requested for the ingest service?",
    "depends": "must the arbiter be registered as the tie-breaker?",
    "clarify": "must the gatekeeper run on each node?",
    "not-covered": "How do I run Kubernetes?",
    "shared": "share Ingest Service",
    "help": "help",
    "plan": "plan ingest service, journal in paired halls nodes NORTH, SOUTH",
    "unknown": "plan ingest servise in paired halls",
    "search": "search journal volume",
    "list": "list topologies",
    "diff": "diff arbiter from paired halls to stretched ring",
}
"""Kind of reply -> what is typed."""
MENTIONS = [
    *("@here", "@channel", "@everyone", "@all", "<!here>", "<!channel>", "<!everyone>"),
    *("<!here|here>", "<!subteam^S1>", "<!subteam^S1|x>", "<@U123>", "<@!123>", "<@&123>"),
    *("<#C123>", "<#123>", "<#C1|general>", "@U123", "@admin", "~town-square", "<at>Ann</at>"),
    *("<https://evil.example|x>", "<mailto:a@evil.example|x>", "[x](https://evil.example)"),
    *("![x](https://evil.example/a.png)", "https://evil.example", "http://evil.example/a?b=c"),
    *("www.evil.example", "mailto:a@evil.example", "HTTPS://EVIL.EXAMPLE", "a@evil.example"),
    *("`@here`", "```@here```", "` @here", "\\@here", "\\<!here>", "&lt;!here&gt;", "&#64;here"),
    *("@\u200bhere", "@\u202ehere", "\u202e@here", "\uff20here", "@h\u00adere", "@here\u0007"),
    *("**@here**", "_@here_", "~~@here~~", "||@here||", "> @here", "# @here", "- @here"),
    *("<t:1:R>", "<:x:123>", "<a:x:123>", "</x:123>", "<id:customize>", "discord://x", "@@here"),
    *("slack://channel?id=1", "<!date^1^{date}|x>", "*bold* _it_ ~no~", "| a | b |", "<<!here>>"),
    *("&<!here>", "@here.", "(@here)", "x@here", "@here@channel", "<@U1><@U2>", "<! here>"),
    *("<b>x</b>", "<script>x</script>", "<img src=x>", "javascript:alert(1)", "[x]: https://e.x"),
    *("<@U123|ann>", "<!channel|@channel>", "@group", "@online", "@team", "@moderators"),
    *("\n@here", "\r\n> @here", "a\t@here", "<#!1>", "<@\u200bU1>", "<\u200b!here>"),
    *("{{mention}}", "${x}", "%{x}", "<at id=0>x</at>", "mention:U1", "@\ufeffhere", "<at/>"),
    *("<@W1>", "<@everyone>", "<!everyone|x>", "@site-admin", "\uff1c!here\uff1e"),
    *("@here,@all", "http:/\u200b/evil.example", "tel:1", "file:///etc/passwd", "@1"),
]  # fmt: skip
"""At least a hundred ways to call somebody, or to lead somebody elsewhere."""
ZERO = "\u200b"


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    """A knowledge base that the code has nothing of."""
    return KnowledgeBase.build(K0)


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("name", PLATFORMS)
def test_each_reply_is_as_it_was(knowledge: KnowledgeBase, name: str, kind: str) -> None:
    """Every platform and kind of reply has a file; UPDATE_GOLDEN=1 writes it anew."""
    reply = respond(knowledge, LINKS, Command(SAID[kind]))
    payload = json.dumps(PLATFORMS[name].to_payload(reply), indent=1, ensure_ascii=False)
    written = re.sub(r"content [0-9a-f]{7}", "content 0000000", payload) + "\n"
    file = GOLDEN / name / f"{kind}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written, "utf-8")

    assert written == file.read_text("utf-8")


def replies(knowledge: KnowledgeBase) -> Iterator[Reply]:
    """Yield replies of all kinds, and such as are much too long, of letters that grow."""
    for said in SAID.values():
        yield respond(knowledge, LINKS, Command(said))
    yield respond(knowledge, Links("/"), Command("Arbiter in paired halls"))
    yield respond(knowledge, LINKS, Command("share all services in cell ring"))
    for letters in ("<&>", "*_~`|", "\U0001f600", "a. ", "\\[](", "@here "):
        text = letters * 5_000
        yield Reply(
            asked=text,
            understood=text,
            lead=text,
            lines=tuple(Line(text, "item") for _ in range(50)),
            links=tuple(Link(text, f"https://kb.example.org/{n}") for n in range(50)),
            commands=tuple(f"{n}{text}" for n in range(50)),
            more=Link(text, "https://kb.example.org/all"),
            note=text,
        )
        many = tuple(Line(letters * 9, "item") for _ in range(2_000))
        yield Reply(lead=letters, lines=many)
    yield Reply(lead="x")


def test_slack_replies_are_block_kit(knowledge: KnowledgeBase) -> None:
    """Slack's own models accept every block, and all limits are kept."""
    for reply in replies(knowledge):
        payload = PLATFORMS["slack"].to_payload(reply)
        blocks = payload["blocks"]
        parsed = Block.parse_all(blocks)
        assert len(parsed) == len(blocks) <= 50
        for block, raw in zip(parsed, blocks, strict=True):
            block.validate_json()
            assert block.to_dict() == raw
        texts = [one for block in blocks for one in [block.get("text"), *block.get("elements", [])]]
        for block in blocks:
            most = slack.MOST_HEADER if block["type"] == "header" else slack.MOST_SECTION
            if "text" in block:
                assert 1 <= size(block["text"]["text"]) <= most
        assert sum(size(one["text"]) for one in texts if one) <= 13_000
        assert size(payload["text"]) <= slack.MOST_SECTION


def test_discord_replies_keep_its_structure(knowledge: KnowledgeBase) -> None:
    """Fields, sizes and numbers are those of Discord's reference."""
    for reply in replies(knowledge):
        payload = PLATFORMS["discord"].to_payload(reply)
        jsonschema.validate(payload, structures.DISCORD)
        data: dict[str, Any] = payload["data"]
        assert data.get("flags") == (None if reply.is_shared else 64)
        (embed,) = data["embeds"]
        told = [data["content"], embed["description"], embed.get("footer", {"text": ""})["text"]]
        fields = [one for field in embed["fields"] for one in (field["name"], field["value"])]
        most = (discord.MOST_CONTENT, discord.MOST_DESCRIPTION, discord.MOST_FIELD)
        assert all(size(one) <= limit for one, limit in zip(told, most, strict=True))
        assert all(size(one) <= discord.MOST_FIELD for one in fields)
        assert sum(size(one) for one in (*told[1:], *fields)) <= discord.MOST_EMBEDS


def test_mattermost_replies_fit_in_a_post(knowledge: KnowledgeBase) -> None:
    """The text is within the length of a post, and Slack's notation is not read in it."""
    for reply in replies(knowledge):
        payload = PLATFORMS["mattermost"].to_payload(reply)
        assert payload.keys() == {"response_type", "text", "skip_slack_parsing"}
        assert payload["skip_slack_parsing"] is True
        assert 1 <= size(payload["text"]) <= mattermost.MOST_TEXT
        shared = "in_channel" if reply.is_shared else "ephemeral"
        assert payload["response_type"] == shared


def test_teams_replies_are_cards(knowledge: KnowledgeBase) -> None:
    """A card has only elements and fields of the published schema, and fits in a message."""
    for reply in replies(knowledge):
        payload = PLATFORMS["teams"].to_payload(reply)
        jsonschema.validate(payload, structures.TEAMS)
        written = json.dumps(payload, ensure_ascii=False).encode("utf-16-le")
        assert len(written) <= 2 * teams.MOST_BYTES


def strings(value: Any) -> Iterator[str]:
    """Yield every text in a payload."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def marked(name: str, payload: Any) -> Iterator[str]:
    """Yield the texts that the platform reads markup in."""
    if name == "slack":
        yield payload["text"]
        for block in payload["blocks"]:
            for one in [block.get("text"), *block.get("elements", [])]:
                if one:
                    assert one["type"] == "plain_text" or one["verbatim"] is True
                    yield one["text"]
    else:
        embeds = payload.get("data", {}).get("embeds", [])
        for embed in embeds:  # a footer has no markup, and mentions nobody
            assert not live("teams", embed.get("footer", {"text": ""})["text"])
        bare = [{key: one[key] for key in one if key != "footer"} for one in embeds]
        shown = {**payload["data"], "embeds": bare} if embeds else payload
        yield from strings(shown)


def live(name: str, text: str) -> list[str]:
    """Return what in a text would call or lead somebody: by each platform's rules, and broadly."""
    own = re.sub(r"<?https://kb\.example\.org/[^\s>|)]*(\|[^<>]*>|>)?", "", text)
    own = own.replace("http://adaptivecards.io/schemas/adaptive-card.json", "")
    own = re.sub(r"^@cluster ", "", own)
    if name in ("mattermost", "discord"):
        text = re.sub(r"`[^`\n]*`", "", text)  # code, in which links are none
    found = re.findall(r"@(?=[\w.!&-])|\w://|\bwww\.|mailto:(?=\w)", own, re.IGNORECASE)
    if name == "slack":
        found += re.findall(r"<", own)
    elif name != "teams":
        found += re.findall(r"<(?=[^\u200b\s])", own)
    if name in ("mattermost", "discord"):
        found += re.findall(r"(?<!\\)\]\((?!<?https://kb\.)", text)
    return found


def test_there_are_a_hundred_ways_to_call_somebody() -> None:
    """The list of hostile texts is long, and each of them would be found if it stood there."""
    assert len(set(MENTIONS)) >= 100
    assert live("slack", "<!here>")
    assert live("discord", "@everyone")
    assert live("mattermost", "see https://evil.example")


@pytest.mark.parametrize("name", PLATFORMS)
def test_hostile_text_is_inert(knowledge: KnowledgeBase, name: str) -> None:
    """Whoever types it, and even where a page says it, nobody is called and nothing is linked."""
    for text in MENTIONS:
        typed = [
            respond(knowledge, LINKS, Command(said))
            for said in (
                text,
                f"share {text} arbiter {text}",
                f"plan {text}",
                f"search {text}",
                f"arbiter in {text}",
                f"list {text}",
            )
        ]
        page = Reply(
            asked=text,
            understood=text,
            lead=text,
            lines=(Line(text), Line(text, "item"), Line(text, "head")),
            links=(Link(text, "https://kb.example.org/x"), Link(text)),
            commands=(text,),
            more=Link(text, "https://kb.example.org/x"),
            note=text,
        )
        for reply in (*typed, page):
            for said in marked(name, PLATFORMS[name].to_payload(reply)):
                assert not live(name, said), (text, said)


def test_a_long_answer_is_cut_at_a_sentence_and_leads_to_the_page() -> None:
    """What does not fit ends with a whole sentence, and the first link shows all of it."""
    sentence = "This is a sentence of the page that somebody has to read. "
    long = tuple(Line(sentence * 5, "item") for _ in range(200))
    whole = Link("The whole answer", "https://kb.example.org/ask?q=x")
    reply = Reply(
        lead="Yes.", lines=long, more=whole, links=(Link("P", "https://kb.example.org/p"),)
    )

    for name, platform in PLATFORMS.items():
        text = "\n".join(marked(name, platform.to_payload(reply)))
        ends = re.findall(r"(\w+\W?) …", text)
        assert ends, name
        assert set(ends) == {"read."}, name
        assert text.index("/ask?q=x") < text.index("kb.example.org/p"), name


def test_without_an_address_pages_are_named(knowledge: KnowledgeBase) -> None:
    """Where the service knows only a path of its own, there is no broken link."""
    for name, platform in PLATFORMS.items():
        payload = platform.to_payload(respond(knowledge, Links("/kb/"), Command("arbiter")))
        text = "\n".join(marked(name, payload))
        assert "components/arbiter.md" in text
        assert "/kb/" not in text


def test_commands_to_send_are_commands(knowledge: KnowledgeBase) -> None:
    """What a reply suggests is understood when it is sent."""
    for said in SAID.values():
        for one in respond(knowledge, LINKS, Command(said)).commands:
            assert respond(knowledge, LINKS, Command(one)).lead
            if said == SAID["clarify"]:
                answer = knowledge.ask(one)
                assert answer.status != "clarify", one
