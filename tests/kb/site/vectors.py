"""Texts that try to run a script in a reader's browser, and where a page can hold them.

`boom` is what each of them tries to call. Browsers have no such function; a test may give them one.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.kb.site.built import compiled

BODIES = (
    # Elements
    "<script>boom()</script>",
    "<SCRIPT SRC=data:,boom()></SCRIPT>",
    "text <script\n>boom()</script> text",
    "<img src=x onerror=boom()>",
    '<img/src="x"/onerror="boom()">',
    "<svg onload=boom()></svg>",
    "<svg><script>boom()</script></svg>",
    "<svg><animate onbegin=boom() attributeName=x dur=1s>",
    '<svg><a xlink:href="javascript:boom()"><text y=9>x</text></a></svg>',
    "<math><mtext><script>boom()</script></mtext></math>",
    "<iframe src=javascript:boom()></iframe>",
    '<iframe srcdoc="<script>parent.boom()</script>"></iframe>',
    "<object data=javascript:boom()></object>",
    "<embed src=javascript:boom()>",
    "<details open ontoggle=boom()>x</details>",
    "<video><source onerror=boom()></video>",
    "<audio src=x onerror=boom()></audio>",
    "<body onload=boom()>",
    "<input autofocus onfocus=boom()>",
    "<form action=javascript:boom()><button>x</button></form>",
    "<button formaction=javascript:boom() form=x>x</button>",
    "<a href=javascript:boom()>x</a>",
    "<a href='x' onclick='boom()'>x</a>",
    "<base href=javascript:boom()//>",
    "<meta http-equiv=refresh content='0;url=javascript:boom()'>",
    "<link rel=stylesheet href=data:text/css,x>",
    "<style>@import 'javascript:boom()';</style>",
    "<p style=background:url(javascript:boom())>x</p>",
    "<x-y onpointerrawupdate=boom()>x</x-y>",
    "<marquee onstart=boom()>x</marquee>",
    "<template><script>boom()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=boom()>'>",
    "<title><img src=x onerror=boom()></title>",
    "<textarea><img src=x onerror=boom()></textarea>",
    # Parts of elements, comments, other languages in HTML
    "<!--><script>boom()</script>-->",
    "<!-- x --!><img src=x onerror=boom()>",
    "<![CDATA[><img src=x onerror=boom()>]]>",
    "<?xml version='1.0'?><img src=x onerror=boom()>",
    "<!DOCTYPE x [<!ENTITY y 'boom()'>]>",
    "</p><img src=x onerror=boom()>",
    "<img src=x onerror=boom()",
    "<<script>boom()//<</script>",
    "<scr<script>ipt>boom()</script>",
    "\\<img src=x onerror=boom()>",
    "\\\\<img src=x onerror=boom()>",
    "a `b` `<img src=x onerror=boom()>",
    "``<img src=x onerror=boom()>`",
    "> <img src=x onerror=boom()>",
    "- item\n\n      <img src=x onerror=boom()>",
    "1. <script>boom()</script>",
    "# <img src=x onerror=boom()>",
    "<img src=x onerror=boom()>\n===",
    "| a |\n|---|\n| <img src=x onerror=boom()> |",
    "| a |\n|---|\n| b | <img src=x onerror=boom()> |",
    '!!! note "<img src=x onerror=boom()>"\n    x',
    "!!! note onclick=boom()\n    x",
    "*[HTML]: <img src=x onerror=boom()>\n\nHTML",
    "[^1]\n\n[^1]: <img src=x onerror=boom()>",
    # Entities stay text
    "&lt;script&gt;boom()&lt;/script&gt;",
    "&#60;img src=x onerror=boom()&#62;",
    "&#x3c;script&#x3e;boom()&#x3c;/script&#x3e;",
    "&amp;lt;script&amp;gt;boom()",
    # Links and pictures
    "[x](javascript:boom())",
    "[x](JaVaScRiPt:boom())",
    "[x](<javascript:boom()>)",
    "[x](java&#115;cript:boom())",
    "[x](&#106;avascript:boom())",
    "[x](javascript&colon;boom())",
    "[x](java&Tab;script:boom())",
    "[x](java&NewLine;script:boom())",
    "[x](&#1;javascript:boom())",
    "[x](java\\script:boom())",
    "[x](%6Aavascript:boom())",
    "[x](vbscript:boom())",
    "[x](data:text/html,<script>boom()</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5ib29tKCk8L3NjcmlwdD4=)",
    "[x](blob:boom)",
    "[x](view-source:javascript:boom())",
    "[x](feed:javascript:boom())",
    "[x](//host.invalid/boom.js)",
    "[x](/boom)",
    '[x](https://host.invalid "t\\" onclick=\\"boom()")',
    "[x](https://host.invalid 't' onclick='boom()')",
    '[x](https://host.invalid/" onclick="boom\\(\\))',
    "[x]\n\n[x]: javascript:boom()",
    "[x]\n\n[x]: <javascript:boom()>",
    "[x]\n\n[x]:\njavascript:boom()",
    "[x]\n\n[x]: https://host.invalid 'y' onclick=boom()",
    "<javascript:boom()>",
    "<data:text/html,boom()>",
    '<https://host.invalid/"onclick="boom()>',
    "<x@host.invalid onclick=boom()>",
    "javascript:boom()",
    "![x](javascript:boom())",
    "![x](data:image/svg+xml,<svg/onload=boom()>)",
    "![<img src=x onerror=boom()>](x.png)",
    '![" onerror="boom()](https://host.invalid/x.png)',
    "![x](x.png 'a' onerror='boom()')",
    "[![x](x.png)](javascript:boom())",
    "[a](b.md 'x'){onclick=boom()}",
    # Attribute lists
    "x {onclick=boom()}",
    "x {: onmouseover=boom() }",
    "[x](https://host.invalid){ href=javascript:boom() }",
    "![x](x.png){ onerror=boom() }",
    "# x {#y onclick=boom()}",
    "x {style=background:url(javascript:boom())}",
    "x { .y\nonclick=boom() }",
    "*x*{ ONCLICK='boom()' }",
    "| a {onclick=boom()} |\n|---|\n| b {src=x} |",
    "x\n{: formaction=javascript:boom() }",
    "[x](https://host.invalid){ xlink:href=javascript:boom() }",
    # Code blocks and their first lines
    "```\n</code></pre><script>boom()</script>\n```",
    "```html\n<img src=x onerror=boom()>\n```",
    "``` { .html onclick=boom() }\nx\n```",
    '```python title="<img src=x onerror=boom()>"\nx\n```',
    "```<script>boom()</script>\nx\n```",
    '``` "><img src=x onerror=boom()>\nx\n```',
    "~~~ {onclick=boom()}\nx\n~~~",
    "    <script>boom()</script>",
    "```\n<script>boom()</script>",
    "- ```\n  <script>boom()</script>\n  ```",
    # What a template or another plugin might take for its own
    "{{ '<script>boom()</script>' }}",
    "{% raw %}<script>boom()</script>{% endraw %}",
    "--8<-- 'data:,<script>boom()</script>'",
    "$<img src=x onerror=boom()>$",
    ":material-home:{ onclick=boom() }",
    '<div data-kb-block="0"></div>',
)
"""Prose."""

VALUES = (
    "<script>boom()</script>",
    '"><img src=x onerror=boom()>',
    "' onmouseover='boom()",
    "</title></script><script>boom()</script>",
    "`</code><svg onload=boom()>`",
    "[x](javascript:boom())",
    "![x](data:image/svg+xml,x){onerror=boom()}",
    "x {#y onclick=boom()}",
    "&lt;script&gt;boom()&lt;/script&gt;",
    "]]><!--<script>boom()</script>-->",
    "{{ boom() }} {% import 'x' %}",
    "javascript:boom()",
)
"""Texts for values of front matter."""

_COMPONENT = """---
type: component
title: {title}
aliases: [{alias}]
product: p
kind: {kind}
role: {role}
summary: {summary}
owner: {owner}
description: {description}
not-same-as: [{other}]
source: {{id: book, locator: page}}
how: way
requirements:
  - id: one
    must: {must}
    why: {why}
    how: [{step}]
    when: if
    verify: {{run: {run}, expect: {expect}}}
    count: {{of: {counted}, at-most: 2}}
  - id: two
    must-not: {forbidden}
    resource: thing
