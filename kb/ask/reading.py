"""A question as it was understood: what is asked of what, under which circumstances.

Reads words and names only; what the pages say about the things named is not looked at here, apart
from the vocabulary that they form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kb.ask import data, phrases
from kb.ask.answer import Correction
from kb.ask.conditions import ConditionReader
from kb.ask.facts import marks_of
from kb.ask.lexicon import ANY_KIND, Lexicon, Mention
from kb.ask.words import Token, number, tokens
from kb.catalog import Catalog
from kb.model import Placement

Form = Literal[
    "what-must",
    "yes-no",
    "which",
    "where",
    "how-many",
    "how",
    "document",
    "why",
    "consequence",
    "definition",
    "purpose",
    "who-uses",
    "compare",
    "same",
]
Modality = Literal[
    "required", "need", "recommended", "can", "forbidden", "skip", "uses", "enough", "only-way"
]
AskedPlacement = Placement | Literal["each-server", "each-cluster", "particular-node"]
Quantifier = Literal["all", "any", "none"]

_NODE_NOUNS = frozenset({"node", "server", "machin", "host", "box", "member"})
_COUNTING = frozenset(
    {("how", "many"), ("number", "of"), ("count", "of"), ("at", "most"), ("at", "least")}
)
_JOINING = frozenset("and or the plus versus both our a nor also as well".split())
"""Words that may stand between names that are told in one breath."""
_SKIPPED_BEFORE_NOUNS = frozenset({"cluster", "clustered", "new", "separate", "more", "of", "the"})
_FEW = 2
"""A sentence of so few words has no question of its own."""
_LEAST_BEHIND_COLON = 4
_QUESTION_MARK = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one question says. Ids are ids of the catalog."""

    question: str
    form: Form
    modality: Modality
    is_negated: bool
    """Whether the verdict is to be turned round: "is it not required"."""
    is_statement: bool
    """Whether it is a statement to confirm."""
    components: tuple[str, ...]
    """In the order in which they are named in the part that asks, else before it."""
    shared: tuple[str, ...]
    """Ids of the components that bear a name which several share; one of them is meant."""
    is_joined: bool
    """Whether the components are named in one breath: "A, B and C"."""
    kinds: tuple[str, ...]
    """Kinds of components asked for; `lexicon.ANY_KIND` for all."""
    quantifier: Quantifier | None
    products: tuple[str, ...]
    topologies: tuple[str, ...]
    unknown_topology: str | None
    version: str | None
    unknown_version: str | None
    nodes: int | None
    """Number of nodes of the cluster that is stated."""
    amount: int | None
    """Number of whatever is counted, other than nodes."""
    counted: tuple[str, ...]
    """Stems of the noun that is counted, or ids."""
    conditions: Mapping[str, bool]
    """Condition id -> stated (True) or denied (False)."""
    resources: tuple[str, ...]
    procedures: tuple[str, ...]
    placement: AskedPlacement | None
    words: tuple[Token, ...]
    """Words of the part that asks which carry matter and belong to no name."""
    unknown: tuple[str, ...]
    """Those of them that nothing explains and that stand where the thing asked about stands."""
    idle: frozenset[str]
    """Those of them that nothing explains and that stand elsewhere: they are passed over."""
    foreign: tuple[str, ...]
    """Names of things that the pages say are something else, or that stand before a name."""
    corrections: tuple[Correction, ...]
    is_about_another: bool
    """Whether one component is asked about another: "does A need B"."""
    line: str
    """The part that asks as a line of stems in which capitals stand for names."""
    is_bare: bool
    """Whether there is no verb of asking at all: only names and circumstances."""


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

    def counted_after(self, reading: Reading) -> tuple[str, ...]:
        """Return what "how many" asks to be counted: ids of a name, else stems of a noun."""
        words = self._lexicon.correct(tokens(reading.question))
        starts = {one.start: one for one in self._lexicon.find(words)}
        for position, token in enumerate(words):
            before = words[position - 1].word if position else ""
            if (before, token.word) in _COUNTING or token.word in ("maximum", "minimum"):
                for index in range(position + 1, min(position + 5, len(words))):
                    if index in starts and starts[index].kind in ("component", "resource"):
                        return starts[index].ids
                    if words[index].word not in data.word_lists()["function"] | {"number"}:
                        return (words[index].stem,)
        return ()

    def read(self, question: str) -> Reading:
        """Return what the question says; `question` has been normalised line by line."""
        written = tokens(question)
        words = self._lexicon.correct(written)
        mentions = self._lexicon.find(words)
        sentences = _sentences(words, question)
        asking = _asking(sentences, words, mentions)
        if not any(one.kind in ("component", "kind") for one in mentions):
            partial = self._lexicon.find_partial(words, mentions, "component")
            mentions = tuple(sorted((*mentions, *partial), key=lambda one: one.start))
        if not any(one.kind == "resource" for one in mentions):
            partial = self._lexicon.find_partial(words, mentions, "resource")
            mentions = tuple(sorted((*mentions, *partial), key=lambda one: one.start))
        return _Interpretation(
            self._catalog,
            self._lexicon,
            self._conditions,
            question,
            written,
            words,
            mentions,
            sentences,
            asking,
        ).reading()


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    is_question: bool
    core: int = 0
    """Where its last sentence begins, when a sentence before it was taken in."""


