"""Domain values into models of the wire. The only place where one becomes the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from api.schemas import answers as wire_answers
from api.schemas import problems as wire_problems
from api.schemas import search as wire_search
from api.schemas import things as wire
from api.schemas.links import Links
from kb import (
    SCHEMA_VERSION,
    Answer,
    Catalog,
    Citation,
    Cited,
    Component,
    Condition,
    Diagnostic,
    Fragment,
    Hit,
    Matrix,
    PassageType,
    Procedure,
    Product,
    Requirement,
    Resource,
    SearchResult,
    Source,
    Thing,
    Topology,
)


class Writer:
    """Writes the values of one catalog; addresses begin with the base of `links`."""

    def __init__(self, catalog: Catalog, links: Links | None = None) -> None:
        self._catalog = catalog
        self.links = links or Links()
        self._used_by: dict[str, list[str]] = {}
        self._members: dict[str, list[str]] = {}
        for component in catalog.components.values():
            if component.status != "draft":
                self._members.setdefault(component.product, []).append(component.id)
                for used in component.uses:
                    self._used_by.setdefault(used, []).append(component.id)

    def thing(self, thing: Thing) -> wire.AnyThing:
        """Return any thing with all that is recorded of it."""
        match thing:
            case Component():
                return self.component(thing)
            case Product():
                return self._product(thing)
            case Topology():
                return wire.Topology(**self._common(thing), derived=self._derived(thing))
            case Resource():
                return wire.Resource(
                    **self._common(thing), verify=_verify(thing), derived=self._derived(thing)
                )
            case Condition():
                return wire.Condition(
                    **self._common(thing),
                    excludes=list(thing.excludes),
                    nodes="".join(map(str, thing.nodes)) if thing.nodes else None,
                    derived=self._derived(thing),
                )
            case Procedure():
                return wire.Procedure(
                    **self._common(thing), steps=list(thing.steps), derived=self._derived(thing)
                )
            case Source():
                return wire.Source(
                    **self._common(thing),
                    publisher=thing.publisher,
                    locators=dict(thing.locators),
                    address=thing.url,
                    retrieved=thing.retrieved,
                    derived=self._derived(thing),
                )
            case _:
                raise TypeError(f"{type(thing).__name__} has no form on the wire")

    def component(
        self, component: Component, requirements: Sequence[Requirement] | None = None
    ) -> wire.Component:
        """Return a component; `requirements` are those to show where it is not all of them."""
        shown = component.requirements if requirements is None else requirements
        stated = component.stated
        inherited = [
            name
            for name in ("kind", "role", "placement", "nodes")
            if getattr(component, name) is not None and getattr(stated, name) is None
        ]
        if component.procedure is not None and stated.how is None:
            inherited.append("how")
        return wire.Component(
            **self._common(component),
            product=component.product,
            kind=component.kind,
            role=component.role,
            placement=component.placement,
            nodes=component.nodes,
            uses=dict(component.uses),
            same_as=component.same_as,
            how=self._how(component.procedure, ()),
            since=stated.since,
            until=stated.until,
            asks_nothing=component.asks_nothing,
            requirements=self.requirements(shown),
            derived=wire.DerivedComponent(
                **self._derived(component).model_dump(),
                inherited=inherited,
                topologies=list(self.topologies_of(component.product)),
                versions=None if component.versions is None else list(component.versions),
                used_by=self._used_by.get(component.id, []),
            ),
        )

    def summary(self, component: Component) -> wire.ComponentSummary:
        """Return a component as it stands in a list."""
        return wire.ComponentSummary(
            id=component.id,
            title=component.title,
            aliases=list(component.names[1:]),
            product=component.product,
            kind=component.kind,
            role=component.role,
            placement=component.placement,
            status=component.status,
            asks_nothing=component.asks_nothing,
            requirements=len(component.requirements),
            self_=self.links.thing(component),
            url=self.links.page(component.path),
        )

    def requirements(self, requirements: Iterable[Requirement]) -> list[wire.Requirement]:
        """Return requirements in the given order."""
        return [self._requirement(one) for one in requirements]

    def topologies_of(self, product: str) -> tuple[str, ...]:
        """Return the ids of a product's topologies: those that it names, else all; no drafts."""
        named = self._catalog.products[product].topologies or tuple(self._catalog.topologies)
        return tuple(one for one in named if self._catalog.topologies[one].status != "draft")

    def matrix(self, matrix: Matrix) -> wire.Matrix:
        """Return the table of components and topologies."""
        columns = [
            wire.MatrixColumn(
                topologies=list(ids),
                titles=[self._catalog.topologies[one].title for one in ids],
            )
            for ids in matrix.columns
        ]
        rows = []
        for row in matrix.rows:
            thing = self._catalog.components.get(row.component)
            holder: Thing = thing or self._catalog.products[row.component]
            cells = [
                wire.MatrixCell(
                    exists=cell is not None,
                    requirements=[self._in_matrix(one) for one in cell or ()],
                )
                for cell in row.cells
            ]
            rows.append(
                wire.MatrixRow(
                    type="component" if thing else "product",
                    id=holder.id,
                    title=holder.title,
                    product=row.product,
                    asks_nothing=row.asks_nothing,
                    self_=self.links.thing(holder),
                    url=self.links.page(holder.path),
                    cells=cells,
                )
            )
        return wire.Matrix(columns=columns, rows=rows)

    def answer(self, answer: Answer, expected: str | None = None) -> wire_answers.Answer:
        """Return an answer, compared with an earlier one where the id of one is expected."""
        read = answer.understood
        return wire_answers.Answer(
            schema_version=SCHEMA_VERSION,
            question=answer.question,
            status=answer.status,
            reason=answer.reason,
            understood=wire_answers.Understood(
                intent=read.intent,
                components=list(read.components),
                topology=read.topology,
                conditions=[
                    wire_answers.ConditionState(id=one.id, state=one.state)
                    for one in read.conditions
                ],
                resources=list(read.resources),
                version=read.version,
                nodes=read.nodes,
                corrections=[
                    wire_answers.Correction(wrote=one.wrote, read=one.read)
                    for one in read.corrections
                ],
            ),
            verdict=answer.verdict,
            parts=[
                wire_answers.Part(
                    component=one.component,
                    topology=one.topology,
                    verdict=one.verdict,
                    answer=one.answer,
                )
                for one in answer.parts
            ],
            answer=answer.answer,
            components=list(answer.components),
            topology=answer.topology,
            requirements=self.requirements(answer.requirements),
            citations=[self._citation(one) for one in answer.citations],
            candidates=[
                wire_answers.Candidate(
                    type=one.type, id=one.id, title=one.title, url=self.links.page(one.path)
                )
                for one in answer.candidates
            ],
            truncated=answer.truncated,
            content_version=answer.content_version,
            answer_id=answer.answer_id,
            replay=None if expected is None else answer.replay(expected),
        )

    def search(self, result: SearchResult, limit: int, offset: int) -> wire_search.SearchResult:
        """Return what a search found, of which `limit` hits from `offset` on are given."""
        return wire_search.SearchResult(
            query=result.query,
            hits=[self._hit(one) for one in result.hits],
            total=result.total,
            limit=limit,
            offset=offset,
            facets=dict(result.facets),
            did_you_mean=result.did_you_mean,
            truncated=result.truncated,
        )

    def _hit(self, hit: Hit) -> wire_search.Hit:
        passage = hit.passage
        thing = self._holder(passage.type, passage.thing) if passage.thing else None
        return wire_search.Hit(
            type=passage.type,
            title=passage.title,
            heading=passage.heading,
            excerpt="".join(one.text for one in hit.excerpt),
            highlights=wire_search.Highlights(
                title=_fragments(hit.title),
                heading=_fragments(hit.heading),
                excerpt=_fragments(hit.excerpt),
            ),
            score=hit.score,
            thing=passage.thing,
            product=passage.product,
            status=passage.status,
            self_=self.links.thing(thing) if thing else None,
            url=self.links.page(passage.path, passage.anchor),
            path=passage.path,
        )

    def _holder(self, kind: PassageType, name: str) -> Thing | None:
        """Return the thing whose page a passage stands on; None for a guide."""
        if kind == "page":
            return None
        if kind == "requirement":
            return self._catalog.components.get(name) or self._catalog.products.get(name)
        return self._catalog.things(kind).get(name)

    def _in_matrix(self, one: Requirement) -> wire.MatrixRequirement:
        return wire.MatrixRequirement(
            id=one.ref,
            level=one.level,
            text=one.text,
            when=list(one.when),
            unless=list(one.unless),
            url=self.links.page(one.path, one.id),
        )

    def _citation(self, citation: Citation) -> wire_answers.Citation:
        return wire_answers.Citation(
            url=self.links.page(citation.path, citation.anchor),
            path=citation.path,
            line=citation.line,
            source=_cited([citation.source])[0] if citation.source else None,
            passage=citation.is_passage,
        )

    def _product(self, product: Product) -> wire.Product:
        return wire.Product(
            **self._common(product),
            topologies=list(product.topologies),
            versions=list(product.versions),
            requirements=self.requirements(product.requirements),
            components=self._members.get(product.id, []),
            derived=self._derived(product),
        )

    def _requirement(self, one: Requirement) -> wire.Requirement:
        return wire.Requirement(
            id=one.ref,
            component=one.component,
            level=one.level,
            text=one.text,
            in_=list(one.stated.in_),
            when=list(one.when),
            unless=list(one.unless),
            resource=list(one.resources),
            about=list(one.about),
            placement=one.placement,
            nodes=one.nodes,
            count=_count(one),
            instead=one.instead,
            by=one.by,
            how=self._how(one.procedure, one.steps),
            after=list(one.after),
            why=one.why,
            verify=_verify(one),
            since=one.stated.since,
            until=one.stated.until,
            formerly=list(one.stated.formerly),
            source=_cited(one.sources),
            url=self.links.page(one.path, one.id),
            path=one.path,
            line=one.line,
            derived=wire.DerivedRequirement(
                owner=one.owner,
                shared=one.owner != one.component,
                topologies=list(one.topologies),
                versions=None if one.versions is None else list(one.versions),
            ),
        )

    def _how(self, procedure: str | None, steps: Sequence[str]) -> wire.How | None:
        if procedure is not None:
            found = self._catalog.procedures[procedure]
            return wire.How(
                procedure=found.id,
                title=found.title,
                url=self.links.page(found.path),
                steps=list(found.steps),
            )
        if steps:
            return wire.How(procedure=None, title=None, url=None, steps=list(steps))
        return None

    def _common(self, thing: Thing) -> dict[str, Any]:
        return {
            "id": thing.id,
            "type": thing.type,
            "title": thing.title,
            "aliases": list(thing.names[1:]),
            "summary": thing.summary,
            "broader": thing.stated.broader,
            "not_same_as": list(thing.stated.not_same_as),
            "formerly": list(thing.stated.formerly),
            "status": thing.status,
            "owner": thing.stated.owner,
            "reviewed": thing.stated.reviewed,
            "source": _cited(thing.sources),
            "self_": self.links.thing(thing),
            "url": self.links.page(thing.path),
            "path": thing.path,
            "line": thing.line,
        }

    @staticmethod
    def _derived(thing: Thing) -> wire.DerivedThing:
        return wire.DerivedThing(ancestors=list(thing.ancestors), narrower=list(thing.descendants))


