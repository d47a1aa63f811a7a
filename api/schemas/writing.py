"""Domain values into models of the wire. The only place where one becomes the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from api.schemas import answers
from api.schemas import matrix as tables
from api.schemas import problems as told
from api.schemas import requirements as asked
from api.schemas import search as found
from api.schemas import things as wire
from api.schemas.links import Links
from kb import (
    SCHEMA_VERSION,
    Answer,
    Catalog,
    Citation,
    Component,
    Condition,
    Diagnostic,
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
    topologies_of,
    topologies_of_requirement,
)

_INHERITABLE = ("kind", "role", "placement", "nodes")
"""Fields of a component that it may have through `same-as`."""


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
                return wire.Topology(**self._common(thing))
            case Resource():
                verify = asked.Verify.from_value(thing.verify) if thing.verify else None
                return wire.Resource(**self._common(thing), verify=verify)
            case Condition():
                nodes = "".join(map(str, thing.nodes)) if thing.nodes else None
                excludes = list(thing.excludes)
                return wire.Condition(**self._common(thing), excludes=excludes, nodes=nodes)
            case Procedure():
                return wire.Procedure(**self._common(thing), steps=list(thing.steps))
            case Source():
                return wire.Source(
                    **self._common(thing),
                    publisher=thing.publisher,
                    locators=dict(thing.locators),
                    address=thing.url,
                    retrieved=thing.retrieved,
                )
            case _:
                raise TypeError(f"{type(thing).__name__} has no form on the wire")

    def component(
        self, component: Component, requirements: Sequence[Requirement] | None = None
    ) -> wire.Component:
        """Return a component; `requirements` are those to show where it is not all of them."""
        stated = component.stated
        effective = {name: getattr(component, name) for name in _INHERITABLE}
        inherited = [
            name
            for name, value in effective.items()
            if value is not None and getattr(stated, name) is None
        ]
        if component.procedure is not None and stated.how is None:
            inherited.append("how")
        product = self._catalog.products[component.product]
        return wire.Component(
            **self._common(
                component,
                wire.DerivedComponent(
                    ancestors=list(component.ancestors),
                    narrower=list(component.descendants),
                    inherited=inherited,
                    topologies=list(topologies_of(self._catalog, product)),
                    versions=None if component.versions is None else list(component.versions),
                    used_by=self._used_by.get(component.id, []),
                ),
            ),
            **effective,
            product=component.product,
            uses=dict(component.uses),
            same_as=component.same_as,
            how=self._how(component.procedure, ()),
            since=stated.since,
            until=stated.until,
            asks_nothing=component.asks_nothing,
            requirements=self.requirements(
                component.requirements if requirements is None else requirements
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

    def requirements(self, requirements: Iterable[Requirement]) -> list[asked.Requirement]:
        """Return requirements in the given order."""
        return [self._requirement(one) for one in requirements]

    def matrix(self, matrix: Matrix) -> tables.Matrix:
        """Return the table of components and topologies."""
        titles = {one.id: one.title for one in self._catalog.topologies.values()}
        rows = []
        for row in matrix.rows:
            component = self._catalog.components.get(row.component)
            holder = component or self._catalog.products[row.component]
            cells = [
                tables.MatrixCell(
                    exists=cell is not None,
                    requirements=[self._in_matrix(one) for one in cell or ()],
                )
                for cell in row.cells
            ]
            rows.append(
                tables.MatrixRow(
                    type="component" if component else "product",
                    id=holder.id,
                    title=holder.title,
                    product=row.product,
                    asks_nothing=row.asks_nothing,
                    self_=self.links.thing(holder),
                    url=self.links.page(holder.path),
                    cells=cells,
                )
            )
        columns = [
            tables.MatrixColumn(topologies=list(ids), titles=[titles[one] for one in ids])
            for ids in matrix.columns
        ]
        return tables.Matrix(columns=columns, rows=rows)

    def answer(self, answer: Answer, expected: str | None = None) -> answers.Answer:
        """Return an answer, compared with an earlier one where the id of one is expected."""
        return answers.Answer(
            schema_version=SCHEMA_VERSION,
            question=answer.question,
            status=answer.status,
            reason=answer.reason,
            understood=answers.Understood.from_value(answer.understood),
            verdict=answer.verdict,
            parts=[answers.Part.from_value(one) for one in answer.parts],
            answer=answer.answer,
            components=list(answer.components),
            topology=answer.topology,
            requirements=self.requirements(answer.requirements),
            citations=[self._citation(one) for one in answer.citations],
            candidates=[
                answers.Candidate(
                    type=one.type, id=one.id, title=one.title, url=self.links.page(one.path)
                )
                for one in answer.candidates
            ],
            titles={name: self._catalog.title_of(name) for name in _named(answer)},
            truncated=answer.truncated,
            content_version=answer.content_version,
            answer_id=answer.answer_id,
            replay=None if expected is None else answer.replay(expected),
        )

    def search(self, result: SearchResult, limit: int, offset: int) -> found.SearchResult:
        """Return what a search found, of which `limit` hits from `offset` on are given."""
        return found.SearchResult(
            query=result.query,
            hits=[self._hit(one) for one in result.hits],
            total=result.total,
            limit=limit,
            offset=offset,
            facets=dict(result.facets),
            did_you_mean=result.did_you_mean,
            truncated=result.truncated,
        )

    def _hit(self, hit: Hit) -> found.Hit:
        passage = hit.passage
        thing = self._thing_of(passage.type, passage.thing) if passage.thing else None
        return found.Hit(
            type=passage.type,
            title=passage.title,
            heading=passage.heading,
            excerpt="".join(one.text for one in hit.excerpt),
            highlights=found.Highlights.from_value(hit),
            score=hit.score,
            thing=passage.thing,
            product=passage.product,
            status=passage.status,
            self_=self.links.thing(thing) if thing else None,
            url=self.links.page(passage.path, passage.anchor),
            path=passage.path,
        )

    def _thing_of(self, kind: PassageType, name: str) -> Thing | None:
        """Return the thing whose page a passage stands on; None for a guide."""
        if kind == "page":
            return None
        if kind == "requirement":
            return self._catalog.components.get(name) or self._catalog.products.get(name)
        return self._catalog.things(kind).get(name)

    def _citation(self, citation: Citation) -> answers.Citation:
        return answers.Citation(
            url=self.links.page(citation.path, citation.anchor),
            path=citation.path,
            line=citation.line,
            source=asked.SourceRef.from_value(citation.source) if citation.source else None,
            passage=citation.is_passage,
        )

    def _in_matrix(self, one: Requirement) -> tables.MatrixRequirement:
        return tables.MatrixRequirement(
            id=one.ref,
            level=one.level,
            text=one.text,
            when=list(one.when),
            unless=list(one.unless),
            url=self.links.page(one.path, one.id),
        )

    def _product(self, product: Product) -> wire.Product:
        return wire.Product(
            **self._common(product),
            topologies=list(product.topologies),
            versions=list(product.versions),
            requirements=self.requirements(product.requirements),
            components=self._members.get(product.id, []),
        )

    def _requirement(self, one: Requirement) -> asked.Requirement:
        return asked.Requirement(
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
            count=asked.Count.from_value(one.count) if one.count else None,
            instead=one.instead,
            by=one.by,
            how=self._how(one.procedure, one.steps),
            after=list(one.after),
            why=one.why,
            verify=asked.Verify.from_value(one.verify) if one.verify else None,
            since=one.stated.since,
            until=one.stated.until,
            formerly=list(one.stated.formerly),
            source=[asked.SourceRef.from_value(source) for source in one.sources],
            url=self.links.page(one.path, one.id),
            path=one.path,
            line=one.line,
            derived=asked.DerivedRequirement(
                owner=one.owner,
                shared=one.owner != one.component,
                topologies=list(topologies_of_requirement(self._catalog, one)),
                versions=None if one.versions is None else list(one.versions),
            ),
        )

    def _how(self, procedure: str | None, steps: Sequence[str]) -> asked.How | None:
        if procedure is not None:
            named = self._catalog.procedures[procedure]
            return asked.How(
                procedure=named.id,
                title=named.title,
                url=self.links.page(named.path),
                steps=list(named.steps),
            )
        if steps:
            return asked.How(procedure=None, title=None, url=None, steps=list(steps))
        return None

    def _common(self, thing: Thing, derived: wire.DerivedThing | None = None) -> dict[str, Any]:
        """Return the fields that every thing has."""
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
            "source": [asked.SourceRef.from_value(one) for one in thing.sources],
            "self_": self.links.thing(thing),
            "url": self.links.page(thing.path),
            "path": thing.path,
            "line": thing.line,
            "derived": derived
            or wire.DerivedThing(ancestors=list(thing.ancestors), narrower=list(thing.descendants)),
        }


def _named(answer: Answer) -> Iterator[str]:
    """Yield the ids by which an answer and its requirements name things; some more than once."""
    understood = answer.understood
    yield from (*understood.components, *understood.resources, *answer.components)
    yield from (one.id for one in understood.conditions)
    for one in answer.requirements:
        yield from (one.component, *one.when, *one.unless)
    others = [understood.topology, answer.topology]
    others += [name for part in answer.parts for name in (part.component, part.topology)]
    yield from (one for one in others if one is not None)


def finding(diagnostic: Diagnostic) -> told.Finding:
    """Return what is wrong with one place of the pages."""
    return told.Finding(
        code=diagnostic.code,
        name=diagnostic.name,
        severity=diagnostic.severity.value,
        path=diagnostic.place.path,
        line=diagnostic.place.line,
        column=diagnostic.place.column,
        message=diagnostic.message,
        help=diagnostic.help,
    )
