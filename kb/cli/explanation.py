"""A trace as text for a terminal: sections of lines that fit into 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from kb.ask.naming import ANY_KIND
from kb.ask.trace import FoundName, Judged, Matching, ReadAs, Score, Trace, WorldVerdict
from kb.text import join

WIDTH = 80
_LABEL = 13
_LEVEL = 11
_MOST_LINES = 12
"""Lines of one list that are shown; JSON has them all."""
_MOST_HOLDERS = 4
"""Components whose requirements are shown."""
_TARGETS: Mapping[str, str] = {
    "object": "by the thing named",
    "action": "by the words of its action",
    "placement": "by the place",
    "count": "by the number",
    "clustering": "by whether it is clustered",
    "whole": "nothing in particular was asked about",
}


def explanation_lines(trace: Trace) -> Iterator[str]:
    """Yield the lines of a trace."""
    yield "How it was read"
    yield from _reading(trace.reading)
    yield from _titled("What competed", _candidates(trace))
    yield from _titled("The worlds that the question leaves open", _worlds(trace.judged))
    yield ""
    yield "The rule that decided"
    yield from _wrapped(f"{trace.decided_by.name}: {trace.decided_by.does}.", 2, 4)
    for one in trace.because:
        yield from _wrapped(f"- {one}", 2, 4)
    if trace.tried:
        tried = ", ".join(one.name for one in trace.tried)
        yield from _wrapped(f"tried before it, without result: {tried}", 2, 4)
    hints = (line for one in trace.hints for line in _wrapped(f"- {one}", 2, 4))
    yield from _titled("What to change, if the answer is not what it should be", hints)


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield lines under a title; without lines, nothing."""
    for number, line in enumerate(lines):
        if not number:
            yield ""
            yield title
        yield line


def _reading(read: ReadAs) -> Iterator[str]:
    words = [_word(one.wrote, one.read, one.near) for one in read.words]
    yield from _row("read as", "; ".join(words))
    yield from _row("names", *map(_name, read.names))
    yield from _row("asking part", f'"{read.asking}"')
    yield from _row("as a pattern", read.line)
    yield from _row("form", ", ".join(_form(read)))
    yield from _row("about", ", ".join((*read.components, *read.resources)))
    yield from _row("place", read.placement or "")
    yield from _row("given", "; ".join(_circumstances(read)))
    yield from _row("matter", _quoted(read.matter))
    yield from _row("unknown", _quoted(read.unknown))
    yield from _row("passed over", _quoted(read.passed_over))
    yield from _row("not ours", _quoted(read.foreign))


def _word(wrote: str, read: str, near: Iterable[tuple[str, int]]) -> str:
    others = ", ".join(f"{word} {errors}" for word, errors in near)
    return f'"{wrote}" as "{read}"' + (f" (errors: {others})" if others else "")


def _name(found: FoundName) -> str:
    ids = ("any" if one == ANY_KIND else one for one in found.ids)
    said = f'"{found.text}": {found.kind} {join(ids, "or")}'
    notes = [f"also {kind} {join(ids)}" for kind, ids in found.others.items()]
    if found.is_partial:
        notes.append("a part of the name")
    if not found.is_asked:
        notes.append("outside the part that asks")
    return f"{said} ({'; '.join(notes)})" if notes else said


def _form(read: ReadAs) -> Iterator[str]:
    yield read.form
    if read.form == "yes-no":
        yield f"modality {read.modality}"
    if read.is_negated:
        yield "negated"
    if read.is_statement:
        yield "a statement to confirm"
    if read.quantifier:
        yield f"quantifier {read.quantifier}"


def _circumstances(read: ReadAs) -> Iterator[str]:
    if read.topologies:
        yield f"topology {join(read.topologies)}"
    for name, state in read.conditions.items():
        yield f"condition {name} {state}"
    if read.condition_words:
        yield f"by the words {_quoted(read.condition_words)}"
    if read.version:
        yield f"version {read.version}"
    if read.nodes is not None:
        yield f"{read.nodes} nodes"
    if read.amount not in (None, read.nodes):
        yield f"amount {read.amount}"


