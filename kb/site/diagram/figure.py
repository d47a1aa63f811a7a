"""The drawings of a component's page: each for wide and for narrow pages, and in words.

What they say is said by the requirements too, so they are left out of the site's own search. It
takes the end of any inner element of a kind for that of the one that is left out: no such element
may hold another of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb import text
from kb.catalog import Component
from kb.site import markup
from kb.site.diagram.layout import NARROW, WIDE, drawing
from kb.site.diagram.pieces import number
from kb.site.diagram.scene import Scene, scenes
from kb.site.diagram.telling import about_nodes, description, not_recorded, told
from kb.site.view import View


def figures(view: View, component: Component) -> str:
    """Return where a component sits; one drawing for the topologies that do not differ in it."""
    made = scenes(view.catalog, component)
    if not made:
        return ""
    several = len(made) > 1
    drawn = [_figure(component, one, at, several=several) for at, one in enumerate(made)]
    words = [one for scene in made for one in _in_words(scene, several=several)]
    explained = markup.element(
        "details",
        markup.element("summary", "The drawing in words"),
        *words,
        class_="kb-drawing-words",
        data_search_exclude="",
    )
    # On a phone several stand beside each other, and are reached by swiping or with the arrow keys.
    row = {"tabindex": "0", "role": "group", "aria_label": "A drawing for each case"}
    shown = markup.block("div", drawn, class_="kb-drawings", **(row if several else {}))
    return markup.block(
        "div",
        [shown, explained],
        class_="kb-placement kb-placement-several" if several else "kb-placement",
    )


def _figure(component: Component, scene: Scene, at: int, *, several: bool) -> str:
    where = f" in {text.join(scene.titles)}" if scene.titles else ""
    title = f"Where {component.title} sits{where}"
    sizes = (("narrow", NARROW),) if several else (("wide", WIDE), ("narrow", NARROW))
    drawn = [_svg(scene, f"kb_drawing_{at}_{name}", name, width, title) for name, width in sizes]
    left_out = not_recorded(scene)
    caption = markup.element("figcaption", markup.text(left_out)) if left_out else ""
    return markup.element(
        "figure",
        *drawn,
        caption,
        class_="kb-drawing",
        data_topologies=" ".join(scene.topologies),
        data_search_exclude="",
    )


def _svg(scene: Scene, name: str, size: str, width: int, title: str) -> str:
    made = drawing(scene, width)
    return markup.element(
        "svg",
        markup.element("title", markup.plain(title), id=f"{name}_title"),
        markup.element("desc", markup.plain(description(scene)), id=f"{name}_desc"),
        made.svg,
        class_=f"kb-svg kb-svg-{size}",
        viewBox=f"-1 -1 {width + 2} {number(made.height + 2)}",
        role="img",
        aria_labelledby=f"{name}_title",
        aria_describedby=f"{name}_desc",
    )


def _in_words(scene: Scene, *, several: bool) -> Iterator[str]:
    if several:
        yield markup.element("p", markup.text(f"In {text.join(scene.titles)}:"))
    lines = [*map(markup.text, about_nodes(scene)), *_linked(scene)]
    left_out = not_recorded(scene)
    yield markup.bullets([*lines, markup.text(left_out)] if left_out else lines)


def _linked(scene: Scene) -> Iterator[str]:
    for one in scene.marks:
        said = markup.text(told(scene, one))
        yield (
            markup.element("a", said, href=f"#{one.anchor}", class_="kb-to")
            if one.anchor
            else (said)
        )
