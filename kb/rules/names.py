"""Names are unique where they have to be, and are not mistaken for one another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from kb import text
from kb.diagnostics import Diagnostic, Place, Related, Severity
from kb.frontmatter import Path
from kb.model import ComponentEntry
from kb.pages import Page
from kb.rules.rule import Rule
from kb.rules.world import Typed, World
from kb.sources import page_address

_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u04cf"
    "\u051b\u051d\u043a\u043c\u0442\u0432\u043d\u0433\u0410\u0412\u0415\u041a\u041c"
    "\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u0391\u0392\u0395"
    "\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03bf"
    "\u03b9\u03c5\u03bd\u03c1\u03ba",
    "aeopcyxijsdhlqwkmtbhrABEKMHOPCTYXIJSABEZHIKMNOPTYXaoiuvpk",
)
"""Letters of the Cyrillic and Greek alphabets that look like Latin ones, and those."""


class DuplicateId(Rule):
    """Two pages of one type have the same id, or one has an id that another had formerly.

    Ids are unique per type in the whole knowledge base: they are addresses, and citations in old
    tickets point to them. An id that a page does not state is that of its file name.
    """

    code = "KB211"
    name = "duplicate-id"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the present and former ids of each page type."""
        seen: dict[tuple[str, str], tuple[Place, str]] = {}
        for one in world.typed:
            yield from self._one(seen, one, one.page.id, _id_place(one.page))
        for one in world.typed:
            for index, old in enumerate(one.entry.formerly):
                place = one.page.place(*one.page.item(("formerly",), index))
                yield from self._one(seen, one, old, place)

    def _one(
        self, seen: dict[tuple[str, str], tuple[Place, str]], one: Typed, name: str, place: Place
    ) -> Iterator[Diagnostic]:
        kind = one.entry.type
        first, title = seen.setdefault((kind, name), (place, one.entry.title))
        if first is not place:
            yield self.found(
                place,
                f"`{name}` is already the id of another {kind}, {title}",
                "state another `id`, or make one page of the two",
                [Related(first, "the first one is here")],
            )


class DuplicateName(Rule):
    """Two things of one type have the same name, so that a question could mean either.

    Names are titles, aliases and ids, compared without case, spaces, hyphens and punctuation.
    Components of different products may share a name: a question that uses it is asked back.
    """

    code = "KB212"
    name = "duplicate-name"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the names within each page type, those of components within each product."""
        seen: dict[tuple[str, str, str], tuple[Place, Typed]] = {}
        for one in world.typed:
            if not world.is_whole(one.page):
                continue
            group = (one.entry.type, _product_id(world, one.page))
            for name, where in _names(one):
                place = one.page.place(*where) if where else _id_place(one.page)
                known = seen.setdefault((*group, text.key(name)), (place, one))
                if known[1] is not one and known[1].page.id != one.page.id:
                    yield self.found(
                        place,
                        f"`{name}` is also a name of {known[1].entry.title}",
                        "give one of them another name, or say in the title what tells them apart",
                        [Related(known[0], "the other one is here")],
                    )


class ConfusableName(Rule):
    """A name contains letters of another alphabet that look like Latin ones.

    Such a name cannot be told from another by eye, and a question typed on a keyboard does not
    find it. They come with copied text, or by intent.
    """

    code = "KB213"
    name = "confusable-name"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for words that mix Latin with look-alikes, and for names equal but for them."""
        seen: dict[tuple[str, str], tuple[str, Typed]] = {}
        for one in world.typed:
            for name, where in _names(one):
                shape = unicodedata.normalize("NFKC", name).translate(_LOOKALIKES)
                twin = seen.setdefault((one.entry.type, text.key(shape)), (name, one))
                is_other = twin[1] is not one and text.key(twin[0]) != text.key(name)
                if is_other or any(_is_mixed(word) for word in name.split()):
                    first = _id_place(twin[1].page)
                    place = one.page.place(*where)
                    if is_other and name.isascii():
                        place, first = first, place
                    yield self.found(
                        place,
                        f"this name looks like `{shape}`, but some of its letters are others",
                        "type the name again on a keyboard",
                        [Related(first, "the other one is here")] if is_other else (),
                    )


class SameAddress(Rule):
    """Two files would be published at the same address, and one would replace the other."""

    code = "KB214"
    name = "same-address"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the addresses of all pages."""
        seen: dict[str, Page] = {}
        for page in world.pages:
            first = seen.setdefault(page_address(page.file.path).casefold(), page)
            if first is not page:
                yield self.found(
                    page.top,
                    f"{page.file.path} and {first.file.path} have the same address",
                    "rename one of the files",
                    [Related(first.top, "the other one is here")],
                )


class RepeatedName(Rule):
    """An alias says nothing new: it is the title, or another alias, in another spelling.

    Names are compared word by word, without case, hyphens and punctuation, so one spelling is
    enough.
    """

    code = "KB215"
    name = "repeated-name"
    severity = Severity.WARNING

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Compare the names of each page with one another."""
        for one in world.typed:
            seen = {text.words(one.entry.title): one.entry.title}
            for index, alias in enumerate(one.entry.aliases):
                first = seen.setdefault(text.words(alias), alias)
                if first is not alias:
                    yield self.found(
                        one.page.place(*one.page.item(("aliases",), index)),
                        f"`{alias}` is the same name as `{first}`",
                        "delete it",
                    )


class ListInText(Rule):
    """One alias contains commas: probably several were meant, and YAML reads one.

    Several values stand in square brackets, or each on a line of its own with a hyphen before it.
    """

    code = "KB216"
    name = "list-in-text"
    severity = Severity.WARNING

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look at names that are written as a single text."""
        for one in world.typed:
            written = one.page.front.values.get("aliases")
            if isinstance(written, str) and "," in written:
                yield self.found(
                    one.page.place("aliases"),
                    "this is one alias with commas in it",
                    f"write a list: `aliases: [{written}]`",
                )


RULES = (DuplicateId, DuplicateName, ConfusableName, SameAddress, RepeatedName, ListInText)


def _names(one: Typed) -> Iterator[tuple[str, Path]]:
    """Yield the names of a page, each with the path where it stands."""
    yield one.page.id, ("id",) if one.entry.id is not None else ()
    yield one.entry.title, ("title",)
    for index, alias in enumerate(one.entry.aliases):
        yield alias, one.page.item(("aliases",), index)


def _id_place(page: Page) -> Place:
    return page.place("id") if ("id",) in page.front.marks else page.key_place("type")


def _product_id(world: World, page: Page) -> str:
    if not isinstance(page.entry, ComponentEntry):
        return ""
    product = world.product_of(page)
    return product.page.id if product else ""


def _is_mixed(word: str) -> bool:
    """Whether a word has plain Latin letters and look-alikes of them."""
    if word.isascii() or word.translate(_LOOKALIKES) == word:
        return False
    return any(char.isascii() and char.isalpha() for char in word)
