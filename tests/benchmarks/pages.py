"""Writes a folder of pages as large as one likes, and questions that name its components.

All is made up, and depends on nothing but the numbers given. A page is as long as design allows
for: 1.5 KB of front matter and 3 KB of prose.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.text import slugify
from tests.benchmarks.search_corpus import FUNCTIONS, KINDS, MODIFIERS, PRODUCTS

TOPOLOGIES = ("active-passive", "active-active")
RESOURCES = ("cluster resource", "script resource", "shared volume", "virtual address")
CONDITIONS = ("mirrored data", "encrypted data", "remote site", "unattended nights")

REQUIREMENTS = """
  - id: each-node
    must: Install the {short} on each node of the cluster.
    placement: each-node
    why: A node without it cannot take over the work of the {short}.
  - id: no-resource
    must-not: Configure the {short} as a cluster resource.
    in: [active-active]
    resource: cluster-resource
    when: {condition}
    instead: script-resource
  - id: script-resource
    may: Configure a script resource for the {short}.
    when: {condition}
    resource: script-resource
  - id: shared-files
    should: Place the files of the {short} on a shared volume.
    in: [active-passive]
    resource: shared-volume
    unless: {other}
    why: The files are then where the work is.
  - id: own-account
    need-not: Create an account of its own for the {short} on each node.
  - id: address
    must: Give the {short} a virtual address.
    when: [{condition}, {other}]
    resource: virtual-address
    after: [each-node]
"""

LEAN = """
  - id: each-node
    must: Install the {short} on each node of the cluster.
    placement: each-node
  - id: address
    must: Give the {short} a virtual address.
    when: [{condition}, {other}]
    resource: virtual-address
"""

SENTENCES = """
The {short} {verb}s what the other node has {verb}ed before.|
When a node is lost, the {short} goes on where the other one ended, and {verb}s the rest.|
What it has to {verb} is kept in a [shared volume](../resources/shared-volume.md).|
Administrators {verb} it by hand only **after** both nodes have been started again.|
It writes a line to its log whenever it `{verb}s` something, and one a minute otherwise.|
On a busy node the {short} waits until there is time to {verb}.
"""
VERBS = "collect copy record check send sort count deliver mirror restore schedule watch".split()
HEADINGS = ("How it fails over", "Before you begin", "What it writes", "Not recorded here")
PROSE = 3_000
"""Characters of prose on a page."""

SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo yu za ke li mo nu".split()
A_NEW_PRODUCT = 100
A_NEW_WORD = 50
"""Components for each of which there is one more product or word: vocabularies grow, too."""

FRAMES = """
what must I do for the {x} in an active-active cluster|does the {x} need a cluster resource?|
{x} active passive|on which nodes is the {x} installed?|
is a script resource allowed for the {x} with mirrored data|why must the {x} be on each node|
can I put the files of the {x} on a shared volume?|what is the {x} for|
do I have to give the {x} an address|how do I install the {x}?|
we lost a node last night and the {x} did not come up, is that expected?|
is it forbidden to make the {x} a cluster resource in active-active?
"""
GENERAL = """
what is a cluster resource|what is the price of a licence|does it need a virtual address?|
does teh {y} need an adress
"""
OF_ALL = """
which components need a virtual address?|which services need no account of their own?|
does anything differ between active-passive and active-active?|
who delivers what has been recorded?|list all components|are all services on each node?|
what must I do when data are mirrored in an active-active cluster
"""
"""Questions that each component has to be looked at for."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a component is called."""

    product: str
    title: str
    short: str


