"""Turns of phrase that are read as others, before a question is taken apart into words.

Each has signs, of which one stands in every text that has the turn, so that few texts are searched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from kb.ask import data

_LABELLED = re.compile(
    r"\b(?P<noun>[Nn]ode|[Ss]erver|[Hh]ost|[Mm]achine)[ -]?(?<!-)"
    r"(?P<label>0?[1-9]|[A-H]|(?<= )[b-h]|(?<= )a(?= only| alone| and | or |[.,;:?!)]|\Z))"
    r"(?!\w|[/.-]\w)"
)
"""One of several nodes by its label: "node B", "node1"."""
_OF_CLUSTER = re.compile(
    r"\b(?:cluster(?:['’]?s)?(?: own)? "
    r"|(?P<before>on (?:both|two|three|four|several|multiple) (?:of the )?))"
    r"(?:server|machine|host|box|computer)(?P<many>s|es)\b"
    r"|\b(?:server|machine|host|box|computer)(?P<more>s|es)?\b"
    r"(?=(?: of| in)(?: the| a| an| our| your| this)(?: [\w-]+)? cluster\b"
    r"(?=\W*\Z|[,.;:?!)]| (?:is|are|has|have|must|needs?|and|or|to|for|can|should|may|runs?)\b))"
)
"""Nodes by another noun. A name is written with a capital: "Cluster Server"."""
_LEFT_ALONE = re.compile(
    r"\b(?:if|when) (?:i|we|you|one) (?:simply |just )?"
    r"(?:do nothing|(?:don['’]?t|do not) do anything)\b"
    r"|\bwithout (?:us |me |you |anyone |anybody )?(?:doing|configuring) anything\b"
    r"|\bwith nothing configured\b",
    re.IGNORECASE,
)
"""What happens by itself happens so."""
_BUT_MAY_IT = re.compile(
    r",? but (?=(?:may|can|could|must|should|does|do|is|are|has|have|will) (?:it|they)\b)",
    re.IGNORECASE,
)
"""A question behind what is known already."""
_OR_NOT = re.compile(
    r"(?<!whether),? or not\b(?=\s*(?P<end>[?!.;\n]|\Z)| (?:for|in|on|when|if|with|to)\b)",
    re.IGNORECASE,
)
"""What a yes/no question says of itself."""
_WHETHER = re.compile(
    r"(?P<start>\A|[.;:!?,\n] ?|\b(?:so|but|please|ok) )"
    r"(?:(?:do|does|would|might) (?:anyone|anybody|someone|somebody|you|one)(?: here)?"
    r"(?: happen to)? know"
    r"|(?:can|could|would|will) (?:you|someone|somebody|anyone|anybody)(?: please| kindly)?"
    r" (?:confirm|verify|check|tell me|tell us|say|clarify)"
    r"|any(?:body|one) know(?:s|ing)?|any idea|no idea|(?:i am |i['’]m )?(?:not sure|unsure)"
    r"|tell me|let me know|please (?:check|clarify|verify|tell me))"
    r" (?P<asked>if|whether|what|which|who|where|how|why)\b"
    r"|\b(?:(?:can|could|would|will) (?:you|someone|somebody|anyone|anybody)(?: please| kindly)?"
    r" (?:confirm|verify) that|is it (?:really )?(?:true|correct|right|a fact) that"
    r"|am i (?:right|correct)(?: in (?:thinking|assuming|saying))? that)"
    r"(?= [^.,;?!\n]{3,60}? (?:can|may|must|should|has to|have to|needs?|gets?|belongs?)\b)",
    re.IGNORECASE,
)
"""Who asks whom for what follows."""
_ASKED = re.compile(
    r"(?<= )(?P<verb>must|should|can|may|will|could|would|does|did|do(?! the (?:job|work|same)))"
    r"(?= (?:the|an?|we|i|you|it|they|all|any|each|every|both|this|these|there|our|my)\b)"
    r"|(?<= )(?:which|what|how many|where)(?= )",
    re.IGNORECASE,
)
"""Words with which a question begins inside a sentence."""
_MARK = re.compile(r"[.;:!?,\n()]|\s[-–—]\s")
_CASES = frozenset("if when since because as although though apart unlike now given".split())
_ASKING = frozenset("what which who whose whom where how why whether".split())
_INTERROGATIVE = _ASKING | frozenset(
    "is are was am do does did must should can could may might will would has have had tell ask"
    " in on for at to by of onto upon with under".split()
)
"""Words with which a clause begins that asks itself, or that belongs to what is asked."""
_LEADING = frozenset("i we you it they to and or that so then not but".split())
"""Words behind which no question begins."""
_FILLING = frozenset("ok okay so and but please also here hi hello".split())
"""Words that may stand before a clause."""
_SIGNS = "@'\"“”‘’()[]*_<>"
_LEAST_BEFORE = 4
"""Words of a clause before a question that follows it without a mark."""
_TO_DO = "do|install|configure|set|register|deploy|put|be|make|add|use|get|know"


_WHAT_IS_CLUSTERED = re.compile(
    r"\bwhat (?:(?:must|should|has to|have to|needs? to) be clustered"
    r"|(?:do|must|should) (?:i|we|you|one) (?:have to |need to )?cluster)(?=\W*\Z)",
    re.IGNORECASE,
)
"""Components are asked for, though none is spoken of."""
_CLUSTER_TYPES = re.compile(
    r"\b(?:cluster(?:ing|ed)? (?:type|kind|mode|flavou?r|layout)(?P<many>s)?"
    r"|cluster(?:ing)? (?=topolog(?:y|ies)\b)"
    r"|(?:type|kind|mode|flavou?r|sort)(?P<more>s)? of (?:failover )?cluster(?:s|ing)?)\b"
    r"(?! (?:resource|role|node|disk|name|network)s?\b)",
    re.IGNORECASE,
)
"""What a topology is called besides."""
_ARE_THERE = re.compile(
    r"(?P<start>\A|[.;:!?,\n] ?|\b(?:so|but|please|ok|hi|hello|hey),? )"
    r"(?:(?:do|have) (?:you|we|they)(?: guys| folks)? (?:have |got )?|(?:is|are) there )"
    r"(?:any |a |an |some )?"
    r"(?P<noun>guides?|instructions?|checklists?|documentation|docs?|walk-?throughs?|guidance"
    r"|guidelines?|manual|article|how-?to|procedure|steps|runbook)"
    r"(?P<rest>(?: documented| written)?(?: for| on| about| to| of| describing| explaining"
    r"| covering| that explains?| that describes?| that covers?) )",
    re.IGNORECASE,
)
"""Who asks whether there is a text wants what it says."""
_MEANS = re.compile(
    r"\b(?:from where|(?:from|with|by|using|through|via) (?:what|which)"
    r"(?: (?:tool|program|application|place|means))?)"
    r"(?= (?:can|could|do|may|might|should|must) (?:i|we|you|one)"
    r" (?:deploy|install|push|roll|set)\b)"
    r"|\bwhere(?= (?:can|could|do|may|might|should|must) (?:i|we|you|one)"
    r" (?:deploy|install|push|roll) [^.,;?!\n]{3,60} from\W*\Z)",
    re.IGNORECASE,
)
"""With what something is done: that is how."""
_TOPIC_COUNTED = re.compile(
    r"\A(?P<topic>[^,.:;?!\n\d]{2,40}?)\s*(?: [-–—] |[,:])\s*how many"
    r" (?P<noun>nodes|servers|instances|members|copies|replicas)\b(?! (?:of|for)\b)",
    re.IGNORECASE,
)
"""Of what there are how many stands before the question."""
_CONTENTS = ("instruction", "checklist", "guidance", "guideline", "steps")
"""Texts of which what they say is wanted, and not where it stands."""


class _Turn(NamedTuple):
    signs: tuple[str, ...]
    """In lower case."""
    pattern: re.Pattern[str]
    meant: str | Callable[[re.Match[str]], str]


def plainly(text: str) -> str:
    """Return a text with what is meant in place of each turn."""
    folded = text.lower()
    for place in sorted({place for sign, place in _signs() if sign in folded}):
        _, pattern, meant = _turns()[place]
        text = pattern.sub(meant, text)
    return text


@cache
def _signs() -> tuple[tuple[str, int], ...]:
    """Return each sign with the place of its turn."""
    return tuple((sign, place) for place, turn in enumerate(_turns()) for sign in turn.signs)


@cache
def _turns() -> tuple[_Turn, ...]:
    ordinary = tuple(sorted(data.word_lists()["ordinary"]))
    return (
        _Turn(("w/o",), re.compile(r"\bw/o(?:ut)?\b", re.IGNORECASE), "without"),
        _Turn(("w/",), re.compile(r"\bw/(?=[\s\w])", re.IGNORECASE), "with "),
        # A stop that ends no sentence.
        _Turn(
            ("i.e", "e.g", "vs.", "incl.", "approx.", "resp."),
            re.compile(r"\b(?:i\.e|e\.g|vs|incl|approx|resp)\.?(?=[\s,])", re.IGNORECASE),
            lambda match: match[0].replace(".", ""),
        ),
        _Turn(
            ("off limits", "off-limits"), re.compile(r"\boff.limits\b", re.IGNORECASE), "forbidden"
        ),
        # Nothing is compared.
        _Turn(("same time",), re.compile(r"\bat the same time\b", re.IGNORECASE), "simultaneously"),
        _Turn(("tl;dr", "tldr"), re.compile(r"\btl;?dr\b:?", re.IGNORECASE), "summary"),
        _Turn(("y/n",), re.compile(r"\by/n\b", re.IGNORECASE), "?"),
        _Turn(("odd one out",), re.compile(r"\bthe odd one out\b", re.IGNORECASE), "the other one"),
        _Turn(
            ("must do", "must-do"),
            re.compile(r"\bmust[- ]do['’]?s\b", re.IGNORECASE),
            "requirements",
        ),
        _Turn(
            ("0 ",),
            re.compile(r"(?<![\w.])0 (?=config|work|setup|effort|requirement|steps)"),
            "no ",
        ),
        _Turn(("=?", "= ?"), re.compile(r"= ?\?+\s*\Z"), ", requirements"),
        _Turn(("b/c",), re.compile(r"\bb/c\b", re.IGNORECASE), "because"),
        # In "cluster-wise" nothing is wise.
        _Turn(("wise",), re.compile(r"(?<=\w)-wise\b|(?<=cluster) wise\b", re.IGNORECASE), ""),
        _Turn(
            ("able",),
            re.compile(
                r"\b(deploy|install|configur|cluster|register|host|push)able\b", re.IGNORECASE
            ),
            r"able to be \1ed",
        ),
        _Turn(
            ("need ",),
            re.compile(r"\Aneed (?=(?:an?|some|your|info|help|advice|details)\b)", re.IGNORECASE),
            "I need ",
        ),
        # People who want to know, and no component of that name.
        _Turn(
            ("management",),
            re.compile(
                r"\b(?:for|our|upper|senior) management(?=:| wants| asks| insists)", re.IGNORECASE
            ),
            "for managers",
        ),
        _Turn(
            ("false", "t/f", "T/F", "T / F"),
            re.compile(
                r"\A\W*(?:true\s?(?:/|or|\|)\s?false|t\s?/\s?f)\b\s*[?:–—-]*\s*(?=\w)",
                re.IGNORECASE,
            ),
            "true or false: ",
        ),
        _Turn(
            ("have",),
            re.compile(r"\bmust[- ]haves?\b(?= [a-z]|\W*\Z)", re.IGNORECASE),
            "requirements",
        ),
        _Turn(("cluster",), _WHAT_IS_CLUSTERED, "which components must be clustered"),
        _Turn(("upon",), re.compile(r"\bplace[sd]? upon\b", re.IGNORECASE), "impose on"),
        # Where something is that has nothing to do with a cluster: "on an ordinary server".
        _Turn(
            ordinary,
            re.compile(
                rf"(?<=\b(?:on|in) )(an? )(?:{'|'.join(ordinary)}) "
                r"(?=(?:\w+ )?(?:server|instance|machine|box|host|installation)\b)",
                re.IGNORECASE,
            ),
            r"\1non clustered ",
        ),
        # Digits that are written for the words that sound like them: "how 2 install".
        _Turn((" 2 ",), re.compile(rf"(?<= )2 (?=(?:{_TO_DO})\b)", re.IGNORECASE), "to "),
        _Turn(
            (" 4 ",),
            re.compile(r"(?:(?<=\bdo )|(?<=\bneeded ))4 (?=[a-z])", re.IGNORECASE),
            "for ",
        ),
        _Turn(("thing",), _LEFT_ALONE, "by itself"),
        _Turn(("but ",), _BUT_MAY_IT, ". "),
        _Turn(
            (
                " if ",
                "whether ",
                " what ",
                " which ",
                " who ",
                " where ",
                " how ",
                " why ",
                " that ",
            ),
            _WHETHER,
            _asked,
        ),
        _Turn((" ",), _ASKED, _parted),
        _Turn(
            ("cluster",),
            _CLUSTER_TYPES,
            _as_topology,
        ),
        _Turn((" there ", " have ", " you "), _ARE_THERE, _wanted),
        _Turn(("how many",), _TOPIC_COUNTED, r"how many \g<topic> \g<noun>"),
        _Turn(("from", "what ", "which "), _MEANS, "how"),
        # What is done from somewhere is what can be done from there.
        _Turn(
            (" from ",),
            re.compile(r"(?<=\bwhat )do(?= (?:i|we|you|one) [\w-]+ from\b)", re.IGNORECASE),
            "can",
        ),
        _Turn(("or not",), _OR_NOT, lambda match: "?" if match["end"] is not None else ""),
        _Turn(("cluster", "on "), _OF_CLUSTER, _as_nodes),
        _Turn(("node",), re.compile(r"\bcluster(?:ed)? (?=nodes?\b)"), ""),
        _Turn(("node", "server", "host", "machine"), _LABELLED, _numbered),
    )


def _numbered(match: re.Match[str]) -> str:
    """Return one of several nodes that bears a letter or a number, as a number behind the noun."""
    label = match["label"].casefold()
    return f"{match['noun']} {label if label.isdigit() else ord(label) - ord('a') + 1}"


def _as_nodes(match: re.Match[str]) -> str:
    """Return nodes in place of what else they are called."""
    is_one = match["many"] is None and match["more"] is None
    return f"{match['before'] or ''}node{'' if is_one else 's'}"


def _as_topology(match: re.Match[str]) -> str:
    """Return a topology, or several, in place of what else they are called."""
    if match[0].endswith(" "):
        return ""
    return "topologies" if match["many"] or match["more"] else "topology"


def _parted(match: re.Match[str]) -> str:
    """Return the first word of a question with a mark before it, where only a mark was left out.

    "If the node fails must we do that" and "we have no tapes do we need it" become two clauses.
    """
    said = _MARK.split(match.string[: match.start()])[-1].casefold().split()
    clause = [one.strip(_SIGNS) for one in said]
    while clause and clause[0] in _FILLING:
        del clause[0]
    if len(clause) < _LEAST_BEFORE or clause[0] in _INTERROGATIVE or clause[-1] in _LEADING:
        return match[0]
    is_case = clause[0] in _CASES
    if not _ASKING.isdisjoint(clause) or not (is_case or match["verb"]):
        return match[0]
    return f"{',' if is_case else '.'} {match[0]}"


def _asked(match: re.Match[str]) -> str:
    """Return what is asked without those who are asked; what "if" begins is asked as well."""
    asked = (match["asked"] or "if").casefold()
    return f"{match['start'] or ''}{'whether' if asked == 'if' else asked}"


def _wanted(match: re.Match[str]) -> str:
    """Return the question for a text whose existence is asked for."""
    noun = match["noun"].casefold()
    is_content = noun.startswith(_CONTENTS)
    asked = f"what are the {noun}" if is_content else "which document is there"
    return f"{match['start']}{asked}{match['rest']}"
