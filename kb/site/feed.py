"""What changed as an Atom feed (RFC 4287): an entry for each day, with an id that stays."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Sequence
from urllib.parse import urljoin

from kb.diff import Change, Day
from kb.site import changes, markup

MOST_ENTRIES = 50
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(days: Sequence[Day], name: str, site: str, page: str) -> str:
    """Return the feed of a site that stands at the address `site`, newest day first.

    `name` is the site's, `page` the address of the page of changes, relative to the root. Where
    `site` is "", links are relative to the feed, as RFC 4287 allows, and ids are made of `name`.
    """
    own = urljoin(site, changes.FEED)
    newest = days[0].time if days else datetime.datetime.fromtimestamp(0, datetime.UTC)
    head = [
        _text("id", own if site else _id(name)),
        _text("title", f"{name}: what changed"),
        _text("updated", _stamp(newest)),
        markup.element("author", _text("name", name)),
        markup.element("link", rel="self", type="application/atom+xml", href=own),
        markup.element("link", rel="alternate", type="text/html", href=urljoin(site, page)),
    ]
    named = "" if site else name
    entries = [_entry(day, urljoin(site, page), named) for day in days[:MOST_ENTRIES]]
    feed = markup.block("feed", [*head, *entries], xmlns="http://www.w3.org/2005/Atom")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{feed}\n'


def _entry(day: Day, page: str, name: str) -> str:
    """Return the entry of a day; its id is its address, unless it is to be made of a name."""
    address = f"{page}#{changes.anchor(day)}"
    return markup.block(
        "entry",
        [
            _text("id", _id(f"{name}#{changes.anchor(day)}") if name else address),
            _text("title", _title(day)),
            _text("updated", _stamp(day.time)),
            markup.element("link", rel="alternate", type="text/html", href=address),
            _text("content", _content(day), type="html"),
        ],
    )


def _id(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _title(day: Day) -> str:
    date = changes.spelt(day.date)
    if day.files is not None:
        return f"{date}: {day.files} files"
    titles = list(dict.fromkeys(one.title for one in day.changes)) or list(day.unread)
    more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
    return f"{date}: {', '.join(titles[:3])}{more}"


def _content(day: Day) -> str:
    if day.files is not None:
        return markup.element("p", f"{day.files} files changed at once.")
    return markup.element("ul", *(markup.element("li", _told(one)) for one in day.changes))


def _told(one: Change) -> str:
    return f"{markup.element('b', markup.text(one.title))}: {changes.told(one)}"


def _text(name: str, said: str, **attributes: str) -> str:
    """Return an element with text in it, as XML has it."""
    clean = _NOT_IN_XML.sub("", said)
    escaped = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return markup.element(name, escaped, **attributes)


def _stamp(time: datetime.datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