def finding(diagnostic: Diagnostic) -> wire_problems.Finding:
    """Return what is wrong with one place of the pages."""
    return wire_problems.Finding(
        code=diagnostic.code,
        name=diagnostic.name,
        severity=diagnostic.severity.value,
        path=diagnostic.place.path,
        line=diagnostic.place.line,
        column=diagnostic.place.column,
        message=diagnostic.message,
        help=diagnostic.help,
    )


def _cited(sources: Iterable[Cited]) -> list[wire.SourceRef]:
    return [
        wire.SourceRef(
            id=one.id,
            title=one.title,
            publisher=one.publisher,
            locator=one.locator,
            url=one.url,
            pin=one.pin,
        )
        for one in sources
    ]


def _fragments(fragments: Iterable[Fragment]) -> list[wire_search.Fragment]:
    return [wire_search.Fragment(text=one.text, match=one.is_match) for one in fragments]


def _count(requirement: Requirement) -> wire.Count | None:
    count = requirement.count
    if count is None:
        return None
    return wire.Count(of=count.of, bound=count.bound, amount=count.amount, per=count.per)


def _verify(one: Requirement | Resource) -> wire.Verify | None:
    if one.verify is None:
        return None
    return wire.Verify(run=one.verify.run, expect=one.verify.expect)