class _Interpretation:
    """One question while it is being read."""

    def __init__(
        self,
        catalog: Catalog,
        lexicon: Lexicon,
        conditions: ConditionReader,
        question: str,
        written: Sequence[Token],
        words: Sequence[Token],
        mentions: Sequence[Mention],
        sentences: Sequence[_Sentence],
        asking: _Sentence,
    ) -> None:
        self._catalog = catalog
        self._lexicon = lexicon
        self._conditions = conditions
        self._question = question
        self._written = written
        self._words = words
        self._mentions = mentions
        self._sentences = sentences
        self._asking = asking
        self._said = conditions.read((one.start, words[one.start : one.end]) for one in sentences)
        self._line = self._symbols(asking.start, asking.end)

    def reading(self) -> Reading:
        line = self._line
        is_yes_no = _is_yes_no(line) or self._is_said_with_a_question_mark(line)
        form = self._form(line, is_yes_no=is_yes_no)
        components, shared, is_joined = self._components()
        topologies = self._ids("topology")
        nodes, amount, counted = self._numbers()
        version, unknown_version = self._version()
        words = self._content()
        unknown = self._unknown()
        modality = self._modality(line)
        return Reading(
            question=self._question,
            form=form,
            modality=modality,
            is_negated=modality not in ("forbidden", "skip") and _is_negated(line),
            is_statement=phrases.has("yes-no", "statement", line),
            components=components,
            shared=shared,
            is_joined=is_joined,
            kinds=self._ids("kind", in_asking=True) or self._ids("kind"),
            quantifier=self._quantifier(line)
            or self._quantifier(self._symbols(0, len(self._words))),
            products=self._ids("product", in_asking=True) or self._ids("product"),
            topologies=topologies,
            unknown_topology=None if topologies else self._unknown_topology(),
            version=version,
            unknown_version=unknown_version,
            nodes=nodes,
            amount=amount,
            counted=counted,
            conditions=self._conditions.with_nodes(self._said.conditions, nodes),
            resources=self._resources(line),
            procedures=self._lexicon.find_procedures(self._words),
            placement=self._placement(line),
            words=words,
            unknown=unknown,
            idle=frozenset(
                one.word
                for one in words
                if one.word not in unknown and not self._lexicon.knows(one)
            ),
            foreign=self._foreign(),
            corrections=tuple(
                Correction(before.text, after.word)
                for before, after in zip(self._written, self._words, strict=True)
                if before.word != after.word
            ),
            is_about_another=phrases.has("about-another", "yes", line),
            line=line,
            is_bare=not is_yes_no and phrases.first_meaning("intent", line) is None,
        )

    def _is_said_with_a_question_mark(self, line: str) -> bool:
        """Return whether it is a statement with a modal that only its mark makes a question."""
        is_wh = phrases.has("yes-no", "wh", line) or " what" in line or " how" in line
        meaning = phrases.first_meaning("modality", line)
        is_long = self._asking.end - self._asking.core > _FEW
        return self._asking.is_question and is_long and not is_wh and meaning not in (None, "uses")

    def _symbols(self, start: int, end: int) -> str:
        """Return the words from `start` to `end` as a line in which capitals stand for names."""
        items: list[str] = []
        starts = {one.start: one for one in self._mentions}
        position = start
        while position < end:
            token = self._words[position]
            if token.break_before and position > start:
                items.append(token.break_before)
            mention = starts.get(position)
            if mention is not None:
                items.append(mention.symbol)
                position = mention.end
                continue
            if position in self._said.positions:
                if items[-1:] != ["K"]:
                    items.append("K")
            else:
                is_number = number(token.word) is not None and token.word != "one"
                items.append("N" if is_number else token.stem)
            position += 1
        return "".join(f" {one}" for one in items)

    def _form(self, line: str, *, is_yes_no: bool) -> Form:
        meaning = phrases.first_meaning("intent", line)
        starts_as_yes_no = phrases.has("yes-no", "aux", line)
        if is_yes_no and (starts_as_yes_no or meaning is None or _is_tagged(line)):
            if meaning in ("same", "compare") and len(self._mentions) > 1:
                return "same"
            if starts_as_yes_no or meaning not in ("which", "how-many", "where", "why", "how"):
                return "yes-no"
        if meaning is None:
            return "yes-no" if is_yes_no else "what-must"
        if meaning == "same":
            return "same"
        if meaning == "how" and phrases.has("what-must", "how", line):
            return "what-must"
        if meaning == "what-must" and phrases.has("yes-no", "tag", line) and is_yes_no:
            return "yes-no"
        form: Form = meaning  # type: ignore[assignment]  # the data file names the forms
        return form

    def _modality(self, line: str) -> Modality:
        meaning = phrases.first_meaning("modality", line)
        modality: Modality = meaning or "required"  # type: ignore[assignment]  # likewise
        return modality

    def _resources(self, line: str) -> tuple[str, ...]:
        """Return the resources of the part that asks, or those that its "it" points back to."""
        found = self._ids("resource", in_asking=True)
        points_back = any(
            f" {one}" in f"{line} " for one in ("it ", "that ", "this ", "one ", "they ")
        )
        return found or (self._ids("resource") if points_back else ())

    def _quantifier(self, line: str) -> Quantifier | None:
        return phrases.first_meaning("quantifier", line)  # type: ignore[return-value]  # as in the data file

    def _placement(self, line: str) -> AskedPlacement | None:
        if self._counts_clusters():
            return "each-cluster"
        meaning = phrases.first_meaning("placement", line)
        if meaning == "particular-node" and self._is_all_there_is(line):
            return "one-node"
        return meaning  # type: ignore[return-value]  # as in the data file

    @staticmethod
    def _is_all_there_is(line: str) -> bool:
        """Return whether the place named is to be the only one."""
        return phrases.has("only", "yes", line) or phrases.has("modality", "enough", line)

    def _counts_clusters(self) -> bool:
        """Return whether more than one cluster is spoken of by number: "on two clusters"."""
        for position in range(self._asking.start, self._asking.end - 1):
            value = number(self._words[position].word)
            if value is not None and value > 1 and self._words[position + 1].stem == "cluster":
                return True
        return False

    def _in_asking(self, mention: Mention) -> bool:
        return self._asking.start <= mention.start < self._asking.end

    def _ids(self, kind: str, *, in_asking: bool = False) -> tuple[str, ...]:
        found = [
            name
            for one in self._mentions
            if one.kind == kind and (self._in_asking(one) or not in_asking)
            if kind != "kind" or not self._is_excluded(one)
            for name in one.ids
        ]
        return tuple(dict.fromkeys(found))

    def _is_excluded(self, mention: Mention) -> bool:
        """Return whether "not", "except" or the like stands before it in its clause."""
        for position in range(mention.start - 1, self._asking.start - 1, -1):
            if self._words[position].word in ("not", "except", "excluding", "without", "but"):
                return True
            if self._words[position + 1].break_before:
                return False
        return False

    def _components(self) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        named = [one for one in self._mentions if one.kind == "component"]
        asking = [one for one in named if self._in_asking(one)]
        used = asking or named
        products = set(self._ids("product", in_asking=True) or self._ids("product"))
        components: list[str] = []
        shared: list[str] = []
        for mention in used:
            ids = self._of_products(mention.ids, products)
            if len(ids) == 1:
                components += ids
            else:
                shared += ids
        if components and any(one.is_partial for one in used):
            shared = []
        unique = tuple(dict.fromkeys(components))
        return unique, tuple(dict.fromkeys(shared)), self._are_joined(used)

    def _of_products(self, ids: Sequence[str], products: set[str]) -> list[str]:
        """Return those of the ids that belong to a product named, if any does."""
        wanted = [one for one in ids if self._catalog.components[one].product in products]
        return wanted if len(ids) > 1 and wanted else list(ids)

    def _are_joined(self, mentions: Sequence[Mention]) -> bool:
        for left, right in pairwise(mentions):
            between = [one.word for one in self._words[left.end : right.start]]
            if any(word not in _JOINING for word in between):
                return False
        return len(mentions) > 1

    def _numbers(self) -> tuple[int | None, int | None, tuple[str, ...]]:
        """Return the number of nodes, another number, and what it counts."""
        nodes = amount = None
        counted: tuple[str, ...] = ()
        starts = {one.start: one for one in self._mentions}
        versions = {
            i for one in self._mentions if one.kind == "version" for i in range(one.start, one.end)
        }
        for position, token in enumerate(self._words):
            value = number(token.word)
            if value is None or position in versions or token.word in ("both", "single"):
                continue
            what = self._counted_at(position + 1, starts)
            if what == ("cluster",):
                continue
            if what and what[0] == "node":
                nodes = value if nodes is None else nodes
                if position >= self._asking.start and amount is None and not counted:
                    counted = ("node",)
            elif what and self._is_in_asking(position) and amount is None:
                amount, counted = value, what
            elif nodes is None and self._preceded_by_cluster(position):
                nodes = value
        if counted == ("node",) and amount is None:
            amount = nodes
        return nodes, amount, counted

    def _is_in_asking(self, position: int) -> bool:
        return self._asking.start <= position < self._asking.end

    def _counted_at(self, position: int, starts: Mapping[int, Mention]) -> tuple[str, ...]:
        for index in range(position, min(position + 3, len(self._words))):
            token = self._words[index]
            if token.break_before:
                break
            mention = starts.get(index)
            if mention is not None and mention.kind in ("component", "resource"):
                return mention.ids
            if token.stem in _NODE_NOUNS:
                return ("node",)
            if token.word in _SKIPPED_BEFORE_NOUNS:
                continue
            is_noun = token.word.isalpha() and token.word not in data.word_lists()["function"]
            return (token.stem,) if is_noun else ()
        return ()

    def _preceded_by_cluster(self, position: int) -> bool:
        before = [one.word for one in self._words[max(0, position - 2) : position]]
        return before[-1:] == ["of"] and before[:1] == ["cluster"]

    def _version(self) -> tuple[str | None, str | None]:
        for mention in self._mentions:
            if mention.kind == "version":
                return mention.ids[0], None
        for position, token in enumerate(self._words):
            before = self._words[position - 1] if position else None
            is_dotted = "." in token.word
            word = (
                token.word[1:]
                if token.word[:1] == "v" and token.word[1:2].isdigit()
                else token.word
            )
            is_marked = before is not None and before.word in ("version", "release", "v")
            if (is_dotted or is_marked or word != token.word) and word[:1].isdigit():
                known = [
                    label
                    for product in self._catalog.products.values()
                    for label in product.versions
                    if label == word
                ]
                return (known[0], None) if known else (None, token.text)
        return None, None

    def _unknown_topology(self) -> str | None:
        nouns = ("topology", "layout", "topologies", "layouts")
        taken = {i for one in self._mentions for i in range(one.start, one.end)}
        plain = data.word_lists()["function"] | data.word_lists()["dressing"]
        for position, token in enumerate(self._words):
            if token.word not in nouns or position == 0 or token.break_before:
                continue
            before = self._words[position - 1]
            if position - 1 not in taken and before.word not in plain:
                return before.text
        return None

    def _content(self) -> tuple[Token, ...]:
        taken = {i for one in self._mentions for i in range(one.start, one.end)}
        taken |= self._said.positions
        versions = {one.start for one in self._mentions if one.kind == "version"}
        taken |= {i - 1 for i in versions if self._words[i - 1].word in ("version", "release")}
        function = data.word_lists()["function"]
        return tuple(
            self._words[i]
            for i in range(self._after_colon(), self._asking.end)
            if i not in taken
            and self._words[i].word not in function
            and number(self._words[i].word) is None
            and not self._words[i].word[:1].isdigit()
        )

    def _unknown(self) -> tuple[str, ...]:
        """Return the words that nothing explains and that may be what is asked about.

        An adverb, and an order at the beginning ("sketch the ..."), are passed over.
        """
        content = {id(one) for one in self._content()}
        found: list[str] = []
        for position in range(self._asking.start, self._asking.end):
            token = self._words[position]
            if id(token) not in content or self._lexicon.knows(token) or len(token.word) < 2:
                continue
            if not (
                self._is_imperative(position)
                or token.word.endswith("ly")
                or any(map(str.isdigit, token.word))
            ):
                found.append(token.word)
        return tuple(dict.fromkeys(found))

    def _after_colon(self) -> int:
        """Return where the part that asks begins in earnest: behind a colon, if enough follows."""
        for position in range(self._asking.end - _LEAST_BEHIND_COLON, self._asking.start, -1):
            if ":" in self._words[position].joint:
                return position
        return self._asking.start

    def _is_imperative(self, position: int) -> bool:
        """Return whether a word at the beginning looks like an order: "Sketch the ..."."""
        following = [one.word for one in self._words[position + 1 : position + 2]]
        is_first = position == self._asking.start or bool(self._words[position].break_before)
        return is_first and following in (["the"], ["a"], ["an"], ["me"], ["us"], ["all"], ["how"])

    def _foreign(self) -> tuple[str, ...]:
        """Return names of other things: said to be so by a page, or unknown before a name."""
        found = [
            name
            for one in self._mentions
            if one.kind == "foreign" and self._in_asking(one)
            for name in one.ids
        ]
        ends = {one.end: one for one in self._mentions}
        for mention in self._mentions:
            if mention.kind != "component" or not self._in_asking(mention):
                continue
            position = mention.start - 1
            token = self._words[position] if position >= 0 else None
            if token is None or self._words[mention.start].break_before or mention.start in ends:
                continue
            if (
                not self._lexicon.knows(token)
                and number(token.word) is None
                and token.word.isalpha()
            ):
                found.append(token.text)
        return tuple(dict.fromkeys(found))


