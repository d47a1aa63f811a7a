"""Reads questions: words, names, sentences, and from them what is asked.

The stages stand in `Reader.read`; each has a module of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kb.ask import data, phrases
from kb.ask.answer import Correction
from kb.ask.apart import Apart, set_apart
from kb.ask.clauses import circumstances, question_behind
from kb.ask.conditions import ConditionReader, Said
from kb.ask.editions import unknown_topology, version
from kb.ask.facts import marks_of
from kb.ask.forms import (
    form,
    is_alternative,
    is_negated,
    is_yes_no,
    modality,
    placement,
    places,
    quantifier,
    several_of,
    without_wishes,
)
from kb.ask.lexicon import Lexicon
from kb.ask.mentions import Mention
from kb.ask.named import JOINING, components, kinds, names_at, narrowest, resources
from kb.ask.operations import operations
from kb.ask.quantities import counted_after, counted_per, numbers
from kb.ask.reading import Done, Reading
from kb.ask.record import kept
from kb.ask.scene import EXCLUDING, Scene
from kb.ask.sentences import Sentence, asking, closing, opening, sentences
from kb.ask.singled import singled
from kb.ask.strangers import content, modifiers, named_foreign, parts_of_products, unknown
from kb.ask.words import MOST_TOKENS, Token, number, singular, stem, tokens
from kb.catalog import Catalog

_BEING = frozenset("is are be of these those".split())
_ASKING_FOR = ("required", "need", "recommended")
"""How it is asked whether something is to be done."""


class Reader:
    """Reads questions on one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lexicon = Lexicon(catalog)
        self._conditions = ConditionReader(catalog)
        verbs = tokens("install host keep run put")
        self._placing = frozenset(one for one in marks_of(verbs) if one.startswith("#"))

    @property
    def lexicon(self) -> Lexicon:
        """The names of the catalog."""
        return self._lexicon

    @property
    def placing_marks(self) -> frozenset[str]:
        """Marks of verbs whose object is a place, such as "host" or "install"."""
        return self._placing

    @staticmethod
    def tokens(question: str) -> tuple[Token, ...]:
        """Return the words of a question."""
        return tokens(question)

    def read(self, question: str) -> Reading:
        """Return what the question says; `question` has been normalised line by line."""
        if not any(map(str.islower, question)):
            question = question.lower()  # where all is in capitals, a capital tells nothing
        read = tokens(question)
        is_truncated = len(read) >= MOST_TOKENS
        written = self._lexicon.codes.joined(read)
        words = self._lexicon.written_out(self._lexicon.spelling.correct(written))
        mentions = self._lexicon.find(words)
        mentions = _without_plain_kinds(words, mentions)
        begin, end = opening(words, mentions), closing(words, mentions)
        tail = words[end].joint if end < len(words) else question[-3:]
        if end - begin < len(words):
            written, words = written[begin:end], words[begin:end]
            mentions = _without_plain_kinds(words, self._lexicon.find(words))
        mentions = self._lexicon.with_titles(words, mentions)
        found = sentences(words, tail)
        said = self._conditions.read((one.start, words[one.start : one.end]) for one in found)
        mentions = tuple([one for one in mentions if not _is_of_condition(one, said)])
        free = [one for one in mentions if not said.covers(one.start, one.end)]
        scene = Scene(
            catalog=self._catalog,
            lexicon=self._lexicon,
            question=question,
            is_truncated=is_truncated,
            written=written,
            words=words,
            vocabulary=frozenset([one.word for one in words]),
            mentions=self._lexicon.partial.added(words, mentions, free),
            sentences=found,
            asking=asking(found, words, free),
            said=said,
        )
        apart = set_apart(scene)
        return self._reading(
            replace(scene, apart=apart.positions) if apart.positions else scene, apart
        )

    @kept("reading")
    def _reading(self, scene: Scene, apart: Apart) -> Reading:
        begin, end = scene.asking.start, scene.asking.end
        line = without_wishes(scene.symbols(begin, end) if apart.positions else apart.line)
        is_all = begin == 0 and end == len(scene.words)
        whole = line if is_all else scene.symbols(0, len(scene.words))
        behind = question_behind(scene)
        asking_line = line if behind == begin else scene.symbols(behind, end)
        is_confirmed = phrases.has("yes-no", "confirmed", whole)
        wants_yes_or_no = is_confirmed or is_yes_no(scene, asking_line)
        is_choice = phrases.first_meaning("intent", line) == "choice"
        excluded = names_at(scene, apart.left_out)
        asked_form = form(asking_line, wants_yes_or_no=wants_yes_or_no)
        has_parts = not is_choice and asked_form not in ("same", "compare")
        named = components(scene, apart, is_choice=is_choice, has_parts=has_parts)
        nodes, amount, counted = numbers(scene)
        stated, unknown_version = version(scene)
        told = scene if named.aside is None else replace(scene, apart=named.aside)
        main = line if told is scene else told.symbols(begin, end)
        is_statement = any(phrases.has("yes-no", "statement", one) for one in (line, whole))
        asked = modality(main, is_statement=is_statement)
        is_lacking = asked in ("can", "forbidden") and phrases.has("negation", "lacking", line)
        matter = content(told)
        words = tuple(scene.words[i] for i in matter)
        not_known = unknown(scene, matter)
        strange = modifiers(scene)
        topologies = narrowest(scene, line)
        place = placement(scene, _without_once(scene, line))
        number_of = several_of(scene, amount, counted, named.ids)
        several = places(line) if place is not None else ()
        alone = singled(scene, line)
        if alone is not None and named.ids:
            named = replace(named, ids=(), beside=(*named.ids, *named.beside))
        return Reading(
            question=scene.question,
            is_truncated=scene.is_truncated,
            stems=_stems(scene),
            line=line,
            form=asked_form,
            modality=asked,
            is_negated=not is_lacking and asked not in ("forbidden", "skip") and is_negated(main),
            is_object_negated=is_lacking
            or phrases.has("negation", "object", line)
            or (asked in _ASKING_FOR and phrases.has("negation", "undone", line)),
            is_statement=is_statement,
            is_bare=not wants_yes_or_no and phrases.first_meaning("intent", line) is None,
            is_about_another=phrases.has("about-another", "yes", line),
            components=named.ids,
            shared=named.shared,
            is_partly_named=named.is_partial,
            is_joined=named.is_joined,
            is_named_in_condition=named.is_circumstance,
            beside=named.beside,
            places_of=named.places_of,
            describing=named.describing,
            done=_done(scene, apart),
            excluded=excluded,
            excluded_kinds=scene.excluded_kinds(),
            is_choice=is_choice and len(named.ids) > 1,
            kinds=kinds(scene),
            quantifier=quantifier(line) or quantifier(whole) or ("any" if excluded else None),
            products=scene.ids("product", in_asking=True) or scene.ids("product"),
            topologies=topologies,
            unknown_topology=unknown_topology(scene),
            version=stated,
            unknown_version=unknown_version,
            nodes=nodes,
            amount=amount,
            counted=counted,
            counted_per=counted_per(scene),
            counted_after=counted_after(scene),
            conditions=self._conditions.with_nodes(scene.said.conditions, nodes),
            resources=resources(scene, line),
            procedures=self._lexicon.find_procedures(scene.words),
            singled=alone,
            operations=operations(line),
            placement=number_of if number_of == "several-per-node" else place or number_of,
            places=several,
            is_alternative=is_alternative(line, several),
            words=words,
            unknown=not_known,
            idle=_idle(scene, words, not_known),
            foreign=(*named_foreign(scene), *strange, *parts_of_products(scene)),
            has_foreign_modifier=bool(strange),
            corrections=_corrections(scene),
        )


