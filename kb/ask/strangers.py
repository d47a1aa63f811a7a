"""Words that belong to no name, and names that belong to other worlds."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask import data
from kb.ask.asides import asides
from kb.ask.mentions import Mention
from kb.ask.scene import Scene
from kb.ask.spelling import is_plain
from kb.ask.words import number, singular, stems, tokens

_DIGITS_OF_A_YEAR = 4
_LEAST_BEHIND_COLON = 4
"""Words that must follow a colon for the question to begin behind it."""

_BEFORE_OCCASIONS = frozenset(
    "for at in on by of during before after until from with about my our his her their".split()
)
"""Words with which an occasion or a person is brought in."""

_ONTO = frozenset({"on", "onto", "to"})
"""Words behind which a place stands."""

_WHICH = frozenset({"which", "what"})
_NEEDS = frozenset({"need", "needs", "require", "requires"})
"""Words before what is asked for, and before what something is to have."""
_QUOTES = frozenset("'\"")
"""Signs before something that is quoted."""

_POINTING = frozenset({"it", "that", "this", "they", "them"})
"""Words behind a colon that stand for what is told before it."""


def content(scene: Scene) -> tuple[int, ...]:
    """Return where in the part that asks words carry matter and belong to no name."""
    taken = {i for one in scene.mentions for i in range(one.start, one.end)}
    taken |= scene.said.positions | scene.apart
    versions = {one.start for one in scene.mentions if one.kind == "version"}
    topologies = {one.start for one in scene.mentions if one.kind == "topology"}
    usual = data.word_lists()["ordinary"]
    taken |= {i - 1 for i in topologies if i and scene.words[i - 1].word in usual}
    taken |= {i - 1 for i in versions if scene.words[i - 1].word in ("version", "release")}
    function = data.word_lists()["function"]
    return tuple(
        i
        for i in range(_after_colon(scene), scene.asking.end)
        if i not in taken
        and (word := scene.words[i].word) not in function
        and number(word) is None
        and not word[:1].isdigit()
        and not _tells_a_cluster(scene, i)
    )


def _tells_a_cluster(scene: Scene, position: int) -> bool:
    """Return whether a word before "cluster" only tells which clusters the pages are about."""
    lists = data.word_lists()
    following = [
        one.word for one in scene.words[position + 1 : min(position + 3, scene.asking.end)]
    ]
    token = scene.words[position]
    if following[1:] and following[0] in lists["of-clusters"]:
        following = following[1:]
    is_first = position == scene.asking.start  # what stands first is what it is about
    if is_first or not following or following[0] not in ("cluster", "clusters"):
        return False
    spelling = scene.lexicon.spelling
    is_of_pages = spelling.knows(token) and not spelling.is_documented(token)
    return is_of_pages or token.word in lists["of-clusters"]


def unknown(scene: Scene, matter: Sequence[int]) -> tuple[str, ...]:
    """Return those of the words that carry matter which nothing explains: what may be asked about.

    An adverb, and what only tells circumstances, are passed over.
    """
    spelling = scene.lexicon.spelling
    strange = [i for i in matter if not spelling.knows(scene.words[i])]
    circumstances = asides(scene) if strange else ()
    found: list[str] = []
    for position in strange:
        token = scene.words[position]
        is_aside = position in circumstances or _is_held_against_a_thing(scene, position)
        if is_aside or len(token.word) < 2:
            continue
        if not (
            _is_plain(scene, position)
            or _tells_a_place(scene, position)
            or _is_label(scene, position)
            or token.word.endswith("ly")
            or any(map(str.isdigit, token.word))
        ):
            found.append(token.word)
    return tuple(dict.fromkeys((*found, *_attributes(scene), *_editions(scene))))


def _is_held_against_a_thing(scene: Scene, position: int) -> bool:
    """Return whether a word is the second of two, of which the pages know the first."""
    if position < 2 or scene.words[position - 1].word != "or":
        return False
    is_last = position + 1 in (scene.asking.end, len(scene.words))
    ends = {one.end for one in scene.mentions if one.kind == "resource"}
    return is_last and position - 1 in ends


def _editions(scene: Scene) -> list[str]:
    """Return years that stand behind a word as part of a name that the pages do not have."""
    if not any(len(one) == _DIGITS_OF_A_YEAR and one.isdigit() for one in scene.vocabulary):
        return []
    versions = {one.start for one in scene.mentions if one.kind == "version"}
    function = data.word_lists()["function"]
    found: list[str] = []
    begin, end = scene.asking.start + 1, scene.asking.end
    if scene.words[begin - 1].word in ("on", "in", "with", "under", "at"):  # where all stands
        begin = next((i for i in range(begin, end) if scene.words[i].break_before), begin)
    for position in sorted({*range(begin, end)} - asides(scene)):
        token, before = scene.words[position], scene.words[position - 1]
        is_year = len(token.word) == _DIGITS_OF_A_YEAR and token.word[:2] in ("19", "20")
        is_within = is_year and token.word.isdigit() and not token.break_before
        if is_within and position not in versions and before.word not in function:
            found.append(f"{before.word} {token.word}")
    return found


def _is_plain(scene: Scene, position: int) -> bool:
    """Return whether a word is of general English and stands where no thing asked for stands."""
    token = scene.words[position]
    if _follows(scene, position, _WHICH):
        return False
    if token.stem in data.stems_of("plain") or token.word in data.word_lists()["towns"]:
        return True
    before = scene.words[max(scene.asking.start, position - 3) : position]
    return token.stem in data.stems_of("occasions") and any(
        one.word in _BEFORE_OCCASIONS for one in before
    )


def _tells_a_place(scene: Scene, position: int) -> bool:
    """Return whether a word tells one node from another, or a place: "the idle node"."""
    following = scene.words[position + 1 : position + 2]
    is_node = bool(following) and following[0].stem in data.stems_of("nodes")
    before = [one.word for one in scene.words[max(0, position - 2) : position]]
    is_behind = before[-1:] in (["the"], ["a"], ["our"]) and before[0] in _ONTO
    return (is_node or is_behind) and scene.words[position].word in data.place_words()


def _is_label(scene: Scene, position: int) -> bool:
    """Return whether a word is what a node is called: "nodes SQLA and SQLB"."""
    if not scene.words[position].text[:1].isupper():
        return False
    before = position - 1
    while before > scene.asking.start and (
        scene.words[before].word in ("and", "or") or scene.words[before].text[:1].isupper()
    ):
        before -= 1
    return singular(scene.words[before].word) in data.word_lists()["nodes"]


def _attributes(scene: Scene) -> list[str]:
    """Return properties that are asked for and that no page speaks of: "which service account".

    They stand right behind a name or a kind, or behind "which" or "what".
    """
    attributes = data.word_lists()["attributes"]
    found = [
        position
        for position in range(scene.asking.start, scene.asking.end)
        if scene.words[position].word in attributes and not scene.words[position].break_before
    ]
    if not found:
        return []
    ends = {one.end for one in scene.mentions if one.kind in ("kind", "component", "product")}
    return [
        scene.words[position].word
        for position in found
        if (
            position in ends
            or _follows(scene, position, _WHICH)
            or (_follows(scene, position, _NEEDS) and not _is_documented(scene, position - 1))
            or _is_had(scene, position)
        )
        and not _is_documented(scene, position)
    ]


def _is_documented(scene: Scene, position: int) -> bool:
    """Return whether a name or a statement has the word.

    Behind "which", or before "of", it must be one of the components named, if any is.
    """
    token = scene.words[position]
    if not scene.lexicon.spelling.is_documented(token):
        return False
    if not (_follows(scene, position, _WHICH) or _is_had(scene, position)):
        return True
    named = [scene.catalog.components[one] for one in scene.ids("component", in_asking=True)]
    said = [
        text
        for one in named
        for text in (*one.names, one.role or "", *(each.action for each in one.requirements))
    ]
    return not named or any(token.stem in stems(text) for text in said)


def _is_had(scene: Scene, position: int) -> bool:
    """Return whether the noun is one of something named: "path of the agent"."""
    words = scene.words[position + 1 : position + 4]
    starts = {one.start for one in scene.mentions if one.kind in ("component", "product")}
    if not words or words[0].word not in ("of", "for") or words[0].break_before:
        return False
    return any(position + offset in starts for offset in (2, 3))


def _follows(scene: Scene, position: int, opening: frozenset[str]) -> bool:
    """Return whether a noun is that of "which" or "needs": only words that tell of it between."""
    function = data.word_lists()["function"]
    for index in range(position - 1, max(scene.asking.start, position - 4) - 1, -1):
        if scene.words[index].word in opening:
            return True
        if scene.words[index].word in function or scene.words[index + 1].break_before:
            return False
    return False


def _after_colon(scene: Scene) -> int:
    """Return where the part that asks begins in earnest: behind a colon, if enough follows."""
    for position in range(scene.asking.end - _LEAST_BEHIND_COLON, scene.asking.start, -1):
        if ":" in scene.words[position].joint:
            return scene.asking.start if _points_back(scene, position) else position
    return scene.asking.start


def _points_back(scene: Scene, position: int) -> bool:
    """Return whether the words from here on name nothing and stand for what is told before."""
    named = ("component", "resource", "topology")
    if any(one.kind in named and position <= one.start for one in scene.mentions):
        return False
    return any(one.word in _POINTING for one in scene.words[position : scene.asking.end])


def named_foreign(scene: Scene) -> tuple[str, ...]:
    """Return the names, in the part that asks, of which the pages say that they are others'."""
    return scene.ids("foreign", in_asking=True)