---
"""
KEYS = (
    "title", "alias", "kind", "role", "summary", "owner", "description", "other", "must", "why",
    "step", "run", "expect", "counted", "forbidden",
)  # fmt: skip
"""Where a component's page holds a text of its writer."""

WORLD = {
    "p.md": "---\ntype: product\ntitle: {text}\nsummary: {text}\nsource: book\n"
    "versions: [{text}]\n---\n",
    "pair.md": "---\ntype: topology\ntitle: {text}\nsummary: {text}\n---\n",
    "book.md": "---\ntype: source\ntitle: {text}\npublisher: {text}\n"
    "locators: {{page: {text}}}\n---\n",
    "way.md": "---\ntype: procedure\ntitle: {text}\nsummary: {text}\nsource: book\n---\n",
    "if.md": "---\ntype: condition\ntitle: {text}\nsummary: {text}\naliases: [{text}]\n---\n",
    "thing.md": "---\ntype: resource\ntitle: {text}\nsummary: {text}\n"
    "verify: {{run: {run}, expect: {text}}}\n---\n",
}
"""The other pages, with a text of their writers in each key that takes one."""

OTHERS = (
    "url: javascript:boom()", "url: 'https://x/\"onclick=\"boom()'", "tags: ['{t}']",
    "icon: '{t}'", "template: '{t}'", "hide: ['{t}']", "search: '{t}'", "status: '{t}'",
    "reviewed: '{t}'", "id: '{t}'", "formerly: ['{t}']", "broader: '{t}'",
)  # fmt: skip
"""Keys that take no free text, and those of the theme."""