def components(count: int) -> list[Names]:
    """Return the names of `count` components, each different, those of a product alike."""
    rng = random.Random(count)
    products = _listed(PRODUCTS) + _coined(count // A_NEW_PRODUCT, 4)
    modifiers = MODIFIERS.split() + _coined(count // A_NEW_WORD, 3)
    found: dict[str, Names] = {}
    while len(found) < count:
        product, function = rng.choice(products), rng.choice(FUNCTIONS.split())
        modifier = rng.choice(modifiers) if rng.random() < 0.5 else ""
        short = f"{modifier} {function} {rng.choice(KINDS.split())}".strip()
        title = f"{product} {short}"
        found.setdefault(title, Names(product, title, short))
    return list(found.values())


def _coined(count: int, length: int) -> list[str]:
    """Return so many words that nobody uses, each of so many syllables and different."""
    rng = random.Random(length)
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault("".join(rng.choices(SYLLABLES, k=length)).title())
    return list(found)


def write(folder: Path, count: int, prose: int = PROSE, requirements: str = REQUIREMENTS) -> None:
    """Write the pages of `count` components, and what they need around them, into a folder.

    `prose` is about how many characters a component's page has below its front matter.
    """
    for path, text in _pages(count, prose, requirements):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def of_all() -> list[str]:
    """Return questions about all components."""
    return _listed(OF_ALL)


def questions(names: Sequence[str], count: int) -> list[str]:
    """Return `count` questions that name one of these components, or none."""
    rng = random.Random(len(names))
    frames = [*_listed(FRAMES), *_listed(GENERAL)]
    found = []
    for at in range(count):
        name = rng.choice(names)
        found.append(frames[at % len(frames)].replace("{x}", name).replace("{y}", _mistyped(name)))
    return found


def _mistyped(name: str) -> str:
    """Return a name with two letters of its last word in the wrong order."""
    return f"{name[:-3]}{name[-2]}{name[-3]}{name[-1]}"


def _pages(count: int, prose: int, requirements: str) -> Iterator[tuple[str, str]]:
    named = components(count)
    yield "index.md", "# Everything\n\nAll components of all products.\n"
    for product in sorted({one.product for one in named}):
        front = f"topologies: [{', '.join(TOPOLOGIES)}]\nsource: handbook\n"
        yield f"products/{slugify(product)}.md", _page("product", product, front)
    for kind, titles in (
        ("topology", TOPOLOGIES),
        ("resource", RESOURCES),
        ("condition", CONDITIONS),
    ):
        folder = {"topology": "topologies"}.get(kind, f"{kind}s")
        for title in titles:
            front = f"summary: What is called {title} here.\n"
            yield f"{folder}/{slugify(title)}.md", _page(kind, title, front)
    yield "sources/handbook.md", _page("source", "Handbook", "publisher: Nobody\n")
    rng = random.Random(count)
    for names in named:
        yield f"components/{slugify(names.title)}.md", _component(names, prose, requirements, rng)


def _component(names: Names, prose: int, stated: str, rng: random.Random) -> str:
    condition, other = (slugify(one) for one in rng.sample(CONDITIONS, 2))
    requirements = stated.format(short=names.short, condition=condition, other=other)
    front = (
        f"product: {slugify(names.product)}\n"
        f"kind: {names.short.split()[-1].lower()}\n"
        f"aliases: [{names.short}]\n"
        f"role: {rng.choice(VERBS).title()}s what the {names.product} has to {rng.choice(VERBS)}.\n"
        f"source: handbook\n"
        f"requirements:{requirements.rstrip()}\n"
    )
    return _page("component", names.title, front, _prose(names.short, prose, rng))


def _page(kind: str, title: str, front: str, prose: str = "") -> str:
    return f"---\ntype: {kind}\ntitle: {title}\n{front}---\n\n# {title}\n\n{prose}"


def _prose(short: str, length: int, rng: random.Random) -> str:
    found = ""
    for heading in HEADINGS:
        sentences = ""
        while len(sentences) < length // len(HEADINGS) - len(heading):
            chosen = rng.choice(_listed(SENTENCES))
            sentences += chosen.format(short=short, verb=rng.choice(VERBS))
            sentences += rng.choice([" ", " ", "\n\n", "\n\n- "])
        found += f"## {heading}\n\n{sentences.rstrip()}\n\n"
    return found


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.replace("\n", "").split("|")]