def _sentences(words: Sequence[Token], question: str) -> list[_Sentence]:
    starts = [0, *(i for i, one in enumerate(words) if i and one.break_before == ".")]
    ends = [*starts[1:], len(words)]
    result = []
    for start, end in zip(starts, ends, strict=True):
        closing = words[end].joint if end < len(words) else question[-3:]
        result.append(_Sentence(start, end, _QUESTION_MARK in closing))
    return result


def _asking(
    sentences: Sequence[_Sentence], words: Sequence[Token], mentions: Sequence[Mention]
) -> _Sentence:
    """Return the part that asks: the last sentence with a question mark, else with a cue."""
    if not sentences:
        return _Sentence(0, 0, False)
    marked = [one for one in sentences if one.is_question]
    cued = [one for one in sentences if _has_cue(one, words)]
    named = [one for one in sentences if any(one.start <= m.start < one.end for m in mentions)]
    chosen = (marked or cued or named or list(sentences))[-1]
    index = sentences.index(chosen)
    is_empty = not any(
        m.kind in ("component", "resource", "kind", "topology")
        and chosen.start <= m.start < chosen.end
        for m in mentions
    )
    if is_empty and index > 0 and chosen.end - chosen.start <= 6:
        return _Sentence(sentences[index - 1].start, chosen.end, chosen.is_question, chosen.start)
    return _without_preamble(chosen, words)


