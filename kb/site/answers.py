"""An answer of the question engine as HTML: the verdict, what it says, and where that stands.

The page that answers at once builds the same from the answer's JSON, in `assets/js/answer.js`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kb.ask.answer import Answer
from kb.catalog import Cited
from kb.site import markup
from kb.site.view import View

_SYMBOLS: Mapping[str, str] = {
    "yes": '<path d="M3 8.5l3.2 3.3L13 4.6"/>',
    "no": '<path d="M4 4l8 8m0-8l-8 8"/>',
    "depends": '<path d="M8 14V9m0 0L3.5 4.2M8 9l4.5-4.8M3 7V3.6h3.4M9.6 3.6H13V7"/>',
    "clarify": '<path d="M5.4 5.8a2.6 2.6 0 1 1 3.9 2.3C8.4 8.6 8 9.2 8 10.2M8 13v.1"/>',
    "not-covered": '<path d="M3 8h10"/>',
}
WORDS: Mapping[str, str] = {
    "yes": "Yes",
    "no": "No",
    "depends": "It depends",
    "clarify": "Which one?",
    "not-covered": "Not documented",
}
"""Kind of an outcome -> what its badge says."""

_SAID = re.compile(r"\A(?:Yes|No)\. ")
"""What a badge says, so that the text need not."""


def outcome(answer: Answer) -> str | None:
    """Return what kind of answer it is, for its badge; None for a plain statement."""
    if answer.status == "answered":
        return answer.verdict
    return answer.status.replace("_", "-")


def badge(kind: str) -> str:
    """Return the badge of an outcome as HTML: a symbol and its words, never a colour alone."""
    symbol = (
        '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" '
        f'stroke-linejoin="round">{_SYMBOLS[kind]}</svg>'
    )
    return markup.element("span", symbol, WORDS[kind], class_=f"kb-outcome kb-outcome-{kind}")


def answer(view: View, given: Answer) -> str:
    """Return an answer as HTML."""
    blocks = [*_said(view, given)]
    if given.candidates:
        blocks.append(markup.bullets(_candidates(view, given)))
    sources = list(_sources(view, given))
    if sources:
        blocks.append(markup.element("p", f"Source: {'; '.join(sources)}.", class_="kb-cited"))
    return markup.block("div", blocks, class_="kb-answer")


def _said(view: View, given: Answer) -> Iterator[str]:
    """Yield paragraphs and lists from lines of which those of a list begin with a hyphen."""
    stated = {one.text: view.address(view.holder(one).path, one.id) for one in given.requirements}
    links = {text: href for text, href in stated.items() if href is not None}
    kind = outcome(given)
    if kind:
        yield markup.element("p", badge(kind))
    verdicts = {one.answer.partition("\n")[0]: one.verdict for one in given.parts if not kind}
    items: list[str] = []
    for at, line in enumerate(given.answer.splitlines()):
        if line.startswith("- "):
            items.append(linked(line[2:], links))
            continue
        if items:
            yield markup.bullets(items)
            items = []
        verdict = verdicts.get(line)
        if verdict:
            yield markup.element("p", badge(verdict), class_="kb-part")
        is_said = verdict or (kind and at == 0)
        told = linked(_SAID.sub("", line) if is_said else line, links)
        yield markup.element("p", told, class_="kb-first" if at == 0 or verdict else None)
    if items:
        yield markup.bullets(items)


def linked(line: str, links: Mapping[str, str]) -> str:
    """Return a line as HTML, in which the first sentence of a requirement links to where it stands.

    `links` leads from sentences to addresses. Within a line a sentence may begin with a small
    letter.

    >>> linked("If so: run it.", {"Run it.": "x/#a"})
    'If so: <a href="x/#a" class="kb-to">run it.</a>'
    """
    for sentence, href in links.items():
        at = max(line.find(sentence), line.find(sentence[:1].lower() + sentence[1:]))
        if at >= 0:
            end = at + len(sentence)
            link = markup.element("a", markup.text(line[at:end]), href=href, class_="kb-to")
            before, after = _kept(line[:at]), _kept(line[end:])
            return f"{before}{link}{after}"
    return markup.text(line)


def _kept(part: str) -> str:
    """Return a part of a line as HTML; the spaces at its ends stay."""
    stripped = markup.text(part)
    if not stripped:
        return " " if part else ""
    return f"{' ' if part[0].isspace() else ''}{stripped}{' ' if part[-1].isspace() else ''}"


def _candidates(view: View, given: Answer) -> Iterator[str]:
    for one in given.candidates:
        href = view.address(one.path)
        name = markup.text(one.title)
        yield markup.element("a", name, href=href) if href is not None else name


def _sources(view: View, given: Answer) -> Iterator[str]:
    cited: dict[Cited, None] = {}
    for one in given.citations:
        if one.source is not None:
            cited.setdefault(one.source)
        elif one.is_passage and (href := view.address(one.path, one.anchor or "")) is not None:
            yield markup.element("a", "a passage of these pages", href=href)
    for source in cited:
        yield view.sources([source])