def _stems(scene: Scene) -> frozenset[str]:
    """Return the stems of the part that asks, and "different" where it tells two versions."""
    asking = range(scene.asking.start, scene.asking.end)
    stems = {scene.words[i].stem for i in asking if i not in scene.apart}
    told = {label for one in scene.mentions if one.kind == "version" for label in one.ids}
    return frozenset(stems | {stem("different")} if len(told) > 1 else stems)


def _idle(scene: Scene, words: Sequence[Token], unknown: Collection[str]) -> frozenset[str]:
    """Return those of the words that nothing explains and nobody asks about."""
    knows = scene.lexicon.spelling.knows
    return frozenset([one.word for one in words if one.word not in unknown and not knows(one)])


def _corrections(scene: Scene) -> tuple[Correction, ...]:
    if scene.written == scene.words:
        return ()
    return tuple(
        Correction(before.text, after.word)
        for before, after in zip(scene.written, scene.words, strict=True)
        if before.word != after.word
    )


def _done(scene: Scene, apart: Apart) -> Done | None:
    """Return what is told to be done already."""
    start, end = apart.done
    if start == end:
        names = [one for one in scene.mentions if one.start in apart.things]
        left_out = tuple(name for one in names for name in one.ids)
        return Done(None, left_out, ()) if left_out else None
    told = replace(scene, asking=Sentence(start, end, False), apart=frozenset[int]())
    return Done(
        placement=placement(told, told.symbols(start, end)),
        resources=told.ids("resource", in_asking=True),
        words=tuple(told.words[i] for i in content(told)),
    )


def _without_once(scene: Scene, line: str) -> str:
    """Return the line without the clause that "once" begins: it tells no number."""
    aside = circumstances(scene, with_order=True) if " onc" in line else frozenset[int]()
    if not any(scene.words[one].word == "once" for one in aside):
        return line
    main = replace(scene, apart=scene.apart | aside)
    return main.symbols(scene.asking.start, scene.asking.end)


def _without_plain_kinds(
    words: Sequence[Token], mentions: Sequence[Mention]
) -> tuple[Mention, ...]:
    """Leave out the words for kinds that only stand beside another one: "which ... database nodes".

    A second one counts where it is joined to the first, or where the first is said to be one.
    """
    kept_: list[Mention] = []
    last: Mention | None = None
    for one in mentions:
        if one.kind == "kind":
            following = words[one.end].stem if one.end < len(words) else ""
            between = [word.word for word in words[last.end : one.start]] if last else []
            is_beside = bool(between) and not any(word in EXCLUDING for word in between)
            is_beside &= not all(
                word in JOINING or word in _BEING or bool(number(word)) for word in between
            )
            is_node = singular(words[one.start].word) in data.word_lists()["nodes"]
            if is_node and not _is_asked_for(words, one):
                continue
            is_said_to_be = bool({"are", "is"} & set(between[-2:]))
            is_same = last is not None and last.ids == one.ids
            is_of_node = following in data.stems_of("nodes")
            if is_of_node or (is_beside and not is_said_to_be and not is_same):
                continue
            last = one
        kept_.append(one)
    return tuple(kept_)


def _is_asked_for(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether a word for a kind stands behind "which" and no "on": it is no place."""
    before = [one.word for one in words[max(0, mention.start - 3) : mention.start]]
    while before and before[-1] in ("the", "all", "our", "your"):
        before.pop()
    is_place = bool(set(before[:-1]) & {"on", "in", "at", "to"})
    return before[-1:] in (["which"], ["what"], ["many"], ["list"], ["name"]) and not is_place


def _is_of_condition(mention: Mention, said: Said) -> bool:
    """Return whether a word for a kind is only one of a condition's name."""
    return mention.kind == "kind" and said.named.issuperset(range(mention.start, mention.end))