def parts_of_products(scene: Scene) -> tuple[str, ...]:
    """Return what nobody knows and stands right behind a product's name: "Acme Indexer"."""
    found: list[str] = []
    for mention in scene.mentions:
        if mention.kind != "product" or not scene.in_asking(mention):
            continue
        behind = scene.words[mention.end : min(mention.end + 1, scene.asking.end)]
        if not behind or behind[0].break_before or not behind[0].text[:1].isupper():
            continue
        token = behind[0]
        if not (scene.lexicon.spelling.knows(token) or is_plain(token)) and token.word.isalpha():
            before = scene.words[mention.start : mention.end]
            found.append(" ".join(one.text for one in (*before, token)))
    return tuple(found)


def modifiers(scene: Scene) -> tuple[str, ...]:
    """Return unknown words right before a component's name: "Acme" in "Acme agent"."""
    found: list[str] = []
    ends = {one.end: one.kind for one in scene.mentions}
    for mention in scene.mentions:
        position = mention.start - 1
        is_asked = scene.in_asking(mention) and mention.start not in scene.apart
        if mention.kind != "component" or position < 0 or not is_asked:
            continue
        token = scene.words[position]
        kind = ends.get(mention.start)
        is_quoted = not _QUOTES.isdisjoint(scene.words[mention.start].joint)
        is_apart = is_quoted or bool(scene.words[mention.start].break_before)
        if is_apart or kind not in (None, "resource"):
            continue
        if position in scene.said.positions:
            continue
        if _is_part_of_another_name(scene, mention):
            found.append(token.text)
        if kind is not None:
            continue
        is_known = scene.lexicon.spelling.knows(token) or number(token.word) is not None
        if not is_known and not is_plain(token) and token.word.isalpha():
            found.append(token.text)
    return tuple(dict.fromkeys(found))


def _is_part_of_another_name(scene: Scene, mention: Mention) -> bool:
    """Return whether a capital and a noun that is not of its name stand before: "Server Agent"."""
    before, token = scene.words[mention.start - 1], scene.words[mention.start]
    is_title = before.text[:1].isupper() and token.text[:1].isupper()
    if not is_title or mention.start - 1 == scene.asking.start or before.break_before:
        return False
    if before.word in data.word_lists()["function"] or is_plain(before):
        return False
    things = [scene.catalog.components[one] for one in mention.ids]
    products = [scene.catalog.products[one.product] for one in things]
    names = {
        word.word for one in (*things, *products) for name in one.names for word in tokens(name)
    }
    return _is_prose_around(scene, mention) and before.word not in names


def _is_prose_around(scene: Scene, mention: Mention) -> bool:
    """Return whether words have capitals only where they begin a sentence or are names.

    The name itself, with the capitals before it, tells nothing.
    """
    start = mention.start
    while start > 0 and scene.words[start - 1].text[:1].isupper():
        start -= 1
    around = (*scene.words[1:start], *scene.words[mention.end :])
    others = [one for one in around if one.word != "i" and not one.break_before]
    return 2 * sum(one.text[:1].islower() for one in others) >= len(others) > 0
