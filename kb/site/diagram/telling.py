"""What a drawing shows, in sentences: for whoever does not see it, and for whoever asks it why."""

from __future__ import annotations

from collections.abc import Iterator

from kb import text
from kb.site import words
from kb.site.diagram.scene import Mark, Scene


def sentence(mark: Mark) -> str:
    """Return what a mark says, as plain text."""
    level = words.LEVELS[mark.level].name if mark.level else ""
    thing = text.join(mark.objects, "or" if mark.is_negative else "and")
    used = f"with {thing}" if thing else ""
    stated = ", ".join(one for one in (mark.where, used, *mark.conditions) if one)
    if not level:
        return f"{mark.subject} runs {stated}."
    return f"{level}: {mark.subject}, {stated}."


def same_instance(scene: Scene, mark: Mark) -> str:
    """Return that what is there once is drawn in the cluster too; "" where it is not."""
    drawn = [one for one in scene.at("cluster") if not one.is_negative]
    if not mark.is_single or not drawn:
        return ""
    is_open = all(one.conditions or one.level not in {None, "must"} for one in drawn)
    return "here or clustered" if is_open else "the clustered one"


def told(scene: Scene, mark: Mark) -> str:
    """Return what a mark says in its scene, as plain text."""
    same = same_instance(scene, mark)
    return f"{sentence(mark)} It is not a second one: {same}." if same else sentence(mark)


def about_nodes(scene: Scene) -> Iterator[str]:
    """Yield what is known of the nodes, and what is not."""
    number = scene.nodes.number
    if number is None:
        yield f"How many nodes there are is not recorded: {scene.nodes.drawn} are drawn."
    else:
        yield f"The cluster has {scene.nodes.in_words}."
    for at, roles in enumerate(scene.roles):
        for title, role in roles:
            place = f" in {title}" if title else ""
            yield f"Node {at + 1}{place}: {role.name}."
    if scene.storage:
        yield f"The nodes share storage ({scene.storage})."


def not_recorded(scene: Scene) -> str:
    """Return the sentence on what could not be drawn; "" where all could."""
    if scene.is_placed:
        return ""
    return "Where it runs is not recorded, so it stands on no node."


def description(scene: Scene) -> str:
    """Return all that a drawing shows, as one text."""
    marks = [told(scene, one) for one in scene.marks]
    said = [*about_nodes(scene), *marks, not_recorded(scene)]
    return " ".join(one for one in said if one)
