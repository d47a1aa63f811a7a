"""What we let through is harmless when the parser of the site renders it.

Bodies are judged with one Markdown parser and rendered with another one. Random texts, made of
pieces that parsers stumble over, are rendered when we find nothing wrong with them; the result must
contain no tag, attribute or address that Markdown alone cannot make.
"""

import random
import re
from html.parser import HTMLParser

import pytest

from kb.markdown import read_body

markdown = pytest.importorskip("markdown")

EXTENSIONS = [
    "admonition", "attr_list", "tables", "toc", "pymdownx.highlight", "pymdownx.superfences",
]  # fmt: skip
HARMLESS_TAGS = set(
    "p h1 h2 h3 h4 h5 h6 ul ol li a em strong code pre blockquote table thead tbody tr th td hr br "
    "img div span".split()
)
SCHEME = re.compile(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
PIECES = [
    "<script>", "</script>", "<b ", "onclick=x", "<img src=x onerror=x>", "<!--", "-->",
    "<![CDATA[", "]]>", "<?", "?>", "</b>", "<a href=", "javascript:x", "JaVaScRiPt:x",
    "data:text/html,x", "java&#115;cript:x", "&Tab;", "&#x0A;", "[a](", "[a]: ", "[a]", "![a](",
    ")", "<", ">", "`", "``", "```\n", "~~~\n", "    ", "\n", "\n\n", "\t", "{", "}", "{: ",
    "{ onclick=x }", "{: style=x }", "#id", ".cls", "# ", "## ", "- ", "1. ", "> ", "| ",
    "|---|\n", "\\", "&lt;", "*", "**", "_", "!!! note\n", "a", "word ", " ", '"', "'", "=", "(",
    "]", "[", "^", "=== ", "---\n", "\\<", "\\`", "&", "<x@y.z>", "<https://x.y>", "https://x.y",
    "svg/onload=x", "on\nclick=x", "title='x' ", ":",
]  # fmt: skip
FOUND = [
    "```\n<script>|---|\n",
    "~~~\n{ onclick=x }\n\n",
    "- ```\n  <b>\n  ```",
    "```a b c/d\n<b>\n```",
    "````\n<b>\n```",
    "_``.cls?><[a]`<script>`title='x'",
    "[a]: <b >\n",
    "- [a]: <img src=x onerror=x> ''",
    ">[a]: \n<b }# [a]: ]]>",
    "|---|\n\t|---|\n]| =[a]<img src=x onerror=x>",
    "#id`<\nclick=x<script>`",
    "=``on\nclick=x``{ onclick=x }``[a]",
    "\\`<https://x.y>{ onclick=x }[a](\\`>",
    "}.cls![a](`data:text/html,x<\\`\\`)>",
    "![a](![a](``javascript:x``onclick=x``title='x' ^word",
]
"""Texts for which the two parsers once disagreed."""


class Harm(HTMLParser):
    """Collects what only raw HTML can bring about."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS_TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            is_alignment = tag in {"th", "td"} and name == "style"
            if name.startswith("on") or (name in {"style", "srcdoc"} and not is_alignment):
                self.found.append(f"{name}={value}")
            address = re.sub(r"[\x00-\x20]+", "", value or "").lower()
            if address.startswith(("javascript:", "vbscript:", "data:")):
                self.found.append(address)

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}")


def is_let_through(text: str) -> bool:
    body = read_body(text)
    targets = (re.sub(r"[\x00-\x20]+", "", one.target) for one in body.links)
    return not body.flaws and not any(SCHEME.match(one) for one in targets)


def harm_of(text: str) -> list[str]:
    harm = Harm()
    harm.feed(markdown.markdown(text, extensions=EXTENSIONS))
    harm.close()
    return harm.found


@pytest.mark.parametrize("text", FOUND)
def test_known_disagreements_are_refused(text: str) -> None:
    """A text that is harmless for one parser alone is not let through."""
    assert not is_let_through(text)


def test_what_is_let_through_is_harmless() -> None:
    """Of random texts, none that we find nothing wrong with renders to anything harmful."""
    chance = random.Random(20261122)
    passed = 0

    for _ in range(8000):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(2, 14)))
        if is_let_through(text):
            passed += 1
            assert harm_of(text) == [], text

    assert passed > 1500


def test_harm_is_seen() -> None:
    """The other half of the test sees what it is to see."""
    assert harm_of("<script>x</script>") == ["<script>"]
    assert harm_of("[a](javascript:x)") == ["javascript:x"]
    assert harm_of("*a*{: onclick=x }") == ["onclick=x"]
