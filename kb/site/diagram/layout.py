"""Where the parts of a scene go: beside each other where there is room, else below each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kb import text
from kb.site import markup, words
from kb.site.diagram.pieces import PAD, Piece, arrow, box, chip, moved, number, stacked, writing
from kb.site.diagram.scene import Mark, Scene
from kb.site.diagram.telling import same_instance

WIDE = 680
NARROW = 320
_GAP = 10
_SIDE = 206
_MORE = 26
_NODE = 140
"""Nodes that hold something are at least this wide, or stand below each other."""
_BESIDE = 290
"""From this width on, a thing that is used stands beside its user."""


def drawing(scene: Scene, width: float) -> Piece:
    """Return a scene as a drawing of this width."""
    cluster_only = not any(scene.at(spot) for spot in ("deployment", "outside", "members"))
    if cluster_only:
        return _cluster(scene, width)
    if scene.at("deployment"):
        return _frame("Whole deployment", _halves(scene, width - 2 * PAD), width, "kb-deployment")
    return _halves(scene, width)


def _halves(scene: Scene, width: float) -> Piece:
    """Return the cluster, and beside or below it what is not said to be in it."""
    if width < WIDE - 2 * PAD:
        return stacked([_cluster(scene, width), _outside(scene, width)], _GAP)
    room = width - _SIDE - _GAP
    cluster, side = _cluster(scene, room), _outside(scene, _SIDE)
    svg = moved(cluster, 0, 0) + moved(side, room + _GAP, 0)
    return Piece(width, max(cluster.height, side.height), svg)


def _outside(scene: Scene, width: float) -> Piece:
    pieces = [_entry(one, width, same_instance(scene, one)) for one in scene.at("deployment")]
    outside = scene.at("outside")
    if outside:
        inner = stacked([_entry(one, width - 2 * PAD) for one in outside], _GAP)
        pieces.append(_frame("Outside the cluster", inner, width, "kb-outside"))
    for group, marks in groupby(scene.at("members"), lambda one: one.group):
        inner = stacked([_entry(one, width - 2 * PAD - 6) for one in marks], _GAP)
        pieces.append(_pile(group or "", inner, width))
    return stacked(pieces, _GAP)


def _cluster(scene: Scene, width: float) -> Piece:
    room = width - 2 * PAD
    notes = [_note(one, room) for one in scene.at("nodes") if one.level or one.conditions]
    title = f"Cluster, {text.join(scene.titles, 'or')}" if scene.titles else "Cluster"
    parts = [
        _nodes(scene, room),
        stacked(notes, 2),
        *(_entry(one, room) for one in scene.at("cluster")),
        _storage(scene, room),
    ]
    counted = "" if scene.nodes.number is None else f" ({scene.nodes.in_words})"
    return _frame(f"{title}{counted}", stacked(parts, _GAP), width, "kb-cluster")


def _nodes(scene: Scene, width: float) -> Piece:
    marks = scene.at("nodes")
    count = scene.nodes.drawn
    more = _MORE + _GAP if scene.nodes.has_more else 0
    each = (width - more - (count - 1) * _GAP) / count
    if each < _NODE and (marks or any(title for roles in scene.roles for title, _ in roles)):
        return _nodes_in_rows(scene, marks, width)
    inner = [_node_content(scene, at, marks, each - 2 * PAD) for at in range(count)]
    height = max(one.height for one in inner) + 2 * PAD
    svg = []
    for at, content in enumerate(inner):
        node = _node(scene, at, content, each, height)
        svg.append(moved(node, at * (each + _GAP), 0))
    if more:
        dots = "".join(
            markup.element("circle", cx="13", cy=number(height / 2 + step), r="2")
            for step in (-8, 0, 8)
        )
        ghost = Piece(_MORE, height, box(_MORE, height, "kb-node kb-ghost") + dots)
        svg.append(moved(ghost, count * (each + _GAP), 0))
    return Piece(width, height, "".join(svg))


def _nodes_in_rows(scene: Scene, marks: Sequence[Mark], width: float) -> Piece:
    rows = []
    for at in range(scene.nodes.drawn):
        content = _node_content(scene, at, marks, width - 2 * PAD)
        rows.append(_node(scene, at, content, width, content.height + 2 * PAD))
    if scene.nodes.has_more:
        dots = "".join(
            markup.element("circle", cx=number(width / 2 + step), cy="9", r="2")
            for step in (-8, 0, 8)
        )
        rows.append(Piece(width, 18, box(width, 18, "kb-node kb-ghost") + dots))
    return stacked(rows, 6)


def _node(scene: Scene, at: int, content: Piece, width: float, height: float) -> Piece:
    works = any(role.works for _, role in scene.roles[at])
    frame = box(width, height, "kb-node kb-node-works" if works else "kb-node")
    return Piece(width, height, frame + moved(content, PAD, PAD))


def _node_content(scene: Scene, at: int, marks: Sequence[Mark], room: float) -> Piece:
    told = scene.roles[at]
    pieces = [writing(f"Node {at + 1}", room, "kb-label")]
    for title, role in told:
        said = f"{title}: {role.name}" if title else role.name
        line = writing(said, room - 16, "kb-note-text")
        dot = markup.element("circle", cx="6", cy="9", r="4.5", class_=_dot(works=role.works))
        pieces.append(Piece(room, line.height, dot + moved(line, 16, 0)))
    return stacked([stacked(pieces, 1), *(_body(one, room) for one in marks)], 6)


def _dot(*, works: bool) -> str:
    return "kb-dot kb-dot-works" if works else "kb-dot"


def _storage(scene: Scene, width: float) -> Piece:
    marks = scene.at("storage")
    if not marks and not scene.storage:
        return Piece(0, 0, "")
    title = scene.storage or "shared storage"
    label = writing(title[0].upper() + title[1:], width - 2 * PAD, "kb-label")
    inner = stacked([label, *(_entry(one, width - 2 * PAD) for one in marks)], 6)
    height = inner.height + 34
    w, h = number(width - 0.5), number(height - 10)
    across = number(width / 2 - 0.5)
    body = f"M0.5 10V{h}A{across} 9 0 0 0 {w} {h}V10A{across} 9 0 0 0 0.5 10"
    lid = f"A{across} 9 0 0 0 {w} 10"
    shape = markup.element("path", d=body + lid, class_="kb-storage")
    return Piece(width, height, shape + moved(inner, PAD, 20))


def _frame(title: str, inner: Piece, width: float, class_: str) -> Piece:
    label = writing(title, width - 2 * PAD, "kb-label")
    content = stacked([label, inner], 5)
    height = content.height + 2 * PAD
    return Piece(width, height, box(width, height, class_, 8) + moved(content, PAD, PAD))


def _pile(title: str, inner: Piece, width: float) -> Piece:
    """Return a frame that stands for many things of a kind."""
    front = _frame(title[:1].upper() + title[1:], inner, width - 6, "kb-members")
    back = "".join(
        moved(Piece(0, 0, box(width - 6, front.height, "kb-members")), at, at) for at in (6, 3)
    )
    return Piece(width, front.height + 6, back + front.svg)


def _entry(mark: Mark, width: float, same: str = "") -> Piece:
    """Return a mark with what is to be known of it; `same` tells that it is drawn twice."""
    return stacked([_body(mark, width), _note(mark, width, same)], 1)


def _note(mark: Mark, width: float, same: str = "") -> Piece:
    level = words.LEVELS[mark.level].name if mark.level else ""
    where = "" if mark.spot in {"outside", "storage", "members"} else mark.where
    if mark.is_negative and not mark.objects and not where:
        level = f"{level} be here"
    where += f": {same}" if same else ""
    stated = ", ".join(one for one in (where, *mark.conditions) if one)
    said = f"{level}: {stated}" if level and stated else level or stated
    return writing(said[:1].upper() + said[1:], width, "kb-note-text") if said else Piece(0, 0, "")


def _body(mark: Mark, width: float) -> Piece:
    """Return the name of a mark, with an arrow to what it uses or must not use."""
    kind = "kb-chip"
    kind += " kb-negative" if mark.is_negative else ""
    kind += " kb-conditional" if mark.conditions else ""
    kind += f" kb-{mark.level}" if mark.level else ""
    if not mark.objects:
        return chip(mark.subject, width, kind, mark.level)
    named = text.join(mark.objects, "or" if mark.is_negative else "and")
    if width < _BESIDE:
        upper = chip(mark.subject, width, kind, mark.level)
        lower = chip(named, width, kind.replace("kb-chip", "kb-object", 1))
        y = upper.height
        svg = upper.svg + arrow(width / 2, y + 2, width / 2, y + 20, crossed=mark.is_negative)
        return Piece(width, y + 22 + lower.height, svg + moved(lower, 0, y + 22))
    each = (width - 44) / 2
    left = chip(mark.subject, each, kind, mark.level)
    right = chip(named, each, kind.replace("kb-chip", "kb-object", 1))
    height = max(left.height, right.height)
    svg = moved(left, 0, (height - left.height) / 2)
    svg += arrow(each + 4, height / 2, each + 40, height / 2, crossed=mark.is_negative)
    return Piece(width, height, svg + moved(right, each + 44, (height - right.height) / 2))