def _has_cue(sentence: _Sentence, words: Sequence[Token]) -> bool:
    line = "".join(f" {one.stem}" for one in words[sentence.start : sentence.end])
    return phrases.has("yes-no", "aux", line) or phrases.first_meaning("intent", line) is not None


def _without_preamble(sentence: _Sentence, words: Sequence[Token]) -> _Sentence:
    """Return the sentence from "whether" on, if it has it: before it stands who wants to know."""
    for index in range(sentence.start, sentence.end):
        if words[index].word == "whether":
            return _Sentence(index, sentence.end, sentence.is_question)
    return sentence


def _is_tagged(line: str) -> bool:
    return phrases.has("yes-no", "tag", line)


def _is_yes_no(line: str) -> bool:
    if phrases.has("yes-no", "aux", line):
        return True
    if phrases.has("yes-no", "wh", line):
        return False
    return phrases.has("yes-no", "inner", line) or phrases.has("yes-no", "tag", line)


def _is_negated(line: str) -> bool:
    line = phrases.group("negation")["idle"].sub("", line)
    return phrases.has("negation", "inner", line) and not phrases.has("negation", "opener", line)


def is_any_kind(kinds: Sequence[str]) -> bool:
    """Return whether components of every kind are asked for."""
    return ANY_KIND in kinds
