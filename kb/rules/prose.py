"""The prose of a page: what must not stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.diagnostics import Diagnostic, Place, Related
from kb.markdown import Flaw
from kb.pages import Page
from kb.rules.references import requirements
from kb.rules.rule import Rule
from kb.rules.world import World


class RawHtml(Rule):
    """HTML stands in the prose, or something that a browser would take for it.

    Pages can come from strangers, and HTML can run scripts in the reader's browser; comments can
    hide text from the reader that programs still read. Markdown says all that is needed. A literal
    `<` stands in a code span, or is written as `&lt;`.
    """

    code = "KB401"
    name = "raw-html"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Report the HTML that the Markdown parser has found."""
        for page, flaw in flaws(world, "html"):
            yield self.found(
                Place(page.file.path, flaw.line, flaw.column),
                f"`{flaw.excerpt}` is HTML, which is not allowed in pages",
                "use Markdown; put a literal text into backticks, or write &lt; for the bracket",
            )


class UnsafeAttribute(Rule):
    """An attribute list (`{: ... }`) sets an attribute that can run a script or load something.

    Ids, classes and ordinary attributes are allowed; event handlers, styles and addresses are not.
    """

    code = "KB402"
    name = "unsafe-attribute"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Report the attributes that were found in braces."""
        for page, flaw in flaws(world, "attributes"):
            yield self.found(
                Place(page.file.path, flaw.line, flaw.column),
                f"the attribute `{flaw.excerpt}` is not allowed in pages",
                "delete it; put a literal text into backticks",
            )


class BodyLimit(Rule):
    """A line, a table or a nesting in the prose is larger than is read.

    Some texts of a few kilobytes keep a Markdown parser busy for minutes.
    """

    code = "KB403"
    name = "body-limit"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Report what the reader of the body refused."""
        for name in ("width", "nesting"):
            for page, flaw in flaws(world, name):
                yield self.found(
                    Place(page.file.path, flaw.line, flaw.column),
                    f"the prose has {flaw.excerpt}",
                    "simplify it, or split the page",
                )


class DuplicateAnchor(Rule):
    """A heading's own anchor (`{#anchor}`) is used twice on a page, or is a requirement's id.

    A link to it would lead to the first of them alone. Anchors that are not chosen never collide.
    """

    code = "KB404"
    name = "duplicate-anchor"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare chosen anchors with one another and with the requirements of the page."""
        for page in world.pages:
            if not any(one.explicit for one in page.body.sections):
                continue
            seen = {
                entry.id: page.place("requirements", index, "id")
                for index, entry in requirements(page)
            }
            for section in page.body.sections:
                if not section.explicit:
                    continue
                place = Place(page.file.path, section.line, 1)
                first = seen.setdefault(section.anchor, place)
                if first is not place:
                    yield self.found(
                        place,
                        f"the anchor `{section.anchor}` is already used on this page",
                        "choose another one, or none",
                        [Related(first, "it is used here")],
                    )


class CodeBlock(Rule):
    """A fenced code block is not closed, or not in the way in which it is opened.

    Parsers do not agree on where such a block ends, and what is code for one of them is prose, or
    HTML, for another. A block opens and closes with the same line of backticks, equally indented,
    on lines of their own; behind the first one stands the language.
    """

    code = "KB405"
    name = "code-block"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Report what the reader of the body refused."""
        for page, flaw in flaws(world, "code"):
            yield self.found(
                Place(page.file.path, flaw.line, flaw.column),
                f"this is {flaw.excerpt}",
                "open and close the block with the same line, each on a line of its own, indented "
                "alike",
            )


RULES = (RawHtml, UnsafeAttribute, BodyLimit, DuplicateAnchor, CodeBlock)


def flaws(world: World, name: str) -> Iterator[tuple[Page, Flaw]]:
    """Yield what the readers of the bodies have refused under this name."""
    for page in world.pages:
        for flaw in page.body.flaws:
            if flaw.name == name:
                yield page, flaw
