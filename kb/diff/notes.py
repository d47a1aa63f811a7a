"""What has changed in the content, in words: a text for the terminal, notes of a release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb import text
from kb.diff.answers import AnswerChange, Asked
from kb.diff.content import LABELS, Change, ChangeKind
from kb.diff.details import Detail

_ASKED: Mapping[Asked, str] = {
    "both": "",
    "before": "the pages no longer carry this question",
    "after": "a new question",
}
_COUNTED: Mapping[ChangeKind, str] = {
    **{kind: said.lower() for kind, said in LABELS.items()},
    "prose": "edited in the text alone",
}
_PLACES = {False: "requirement", True: "page"}


@dataclass(frozen=True, slots=True)
class ContentDiff:
    """What differs between two states of the pages."""

    before: str
    """What readers call the older side."""
    after: str
    changes: tuple[Change, ...]
    answers: tuple[AnswerChange, ...]
    asked: int
    """How many questions were asked of both sides."""

    @property
    def is_same(self) -> bool:
        """Whether neither a page nor an answer has changed."""
        return not self.changes and not self.answers


def summary(diff: ContentDiff) -> str:
    """Return in a sentence or two how much has changed."""
    counts = [
        f"{_counted(number, _PLACES[is_page])} {said}"
        for kind, said in _COUNTED.items()
        for is_page in (True, False)
        if (number := _number(diff.changes, kind, is_page=is_page))
    ]
    facts = f"{text.join(counts)}." if counts else "No fact has changed."
    return f"{facts} Answers: {len(diff.answers)} of {diff.asked} changed."


def content_as_text(diff: ContentDiff) -> str:
    """Return what has changed as plain text, with a line break at its end."""
    lines = [f"From {diff.before} to {diff.after}", summary(diff)]
    for page, listed in _by_page(diff.changes):
        lines += ["", page]
        for one in listed:
            lines.append(f"  - {_headed(one)}")
            lines += [f"    {said}" for said in _below(one)]
    for answer in diff.answers:
        lines += ["", f"{answer.question}{_note(answer)} ({answer.path})"]
        for when, verdict, said in _sides(answer):
            lines += [f"  {when}, {verdict}:", *(f"    {one}" for one in said.splitlines())]
    return "\n".join(lines) + "\n"


def content_as_markdown(diff: ContentDiff) -> str:
    """Return what has changed as notes of a release in Markdown, with a line break at its end."""
    title = f"# What changed from {text.escaped(diff.before)} to {text.escaped(diff.after)}"
    lines = [title, "", text.escaped(summary(diff))]
    lines += ["", "## Facts"] if diff.changes else []
    for page, listed in _by_page(diff.changes):
        lines += ["", f"### {text.escaped(page)}", ""]
        for one in listed:
            label, _, said = _headed(one).partition(":")
            lines.append(f"- **{text.escaped(label)}**{':' if said else ''}{text.escaped(said)}")
            lines += [f"    - {text.escaped(each)}" for each in _below(one)]
    lines += ["", "## Answers"] if diff.answers else []
    for answer in diff.answers:
        lines += ["", f"### {text.escaped(answer.question)}", ""]
        lines += [f"{text.escaped(_note(answer).strip())}", ""] if _note(answer) else []
        for when, verdict, said in _sides(answer):
            lines += [f"**{when}, {verdict}:**", ""]
            lines += [*(f"> {text.escaped(one)}".rstrip() for one in said.splitlines()), ""]
        lines.pop()
    return "\n".join(lines) + "\n"


def _by_page(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    for (title, path), listed in groupby(changes, lambda one: (one.title, one.path)):
        yield f"{title} ({path})", list(listed)


def _headed(one: Change) -> str:
    """Return what has become of a page or requirement, and what it says now."""
    name = f" {one.requirement}" if one.requirement else ""
    said = one.after or one.before or ""
    is_whole = one.requirement is None and one.kind in ("added", "removed")
    if is_whole or not said:
        return f"{LABELS[one.kind]}{' page' if is_whole else ''}{name}"
    return f"{LABELS[one.kind]}{name}: {said}"


def _below(one: Change) -> Iterator[str]:
    if one.before and one.after and one.before != one.after:
        yield f"Before: {one.before}"
    if one.kind in ("added", "removed"):
        yield from (f"{each.aspect}: {each.after or each.before}" for each in one.details)
    else:
        yield from (_detail(each) for each in one.details)


def _sides(answer: AnswerChange) -> Iterator[tuple[str, str, str]]:
    yield "Before", _spaced(answer.verdict_before), answer.before
    yield "Now", _spaced(answer.verdict_after), answer.after


def _detail(one: Detail) -> str:
    said = [f"now {_in_line(one.after)}"] if one.after else []
    said += [f"before {_in_line(one.before)}"] if one.before else ["nothing before"]
    return f"{one.aspect}: {'; '.join(said if one.after else [*said, 'now nothing'])}"


def _note(answer: AnswerChange) -> str:
    said = _ASKED[answer.asked]
    return f" ({said})" if said else ""


def _number(changes: Sequence[Change], kind: ChangeKind, *, is_page: bool) -> int:
    return sum(one.kind == kind and (one.requirement is None) == is_page for one in changes)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _spaced(slug: str) -> str:
    return slug.replace("_", " ").replace("-", " ")


def _in_line(said: str) -> str:
    return " ".join(said.split())
