"""Text into HTML: the only place of the site that writes tags.

Every text of the pages passes through `text` or is an attribute's value, so that none of it is
taken for markup. No line of what is written is empty: Markdown takes a block of HTML to end there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

_CODE = re.compile(r"`([^`]+)`")


def text(value: str) -> str:
    """Return a text as HTML; what stands between backticks is code.

    >>> text("Run `a < b`")
    'Run <code>a &lt; b</code>'
    """
    return _CODE.sub(r"<code>\1</code>", html.escape(" ".join(value.split()), quote=False))


def plain(value: str) -> str:
    """Return a text as HTML, as it stands: for drawings, in which there is no code."""
    return html.escape(" ".join(value.replace("`", "").split()), quote=False)


def element(name: str, /, *content: str, **attributes: str | None) -> str:
    """Return an element around content that is HTML already.

    Attributes without a value are left out; `class_` and `data_x` stand for `class` and `data-x`.

    >>> element("p", "x", class_="a", id=None)
    '<p class="a">x</p>'
    """
    return f"<{name}{_stated(attributes)}>{''.join(content)}</{name}>"


def void(name: str, /, **attributes: str | None) -> str:
    """Return an element that has no content, such as an input.

    >>> void("input", type="checkbox")
    '<input type="checkbox">'
    """
    return f"<{name}{_stated(attributes)}>"


def _stated(attributes: Mapping[str, str | None]) -> str:
    return "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )


def block(name: str, content: Iterable[str], /, **attributes: str | None) -> str:
    """Return an element whose content stands in lines of its own."""
    return element(name, "\n", "\n".join(content), "\n", **attributes)


def bullets(items: Iterable[str], **attributes: str | None) -> str:
    """Return a list without order."""
    return block("ul", (element("li", one) for one in items), **attributes)


def steps(items: Iterable[str]) -> str:
    """Return a list of steps, which are plain text."""
    return block("ol", (element("li", text(one)) for one in items))


def facts(
    pairs: Iterable[tuple[str, str]], class_: str = "kb-facts", **attributes: str | None
) -> str:
    """Return labels with their values, all HTML; "" when there are none."""
    # The space is for readers of the text alone, such as an index of words.
    listed = [
        element("div", element("dt", label), " ", element("dd", value)) for label, value in pairs
    ]
    return block("dl", listed, class_=class_, **attributes) if listed else ""


def row(*cells: str) -> str:
    """Return a row of a table from its cells."""
    return block("tr", cells)


def copyable(value: str, place: str) -> str:
    """Return a text to be taken over word for word; `place` is its own on the page.

    The theme names a block after the nearest id around it, and copies the first of that name.
    """
    return element("div", element("pre", code(value)), class_="kb-copy copy", id=f"kb_copy_{place}")


def code(value: str) -> str:
    """Return a text as code, word for word."""
    return element("code", html.escape(value, quote=False))


def document(title: str, head: Iterable[str], body: str, **attributes: str | None) -> str:
    """Return a whole page: `title` is plain text, `head` and `body` are HTML."""
    stated = [
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", html.escape(title, quote=False)),
        *head,
    ]
    page = [block("head", stated), element("body", body, **attributes)]
    return f"<!doctype html>\n{block('html', page, lang='en')}\n"
