"""A generated knowledge base, cut into passages, and questions that name one of its pages.

Made to be hard in the ways in which real ones are: products share words, components share their
kind, the same words stand in titles and in prose, pages mention each other by title, and people
write names in other forms than the page does. Nothing depends on anything but the seed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from kb.search import Passage
from kb.text import key, slugify

PRODUCTS = """Harbour Vault|Harbour Mail|Tessel Ledger|Tessel Archive|Orrin|Quillon Server|
Brightwater Backup|Brightwater Monitor|Corvid Stream|Lumen Index|Marlow Billing|
Osprey Recovery Manager"""
FUNCTIONS = """Access Account Alert Archive Audit Backup Billing Cache Capture Catalog Certificate
Checkpoint Cleanup Collection Command Compaction Configuration Conversion Copy Data Delivery Deploy
Discovery Dispatch Encryption Event Export Failover Feed File Filter Gateway Health Import Index
Ingest Inventory Journal Key Lease License Load Lock Log Mail Management Media Message Metadata
Metrics Migration Mirror Monitoring Notification Partition Payment Policy Print Proxy Publish Query
Queue Recovery Registration Replication Report Repository Restore Retention Schema Search Session
Snapshot Status Storage Stream Sync Task Template Token Tracking Transfer Upload Volume Web Witness
Workflow"""
KINDS = """Service Agent Server Console Database Scheduler Worker Broker Store Monitor Loader
Manager Engine Controller"""
MODIFIERS = "Central Local Remote Primary Secondary Virtual Instant Internal Public Mobile Legacy"
PLATFORM = """Cluster Resource|Quorum Disk|Shared Volume|Client Access Point|Virtual Address|
Cluster Group|Health Probe|File Share|Heartbeat Network|Listener|Storage Pool|Witness Share|
Node Weight|Failover Policy|Lease Period|Startup Script|Service Account|Drain Mode|Owner List|
Dependency Report"""
SHORT = {
    "Service": "svc",
    "Management": "mgmt",
    "Database": "db",
    "Configuration": "config",
    "Repository": "repo",
    "Server": "srv",
    "Monitoring": "mon",
    "Replication": "repl",
}
HEADINGS = """Not recorded here|Before you begin|How it fails over|Accounts and ports|Upgrading|
When a node is lost|Sizing|What administrators ask|Moving it to another node|Known limits|
What it writes to the log|Taking it out of service"""
ACTIONS = """Install {it} on each node of the cluster|Configure {it} as a clustered resource|
Register {it} with the {other}|Place the files of {it} on shared storage|
Run {it} on one node at a time|Give {it} a {resource}|Start {it} after the {other}|
Keep {it} outside the cluster|Connect {it} to the {resource}|
Use the same account for {it} on each node|
Set the {resource} of {it} before the first failover|Restart {it} by hand after a failover"""
SENTENCES = """{It} {verb} the {noun} and the {noun} when the {noun} is {adjective}|
On each node {it} keeps a {noun} of the {noun}|
The {other} reads the {noun} that {it} has {verb}ed|
Administrators of a cluster {verb} the {noun} before they {verb} the {resource}|
If the {noun} is lost the {noun} has to be {verb}ed again on the other node|
In an active-active cluster the {noun} belongs to both nodes|
There is a {adjective} {noun} for the {other} and one for {it}|
Do not confuse {it} with the {other} which has a {noun} of its own|
A failover of the {resource} {verb}s the {adjective} {noun}|
See the {other} for the {noun} of the {resource}|
The {function} of the {kind} is {adjective} until the {kind} of the {function} has {verb}ed"""
FRAMES = """{x}|{x} requirements|what is {x}|what is the {x} for?|{x} cluster setup|
what must I do for the {x} in an active-active cluster|how do I configure the {x}?|
does the {x} need a clustered resource?|can {x} be installed on one node only|
where is the {x} installed|must the {x} be restarted after a failover?|
which account does the {x} need on each node|is a {resource} required for the {x}|
do I have to put the files of the {x} on shared storage|
we lost a node last night and the {x} did not come up, is that expected|
{x} failover|{x} active passive|hi, quick question about the {x}: does it run on both nodes?|
should the {x} be a cluster resource or not?|
steps to set up {x} with a {resource}|documentation of {x}|moving the {x} to another node|
what happens to the {x} when the {resource} fails|is the {x} supported in a cluster?|
how many {x} per cluster|before upgrading the {x} what do we have to do"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that names a page."""

    text: str
    right: frozenset[str]
    """Paths of the pages that have the name as the question means it."""


@dataclass(frozen=True, slots=True)
class _Page:
    title: str
    aliases: tuple[str, ...]
    type: str
    product: str | None

    @property
    def path(self) -> str:
        return f"{self.type}/{slugify(self.title)}.md"


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.replace("\n", "").split("|")]


def _pseudo_words(rng: random.Random, count: int) -> list[str]:
    onsets = "b bl br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t tr v w".split()
    middles = "a e i o u ai ea ou".split()
    endings = "b ck d ft g ll m mp n nd ng nt p r rd rn sk st t x".split()
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = (rng.choice(onsets) + rng.choice(middles) for _ in range(rng.randint(1, 3)))
        found["".join(syllables) + rng.choice(endings)] = None
    return list(found)


