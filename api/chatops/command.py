"""What is typed behind the command, and the reply to it.

One row for each word that means something; everything else is a question. No platform is known.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from api.chatops.answering import MOST_COMMANDS, answered, note, page
from api.chatops.comparing import DIFF_FORM, compared, examples
from api.chatops.planning import PLAN_FORM, planned
from api.chatops.platform import Command
from api.chatops.reply import Line, Reply
from api.schemas.links import COLLECTIONS, Links
from kb import (
    AmbiguousNameError,
    DeadlineError,
    DiffError,
    KnowledgeBase,
    KnowledgeBaseError,
    PlanError,
    QuestionError,
    UnknownNameError,
)

SHARE = "share"
"""Before anything else: the others in the channel see the answer, too."""
_MOST_HITS = 5
_MOST_LISTED = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is no question when it comes first."""

    form: str
    """How it is typed."""
    meaning: str
    run: Callable[[KnowledgeBase, Links, str], Reply | None]
    """Given what stands behind the word; None: it was the beginning of a question after all."""


def respond(knowledge: KnowledgeBase, links: Links, command: Command) -> Reply:
    """Return the reply to a command; what cannot be done is a reply, too."""
    text, is_shared = " ".join(command.text.split()), command.is_shared
    first, _, rest = text.partition(" ")
    if first.lower() == SHARE:
        text, is_shared = rest, True
    try:
        reply = _reply(knowledge, links, text)
    except KnowledgeBaseError as error:
        reply = _told(error, text)
    return replace(reply, is_shared=is_shared)


def _reply(knowledge: KnowledgeBase, links: Links, text: str) -> Reply:
    first, _, rest = text.partition(" ")
    word = WORDS.get(first.lower()) if text else WORDS["help"]
    reply = word.run(knowledge, links, rest.strip()) if word else None
    if reply is not None:
        return reply
    found = answered(knowledge, links, text)
    if rest or found.links or found.commands:
        return found
    meant = difflib.get_close_matches(first.lower(), [*WORDS, SHARE], n=1, cutoff=0.7)
    return replace(found, commands=(*meant, *(["help"] if meant != ["help"] else [])))


def _help(knowledge: KnowledgeBase, _links: Links, rest: str) -> Reply | None:
    if rest:
        return None
    components = [one.title for one in knowledge.catalog.published()]
    topologies = [one.title.lower() for one in knowledge.catalog.topologies.values()]
    example = components[0] if components else "a component"
    told = [Line(f"{one.form}: {one.meaning}", "item") for one in WORDS.values()]
    return Reply(
        lead="Ask what clustering asks of a component, in your own words.",
        lines=(
            Line("Or begin with one of these words:", "head"),
            *told,
            Line(f"{SHARE} …: any of it, so that the others here see the answer, too.", "item"),
            Line("Answers come from the documentation alone, and cite it."),
        ),
        commands=(
            *(f"{example} {one}" for one in topologies[:2]),
            "list components",
        )
        if components
        else (),
        note=note(knowledge.catalog),
    )


def _search(knowledge: KnowledgeBase, links: Links, rest: str) -> Reply | None:
    """Find passages."""
    if not rest:
        return _usage("search")
    found = knowledge.search(rest, limit=_MOST_HITS)
    lines: list[Line] = []
    for hit in found.hits:
        heading = f" › {hit.passage.heading}" if hit.passage.heading else ""
        head = Line(f"{hit.passage.title}{heading}:", "head")
        lines += [] if head in lines else [head]
        lines.append(Line("".join(one.text for one in hit.excerpt), "item"))
    hits = {(one.passage.path, one.passage.anchor): one.passage for one in found.hits}
    return Reply(
        asked=rest,
        lead=_counted(found.total, "passage", _MOST_HITS),
        lines=tuple(lines),
        links=tuple(page(links, one.title, one.path, one.anchor) for one in hits.values()),
        commands=(f"search {found.did_you_mean}",) if found.did_you_mean else (),
        note=note(knowledge.catalog),
    )


def _list(knowledge: KnowledgeBase, links: Links, rest: str) -> Reply | None:
    """List the things of one type."""
    kinds = {name: kind for kind, name in COLLECTIONS.items()}
    wanted = rest.lower() or "components"
    if wanted not in kinds:
        return None
    things = [
        one for one in knowledge.catalog.things(kinds[wanted]).values() if one.status != "draft"
    ]
    lines = [
        Line(f"{one.title}: {one.summary}" if one.summary else one.title, "item")
        for one in things[:_MOST_LISTED]
    ]
    is_asked = wanted == "components"
    return Reply(
        lead=f"{wanted.capitalize()}: {_counted(len(things), 'entry', _MOST_LISTED)}",
        lines=tuple(lines),
        links=(page(links, wanted.capitalize(), f"{wanted}/index.md"),),
        commands=tuple(one.title for one in things[:MOST_COMMANDS]) if is_asked else (),
        note=note(knowledge.catalog),
    )


def _plan(knowledge: KnowledgeBase, links: Links, rest: str) -> Reply | None:
    return planned(knowledge, links, rest) if rest else _usage("plan")


def _diff(knowledge: KnowledgeBase, _links: Links, rest: str) -> Reply | None:
    reply = compared(knowledge, rest)
    if reply is not None:
        return reply
    ready = tuple(examples(knowledge, rest))[:MOST_COMMANDS]
    return replace(_usage("diff"), commands=(*ready, "help"))


WORDS: Mapping[str, Word] = {
    "help": Word("help", "this text.", _help),
    "plan": Word(PLAN_FORM, "one ordered checklist; all instead of names is everything.", _plan),
    "diff": Word(DIFF_FORM, "what differs; without names for everything.", _diff),
    "search": Word("search WORDS", "passages of the documentation.", _search),
    "list": Word(
        "list components", "what is documented; also topologies, conditions, procedures.", _list
    ),
}
"""First word -> what it does."""


def _usage(name: str) -> Reply:
    word = WORDS[name]
    return Reply(lead=f"Something is missing. It is typed so: {word.form}", commands=("help",))


def _counted(total: int, noun: str, most: int) -> str:
    plural = {"entry": "entries"}.get(noun, f"{noun}s")
    if total == 0:
        return f"No {noun} was found."
    shown = f", of which the first {most} are shown" if total > most else ""
    return f"{total} {noun if total == 1 else plural}{shown}."


def _told(error: KnowledgeBaseError, text: str) -> Reply:
    """Return what somebody is told whose command cannot be done."""
    message = str(error).removesuffix(".")
    stop = "" if message.endswith("?") else "."
    said = f"{message[:1].upper()}{message[1:]}{stop}"
    commands: list[str] = []
    match error:
        case UnknownNameError():
            commands = [text.replace(error.name, one) for one in error.suggestions]
        case AmbiguousNameError():
            commands = [text.replace(error.name, one) for one in error.candidates]
        case QuestionError(problem="missing-question"):
            said = "There is no question."
        case DeadlineError():
            said = f"{said} Try again, or with fewer words."
        case PlanError() | DiffError():
            if error.candidates:
                said = f"{said} There are: {', '.join(error.candidates)}."
        case _:
            pass
    tried = [one for one in commands if one != text][:MOST_COMMANDS]
    return Reply(asked=text, lead=said, commands=(*tried, "help"))