def quoted(text: str) -> str:
    """Return a text as a value of YAML."""
    return "'" + text.replace("'", "''") + "'"


def component(text: str, *keys: str) -> str:
    """Return the page of a component with a text in these of KEYS."""
    values = {one: quoted(text if one in keys else f"Plain {one}") for one in KEYS}
    return _COMPONENT.format(**values)


def world(text: str) -> dict[str, str]:
    """Return the pages that a component needs, with a text in each key that takes one."""
    commands = "x" if ">" in text else f"x {text}".strip()
    return {
        path: page.format(text=quoted(f"{path} {text}"), run=quoted(commands))
        for path, page in WORLD.items()
    }


def pages() -> Iterator[tuple[str, str]]:
    """Yield a page for each vector, with its name: each is judged by itself."""
    for number, body in enumerate(BODIES):
        yield f"body-{number:03}.md", f"# Body {number}\n\n{body}\n"
    for number, value in enumerate(VALUES):
        for key in KEYS:
            yield f"value-{number:02}-{key}.md", component(value, key)
    for number, line in enumerate(OTHERS):
        yield f"other-{number:02}.md", _other(line)


def harmless() -> dict[str, str]:
    """Return a folder of all pages that the check lets through, each text wherever it may stand."""
    passed = [number for number, body in enumerate(BODIES) if not _refused(f"{body}\n")]
    found = world("".join(VALUES))
    for number in passed:
        found[f"body-{number:03}.md"] = f"# Body {number}\n\n{BODIES[number]}\n"
    for number, value in enumerate(VALUES):
        keys = [one for one in KEYS if not (one == "run" and ">" in value)]
        found[f"value-{number:02}.md"] = component(f"{value} {number}", *keys)
    for number, line in enumerate(OTHERS):
        page = _other(line)
        if not line.startswith(("icon", "template")) and not _refused(page):
            found[f"other-{number:02}.md"] = page
    return found


def _other(line: str) -> str:
    stated = line.replace("{t}", "<script>boom()</script>")
    return f"---\ntype: source\ntitle: T {line.split(':')[0]}\npublisher: P\n{stated}\n---\n"


def _refused(page: str) -> bool:
    return compiled({"x.md": page}).catalog is None
