"""Reads questions: words, names, sentences, and from them what is asked.

The stages stand in `Reader.read`; each has a module of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from kb.ask import phrases
from kb.ask.answer import Correction
from kb.ask.apart import Apart, set_apart
from kb.ask.beside import beside_others
from kb.ask.clauses import circumstances, question_behind, stating
from kb.ask.conditions import ConditionReader, Said
from kb.ask.editions import VERSION_NOUNS, series_of, unknown_topology, version, versions
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
from kb.ask.framing import closing, ending, opening, without_frame
from kb.ask.lexicon import Lexicon
from kb.ask.mentions import Mention
from kb.ask.named import components, kinds, names_at, narrowest, resources
from kb.ask.operations import operations
from kb.ask.quantities import counted_after, counted_per, numbers
from kb.ask.reading import Done, Reading
from kb.ask.record import kept
from kb.ask.saving import Saved
from kb.ask.scene import Scene
from kb.ask.sentences import Sentence, asking, sentences
from kb.ask.singled import singled
from kb.ask.strangers import content, modifiers, named_foreign, parts_of_products, unknown
from kb.ask.turns import plainly
from kb.ask.words import MOST_TOKENS, Token, in_one_script, stem, tokens
from kb.catalog import Catalog

_ITSELF = re.compile(
    r" (?:can|could|may|must|should|is|are)(?: the| our| a)? C K(?: (?:in|on)(?: an?| the)? T)?$"
    r"| (?:can|could|may|must|should|do)(?: (?:i|we|you|one|need|have|to))+"
    r" (?:put|place|keep|store|run|host|move|use|have)(?: the| our| a)? C K(?: R)?$"
)
"""A question whose verb and object are the words of a condition."""
_ALONE = re.compile(
    r" (?:is|are|do|doe|must|should|can|may)(?: (?:i|we|you|it|have|ok|fine))*"
    r"(?: (?:to )?(?:need|use|enabl|put|place|keep|do without|go without|skip))?"
    r"(?: an?| the| our)? K(?: R)?"
    r"(?: (?:requir|need|recommend|mandatori|necessari|option|allow|support))?"
    r"(?: (?:for|in|on|with|of)(?: an?| the| our)? T)?$"
)
"""A question that names nothing but a condition and a topology."""
_OF_MAIN_CLAUSE = frozenset({"what-must", "how", "where", "yes-no", "how-many"})
"""Forms in which a clause of circumstances has no part in what is asked for."""
_ASKING_FOR = ("required", "need", "recommended")
"""How it is asked whether something is to be done."""


class Reader:
    """Reads questions on one catalog."""

    def __init__(self, catalog: Catalog, saved: Saved | None = None) -> None:
        """Make a reader; `saved` is what its lexicon returned for the same catalog."""
        self._catalog = catalog
        self._lexicon = Lexicon(catalog, saved)
        self._conditions = ConditionReader(catalog)
        self._placing = _groups_of("install host keep run put")
        self._having = self._placing | _groups_of("give configure use add have")

    @property
    def lexicon(self) -> Lexicon:
        """The names of the catalog."""
        return self._lexicon

    @property
    def placing_marks(self) -> frozenset[str]:
        """Marks of verbs whose object is a place, such as "host" or "install"."""
        return self._placing

    @property
    def having_marks(self) -> frozenset[str]:
        """Marks of verbs whose object is then there."""
        return self._having

    def conditions_about(self, words: Sequence[Token]) -> frozenset[str]:
        """Return the ids of the conditions of whose topic alone these words are."""
        return self._conditions.about(words)

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
        mentions = beside_others(self._catalog, words, mentions)
        begin, end = opening(words, mentions), closing(words, mentions)
        tail = ending(words, end, plainly(question[-3:]))
        if end - begin < len(words):
            question = without_frame(question, words, begin, end)
            written, words = written[begin:end], words[begin:end]
            mentions = beside_others(self._catalog, words, self._lexicon.find(words))
        mentions = self._lexicon.with_titles(words, mentions)
        found = sentences(words, tail)
        said = self._conditions.read((one.start, words[one.start : one.end]) for one in found)
        mentions = tuple([one for one in mentions if not _is_of_condition(one, said)])
        free = [one for one in mentions if not said.covers(one.start, one.end)]
        mentions = self._lexicon.partial.added(words, mentions, free)
        free = [one for one in mentions if not said.covers(one.start, one.end)]
        scene = Scene(
            catalog=self._catalog,
            lexicon=self._lexicon,
            question=question,
            is_truncated=is_truncated,
            written=written,
            words=words,
            vocabulary=frozenset([one.word for one in words]),
            mentions=mentions,
            sentences=found,
            asking=asking(found, words, free),
            said=said,
        )
        if said.named and _asks_whether_it_holds(scene):
            told = [one for one in found if one.start < scene.asking.start]
            said = self._conditions.read((one.start, words[one.start : one.end]) for one in told)
            scene = replace(scene, said=said)
        if aside := stating(scene):
            scene = replace(scene, said=replace(said, positions=said.positions | aside))
        apart = set_apart(scene)
        return self._reading(
            replace(scene, apart=apart.positions) if apart.positions else scene, apart
        )

    @kept("reading")
    def _reading(self, scene: Scene, apart: Apart) -> Reading:
        begin, end = scene.asking.start, scene.asking.end
        line = without_wishes(scene.asked)
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
        series = series_of(scene, unknown_version)
        if series:
            stated, unknown_version = (series[0] if len(series) == 1 else None), None
        told = scene if named.aside is None else replace(scene, apart=named.aside)
        main = line if told is scene else told.asked
        is_statement = any(phrases.has("yes-no", "statement", one) for one in (line, whole))
        asked = modality(main, is_statement=is_statement)
        is_lacking = asked in ("can", "forbidden") and phrases.has("negation", "lacking", line)
        is_without = is_lacking or phrases.has("negation", "object", line)
        asked = "can" if asked == "enough" and is_without else asked
        matter = content(told)
        if series:
            matter = tuple(i for i in matter if scene.words[i].word not in VERSION_NOUNS)
        not_known = unknown(scene, matter)
        if asked_form in _OF_MAIN_CLAUSE:
            aside = circumstances(told, with_order=False)
            if asked_form == "yes-no" and self._conditions.has_words_of(
                scene.words[i] for i in aside
            ):
                aside = frozenset()  # it may state a condition in words that are not understood
            matter = tuple(i for i in matter if i not in aside or scene.words[i].word in not_known)
        words = tuple(scene.words[i] for i in matter)
        strange = modifiers(scene)
        topologies = narrowest(scene, line)
        place = placement(told, main)
        is_left_out = is_lacking or asked == "skip"
        place = "particular-node" if is_left_out and place == "one-node" else place
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
            is_object_negated=is_without or (asked in _ASKING_FOR and _is_taken_back(line)),
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
            contrasted=names_at(scene, apart.contrasted),
            excluded=excluded,
            excluded_kinds=scene.excluded_kinds(),
            is_choice=is_choice and len(named.ids) > 1,
            kinds=kinds(scene),
            quantifier=quantifier(line) or quantifier(whole) or ("any" if excluded else None),
            products=scene.ids("product", in_asking=True) or scene.ids("product"),
            topologies=topologies,
            unknown_topology=unknown_topology(scene),
            version=stated,
            versions=versions(scene),
            series=series,
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


def _asks_whether_it_holds(scene: Scene) -> bool:
    """Return whether all that is asked of a component is what names a condition, with its name.

    "May the relay be encrypted" asks about it, and does not state that the relay is encrypted.
    """
    line = scene.asked
    if _ALONE.match(line):
        return True
    if not _ITSELF.match(line):
        return False
    names = (one for one in scene.mentions if one.kind == "component" and scene.in_asking(one))
    return any(one.start in scene.said.named for one in names)


def _is_taken_back(line: str) -> bool:
    """Return whether it is asked to undo something, or to avoid it."""
    return any(phrases.has("negation", one, line) for one in ("undone", "avoided"))


def _groups_of(verbs: str) -> frozenset[str]:
    return frozenset(one for one in marks_of(tokens(verbs)) if one.startswith("#"))


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
    """Return the words that are read as others, and those with letters of another script."""
    if scene.written == scene.words and all(one.text.isascii() for one in scene.words):
        return ()
    return tuple(
        Correction(before.text, after.word)
        for before, after in zip(scene.written, scene.words, strict=True)
        if before.word != after.word or in_one_script(before.text) != before.text
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
        placement=placement(told, told.asked),
        resources=told.ids("resource", in_asking=True),
        words=tuple(told.words[i] for i in content(told)),
    )


def _is_of_condition(mention: Mention, said: Said) -> bool:
    """Return whether a word for a kind is only one of a condition's name."""
    return mention.kind == "kind" and said.named.issuperset(range(mention.start, mention.end))