class _Author:
    """Writes prose about pages, with the frequent words of a language very frequent."""

    def __init__(self, rng: random.Random, pages: list[_Page]) -> None:
        self._rng = rng
        self._pages = pages
        self._resources = [one for one in pages if one.type == "resource"]
        self._words = _pseudo_words(rng, 6000)
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))

    def word(self) -> str:
        return self._rng.choices(self._words, cum_weights=self._weights)[0]

    def fill(self, template: str, page: _Page) -> str:
        rng = self._rng
        calls = ["it", "the " + page.title.split()[-1].lower(), page.title, page.title]
        it = rng.choice(calls)
        filled = template
        while "{" in filled:
            start, end = filled.index("{"), filled.index("}")
            what = filled[start + 1 : end]
            if what in ("it", "It"):
                value = it if what == "it" else it[:1].upper() + it[1:]
            elif what == "other":
                other = rng.choice(self._pages)
                value = rng.choice([other.title, *other.aliases])
            elif what == "resource":
                value = rng.choice(self._resources).title
            elif what == "function":
                value = rng.choice(FUNCTIONS.split()).lower()
            elif what == "kind":
                value = rng.choice(KINDS.split()).lower()
            else:
                value = self.word()
            filled = filled[:start] + value + filled[end + 1 :]
        return filled + "."

    def prose(self, page: _Page, sentences: int) -> str:
        templates = _listed(SENTENCES)
        return " ".join(
            self.fill(self._rng.choice(templates), page) for _ in range(max(1, sentences))
        )


def _short(title: str) -> str:
    return " ".join(SHORT.get(word, word) for word in title.split())


def _pages(rng: random.Random, count: int) -> list[_Page]:
    """Return about `count` pages: mostly components, some of the platform's things, some guides."""
    products = _listed(PRODUCTS)
    found: dict[str, _Page] = {}

    def add(title: str, aliases: tuple[str, ...], kind: str, product: str | None) -> None:
        found.setdefault(key(title), _Page(title, aliases, kind, product))

    for product in products:
        add(product, (), "product", slugify(product))
    for name in _listed(PLATFORM):
        add(name, (), "resource", None)
    while len(found) < count:
        product, function = rng.choice(products), rng.choice(FUNCTIONS.split())
        kind, modifier = rng.choice(KINDS.split()), rng.choice(MODIFIERS.split())
        bare = f"{modifier} {function} {kind}" if rng.random() < 0.25 else f"{function} {kind}"
        chance = rng.random()
        if chance < 0.70:
            title = f"{product} {bare}"
            aliases = tuple(
                alias
                for alias, share in ((bare, 0.6), (_short(bare), 0.4), (_short(title), 0.2))
                if rng.random() < share and alias != title
            )
            add(title, aliases, "component", slugify(product))
        elif chance < 0.80:
            add(bare, (_short(bare),) if _short(bare) != bare else (), "component", None)
        elif chance < 0.88:
            verb = rng.choice(["Registering", "Moving", "Installing", "Replacing", "Upgrading"])
            add(f"{verb} the {product} {bare}", (), "procedure", slugify(product))
        elif chance < 0.94:
            state = rng.choice(["redundant", "fault tolerant", "encrypted", "offline", "mirrored"])
            add(f"{state} {function.lower()}", (), "condition", None)
        else:
            add(f"Planning {function.lower()} for {product}", (), "page", None)
    return list(found.values())


def _passages(page: _Page, author: _Author, rng: random.Random) -> Iterator[Passage]:
    def passage(**given: object) -> Passage:
        fixed: dict[str, object] = {
            "type": page.type,
            "thing": None if page.type == "page" else slugify(page.title),
            "product": page.product,
            "status": "published",
            "title": page.title,
            "heading": None,
            "anchor": None,
            "path": page.path,
        }
        return Passage(**(fixed | given))  # type: ignore[arg-type]

    yield passage(text=author.prose(page, 2), names=(page.title, *page.aliases))
    if page.type == "component":
        for number in range(rng.randint(2, 8)):
            action = author.fill(rng.choice(_listed(ACTIONS)), page)
            yield passage(type="requirement", anchor=f"rule-{number}", text=action)
    for heading in rng.sample(_listed(HEADINGS), rng.randint(2, 5)):
        text = author.prose(page, rng.randint(2, 7))
        yield passage(heading=heading, anchor=slugify(heading), text=text)


def plain_frames() -> list[str]:
    """Return the frames of questions that name nothing but the page that is asked about."""
    others = ("resource", "active", "failover", "shared storage", "installed", "{resource}")
    return [one for one in _listed(FRAMES) if not any(name in one for name in others)]


def as_people_write(name: str, rng: random.Random) -> str:
    """Return a name as somebody may type it."""
    words = name.split()
    chance = rng.random()
    if chance < 0.40:
        return name
    if chance < 0.70:
        return name.lower()
    if chance < 0.78:
        return name.lower() + "s"
    if chance < 0.84:
        return "-".join(words).lower()
    if chance < 0.90 and len(words) > 2:
        return f"{' '.join(words[-2:])} of {' '.join(words[:-2])}".lower()
    if chance < 0.95 and len(words) > 1:
        return ("".join(words[:2]) + " " + " ".join(words[2:])).strip().lower()
    return _short(name).lower()


def generate(passages: int, questions: int, seed: int = 2) -> tuple[list[Passage], list[Question]]:
    """Return about `passages` passages, and questions that each name one page of them."""
    rng = random.Random(seed)
    pages = _pages(rng, passages * 10 // 88)
    author = _Author(rng, pages)
    found = [one for page in pages for one in _passages(page, author, rng)]
    owners: dict[str, set[str]] = {}
    for page in pages:
        for name in (page.title, *page.aliases):
            owners.setdefault(key(name), set()).add(page.path)
    asked = []
    for _ in range(questions):
        page = rng.choice(pages)
        name = page.title if rng.random() < 0.7 else rng.choice([page.title, *page.aliases])
        frame = rng.choice(_listed(FRAMES)).replace("{resource}", rng.choice(_listed(PLATFORM)))
        text = frame.replace("{x}", as_people_write(name, rng))
        asked.append(Question(text, frozenset(owners[key(name)])))
    return found, asked
