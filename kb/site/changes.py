"""The page that says what has changed in the content, day by day, newest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from kb import text
from kb.catalog import Component, Product
from kb.diff import LABELS, Change, ChangeKind, Day, Timeline
from kb.history import Lack
from kb.site import markup, parts
from kb.site.parts import Headings
from kb.site.view import View, relative

TITLE = "What changed"
CHANGES = "changes.md"
"""The path of the page."""
FEED = "feed.xml"
"""Address of the feed, relative to the site's root."""

_LACKS: Mapping[Lack, str] = {
    "no-git": "The program git was not found where this site was built, so that its history could "
    "not be read.",
    "no-repository": "The pages are not in a git repository, so that there is no history of them. "
    "Once they are, this page lists what changed on which day.",
    "no-revision": "No revision of these pages has been committed yet.",
    "failed": "The history of these pages could not be read.",
}


def page(view: View, timeline: Timeline | None) -> str:
    """Return the page as Markdown."""
    blocks = [
        f"# {TITLE} {{#changes}}",
        markup.element("p", "What these pages say anew, by day.", class_="kb-lead"),
    ]
    if timeline is None:
        said = "This edition of the site has no history."
        return parts.joined([*blocks, markup.element("p", said)])
    blocks += [markup.element("p", one, class_="kb-quiet") for one in _notes(view, timeline)]
    headings = Headings({"changes"})
    for day in timeline.days:
        blocks += [headings(spelt(day.date), anchor(day)), _day(view, day)]
    if timeline.is_cut:
        said = "What changed before that is in the history of the repository."
        blocks.append(markup.element("p", said, class_="kb-quiet"))
    return parts.joined(blocks)


def anchor(day: Day) -> str:
    """Return the anchor of a day on the page."""
    return f"day-{day.date.isoformat()}"


def spelt(date: datetime.date) -> str:
    """Return a date in words.

    >>> spelt(datetime.date(2026, 3, 1))
    '1 March 2026'
    """
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def told(one: Change) -> str:
    """Return a change of a page or requirement in words (HTML), without the page's name."""
    label = markup.element("strong", LABELS[one.kind])
    before, after = (markup.text(said) if said else "" for said in (one.before, one.after))
    if before and after and before != after:
        said = f"{label}: {after} {markup.element('span', f'Before: {before}', class_='kb-aside')}"
    else:
        said = f"{label}: {after or before}" if after or before else label
    aspects = text.join(one.aspects)
    if not aspects:
        return said
    return f"{said} ({aspects})" if after or before else f"{said}: {aspects}"


def _notes(view: View, timeline: Timeline) -> Iterator[str]:
    history = timeline.history
    if history.lack is not None:
        yield _LACKS[history.lack]
        return
    if timeline.days:
        link = markup.element("a", "Atom feed", href=relative(FEED, view.here))
        yield f"Days are those of UTC. The same as a feed: {link}."
    if history.is_shallow:
        yield "The site was built from a shallow clone: what changed before it is missing."
    if history.is_edited:
        yield "The site was built from pages with edits that are not committed, and not listed."
    if not timeline.days:
        yield "No fact has changed."


def _day(view: View, day: Day) -> str:
    if day.files is not None:
        return markup.element("p", f"{day.files} files changed at once.")
    rows = [*_whole(view, day, "added", "New pages"), *_whole(view, day, "removed", "Removed")]
    others = [one for one in day.changes if not _is_whole(one)]
    for path in dict.fromkeys(one.path for one in others):
        of_it = [one for one in others if one.path == path]
        items = (_item(view, one) for one in of_it)
        rows.append((_name(view, of_it[0]), markup.bullets(items, class_="kb-changes")))
    if day.unread:
        names = text.join(markup.element("code", markup.text(one)) for one in day.unread)
        rows.append(("Not readable", f"{names} had errors before or after the change."))
    return markup.facts(rows, class_="kb-by-holder")


def _is_whole(one: Change) -> bool:
    return one.requirement is None and one.kind in {"added", "removed"}


def _whole(view: View, day: Day, kind: ChangeKind, label: str) -> Iterator[tuple[str, str]]:
    listed = [_name(view, one) for one in day.changes if _is_whole(one) and one.kind == kind]
    if listed:
        yield label, text.join(listed)


def _name(view: View, one: Change) -> str:
    """Return the title of a page as it was; a link where the page is still there."""
    thing = view.catalog.things(one.type).get(one.page)
    href = view.address(thing.path) if thing else None
    title = markup.text(one.title)
    return markup.element("a", title, href=href) if href is not None else title


def _item(view: View, one: Change) -> str:
    said = told(one)
    thing = view.catalog.things(one.type).get(one.page)
    listed: Sequence[str] = (
        [other.id for other in thing.requirements] if isinstance(thing, Product | Component) else ()
    )
    if thing is None or one.requirement not in listed:
        return said
    href = view.address(thing.path, one.requirement or "")
    link = markup.element("a", "see it", href=href, class_="kb-aside")
    return f"{said} {link}" if href is not None else said
