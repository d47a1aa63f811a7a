"""What a question asks for, counts or sets against a statement, on pages written for it."""

import shutil
from pathlib import Path

import pytest

from kb.ask.answer import Verdict
from kb.ask.engine import Engine
from kb.compiler import compile_folder

K0 = Path(__file__).parents[2] / "knowledge_bases" / "k0" / "docs"
GAUGE = """---
type: component
title: Tide gauge
product: kelpvault
kind: gauge
role: Measures the water.
source: cluster-handbook
requirements:
  - id: odd
    should: Run an odd number of probes.
  - id: pump
    may: Give the tide gauge a bilge pump.
    resource: bilge-pump
    unless: pump-used
  - id: same-mark
    must: Give all gauges the same water mark.
    resource: water-mark
  - id: own-mast
    may: Fasten the sensor arm on a mast of your own.
    resource: mast
  - id: harbour-wall
    may: Fasten the sensor arm on the wall of the harbour.
    resource: wall
---

# Tide gauge
"""
RESOURCES = ("bilge pump", "water mark", "mast", "wall")
RESOURCE = "---\ntype: resource\ntitle: {title}\n---\n\n# {title}\n"
CONDITION = """---
type: condition
title: a bilge pump is used
aliases: [with a bilge pump]
---

# A bilge pump is used
"""


@pytest.fixture(scope="module")
def gauges(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Return the engine on pages that speak of a tide gauge too."""
    docs = tmp_path_factory.mktemp("gauges")
    shutil.copytree(K0, docs, dirs_exist_ok=True)
    (docs / "components" / "tide-gauge.md").write_text(GAUGE, encoding="utf-8")
    (docs / "conditions" / "pump-used.md").write_text(CONDITION, encoding="utf-8")
    for title in RESOURCES:
        page = docs / "resources" / f"{title.replace(' ', '-')}.md"
        page.write_text(RESOURCE.format(title=title), encoding="utf-8")
    compiled = compile_folder(docs)
    assert compiled.catalog is not None, compiled.diagnostics
    return Engine(compiled.catalog)


@pytest.mark.parametrize(
    ("question", "verdict", "statement"),
    [
        ("Is it advisable to have an even number of probes in the tide gauge?", "no", "odd"),
        ("May the tide gauge have a bilge pump?", "yes", "pump"),
        ("May two tide gauges have different water marks?", "no", "same-mark"),
        ("Is a mast the only place for the sensor arm of the tide gauge?", "no", "harbour-wall"),
    ],
)
def test_a_question_is_judged_by_what_it_asks_for(
    gauges: Engine, question: str, verdict: Verdict, statement: str
) -> None:
    """Numbers of a kind, things that are conditions too, opposites, and other ways."""
    answer = gauges.ask(question)
    assert answer.verdict == verdict, answer.answer
    assert f"tide-gauge/{statement}" in [one.ref for one in answer.requirements]