def _candidates(trace: Trace) -> Iterator[str]:
    matching = [one for one in trace.matchings if one.matched or len(trace.matchings) == 1]
    without = [one.holder for one in trace.matchings if one not in matching]
    for one in matching[:_MOST_HOLDERS]:
        yield from _shortened(_matching(one))
    yield from _more(matching)
    if without:
        yield from _wrapped(f"no requirement matched: {', '.join(dict.fromkeys(without))}", 2, 4)
    yield from _scores("roles of components, by the question's words", trace.roles)
    yield from _scores("sections of prose, by their share of its words", trace.passages)


def _matching(one: Matching) -> Iterator[str]:
    objects = f" ({', '.join(one.objects)})" if one.objects else ""
    yield from _wrapped(f"{one.holder}: {_TARGETS.get(one.target, one.target)}{objects}", 2, 4)
    for match in one.matched:
        far = f" (distance {match.distance})" if match.distance else ""
        yield from _wrapped(f"+ {match.level:{_LEVEL}}{match.requirement}{far}", 4, _LEVEL + 6)
    for passed in one.passed:
        said = f"- {passed.level:{_LEVEL}}{passed.requirement}: {passed.why}"
        yield from _wrapped(said, 4, _LEVEL + 6)


def _scores(title: str, scores: tuple[Score, ...]) -> Iterator[str]:
    if scores:
        yield f"  {title}"
    for one in scores:
        note = f" ({one.note})" if one.note else ""
        yield from _wrapped(
            f"{'+' if one.is_enough else '-'} {one.score:.2f}  {one.id}{note}", 4, 12
        )


def _worlds(judged: Iterable[Judged]) -> Iterator[str]:
    judged = tuple(judged)
    told = [one for one in judged if one.is_told] or list(judged)
    for one in told[:_MOST_HOLDERS]:
        by = f", by {join(one.decided_by)}" if one.verdict == "depends" else ""
        verdict = one.verdict or "neither"
        yield from _wrapped(f"{one.holder}, asked whether {one.asked}: {verdict}{by}", 2, 4)
        yield from _shortened(line for alike in _alike(one.worlds) for line in _world(alike))
    yield from _more(told)


def _alike(worlds: Iterable[WorldVerdict]) -> list[list[WorldVerdict]]:
    """Return the worlds, those together in which the same decides in the same way."""
    found: dict[tuple[object, ...], list[WorldVerdict]] = {}
    for one in worlds:
        key = (one.verdict, one.decided_by, one.gave_way, one.absent)
        found.setdefault(key, []).append(one)
    return list(found.values())


def _world(alike: list[WorldVerdict]) -> Iterator[str]:
    first = alike[0]
    where = "; ".join(map(_where, alike))
    yield from _wrapped(f"{first.verdict or 'neither':{_LEVEL}}{where}", 4, _LEVEL + 4)
    for one in first.decided_by:
        yield from _wrapped(f"decided by {one}", _LEVEL + 4, _LEVEL + 6)
    for one in first.gave_way:
        yield from _wrapped(f"gave way: {one}", _LEVEL + 4, _LEVEL + 6)
    for passed in first.absent:
        said = f"not here: {passed.requirement}, {passed.why}"
        yield from _wrapped(said, _LEVEL + 4, _LEVEL + 6)


def _where(world: WorldVerdict) -> str:
    stated = (world.topology, f"version {world.version}" if world.version else None)
    names = [*filter(None, stated), *world.holding, *(f"not {one}" for one in world.lacking)]
    return ", ".join(names) or "the only world"


def _more(every: Sequence[object]) -> Iterator[str]:
    if len(every) > _MOST_HOLDERS:
        yield f"  ... {len(every) - _MOST_HOLDERS} more: --json has them"


def _row(label: str, *values: str) -> Iterator[str]:
    """Yield a label with its values, one a line; without any, nothing."""
    for number, value in enumerate(one for one in values if one):
        shown = "" if number else label
        yield from _wrapped(f"{shown:{_LABEL}}{value}", 2, _LABEL + 2)


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f'"{one}"' for one in words)


def _shortened(lines: Iterable[str]) -> Iterator[str]:
    """Yield the first lines, and how many there are besides."""
    every = list(lines)
    yield from every[:_MOST_LINES]
    if len(every) > _MOST_LINES:
        yield f"    ... {len(every) - _MOST_LINES} more lines: --json has them"


def _wrapped(text: str, indent: int, hanging: int) -> list[str]:
    """Return a text as lines of at most WIDTH columns, where its words allow."""
    return wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
