"""A knowledge base: one state of the pages, compiled, and ready to be asked.

The facade that the command line and the HTTP service stand on. Built once, never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb import snapshot
from kb.ask.answer import Answer
from kb.ask.engine import Engine
from kb.ask.trace import Trace
from kb.catalog import Catalog
from kb.compiler import Compilation, compile_folder
from kb.diagnostics import Diagnostic
from kb.diff import TopologyDiff, compare
from kb.errors import CompilationError
from kb.generations import Held
from kb.plan import MasterPlan, Plan, Selection, master_plan, plan_of, select
from kb.search.passages import Cut, Passage, PassageType
from kb.search.search import PassageSearch, SearchResult


@dataclass(frozen=True, slots=True, weakref_slot=True)
class KnowledgeBase:
    """One state of the pages. Threads may use it at the same time."""

    catalog: Catalog
    diagnostics: tuple[Diagnostic, ...]
    """The warnings of the build."""
    _engine: Engine = field(repr=False, compare=False)
    _passages: Cut = field(repr=False, compare=False)
    _search: PassageSearch = field(repr=False, compare=False)
    _masters: dict[str, MasterPlan] = field(default_factory=dict, repr=False, compare=False)
    """Product -> its master plan, made when the first plan of the product is wanted."""

    @classmethod
    def build(cls, docs_dir: Path) -> KnowledgeBase:
        """Compile the pages below `docs_dir`.

        Raises CompilationError when they have errors, OSError when the folder cannot be listed.
        """
        return cls.of(compile_folder(docs_dir))

    @classmethod
    def of(cls, compilation: Compilation) -> KnowledgeBase:
        """Return what was compiled, ready to be asked. Raises CompilationError where it failed."""
        if compilation.catalog is None:
            raise CompilationError(compilation.diagnostics)
        catalog = compilation.catalog
        cut = Cut(catalog)
        return cls(catalog, compilation.diagnostics, Engine(catalog), cut, PassageSearch(cut))

    @classmethod
    def open(cls, generation: Held) -> KnowledgeBase:
        """Open a built generation; no page is read.

        Raises GenerationError where it has changed, or another version of this package made it.
        """
        found = snapshot.read(generation)
        return cls(found.catalog, found.diagnostics, found.engine, found.passages, found.search)

    def save(self, folder: Path) -> Mapping[str, str]:
        """Write what `open` needs into an empty folder, and return what its manifest is to say.

        Raises OSError.
        """
        return snapshot.write(
            folder,
            snapshot.Contents(
                self.catalog, self.diagnostics, self._passages, self._search, self._engine
            ),
        )

    def ask(self, question: str) -> Answer:
        """Return the answer to a question; the same question has the same answer, always.

        Raises QuestionError with the problem `missing-question`, `question-too-long` (with the
        limit) or `invalid-characters`.
        """
        return self._engine.ask(question)

    def explain(self, question: str) -> tuple[Answer, Trace]:
        """Return the answer to a question, and how it came about. Raises QuestionError as `ask`."""
        return self._engine.explain(question)

    def search(
        self,
        query: str,
        limit: int = 10,
        offset: int = 0,
        types: Collection[PassageType] = (),
    ) -> SearchResult:
        """Return up to `limit` (1 to 100) passages from position `offset` on, best first.

        `types` empty: all types. Raises QuestionError as `ask` does, DeadlineError when it takes
        too long, and ValueError for arguments out of range.
        """
        return self._search.search(query, limit, offset, types)

    def passages(self, name: str) -> tuple[Passage, ...]:
        """Return the passage with this id; of a whole page all that stand on it, in order.

        Empty where nothing has this id.
        """
        return self._passages.standing(name)

    def select(
        self,
        *,
        product: str | None = None,
        topology: str | None = None,
        version: str | None = None,
        components: Sequence[str] = (),
        need: Sequence[str] = (),
        no: Sequence[str] = (),
        nodes: Sequence[str] = (),
    ) -> Selection:
        """Return what a plan is wanted for, found by any names; no components: all.

        `need` are conditions that are the case, `no` those that are not. Raises UnknownNameError,
        AmbiguousNameError, or PlanError for what cannot be planned together.
        """
        return select(
            self.catalog,
            product=product,
            topology=topology,
            version=version,
            components=components,
            need=need,
            no=no,
            nodes=nodes,
        )

    def plan(self, chosen: Selection) -> Plan:
        """Return the ordered checklist for a selection. Raises PlanError where there cannot be."""
        if chosen.product not in self._masters:
            product = self.catalog.products[chosen.product]
            self._masters[chosen.product] = master_plan(self.catalog, product)
        return plan_of(self._masters[chosen.product], chosen)

    def diff(
        self,
        before: str,
        after: str,
        *,
        components: Sequence[str] = (),
        product: str | None = None,
    ) -> TopologyDiff:
        """Return what differs between two topologies, found by any names; no components: all.

        Raises UnknownNameError, AmbiguousNameError, or DiffError for what cannot be compared.
        """
        return compare(self.catalog, before, after, components=components, product=product)

    def close(self) -> None:
        """Give back what the knowledge base holds; it cannot be used afterwards."""
        self._search.close()
