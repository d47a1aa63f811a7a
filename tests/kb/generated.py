"""Files of docs/ that are made from the code; `python -m tests.kb.generated` writes them."""

import json
from pathlib import Path

from kb.model import json_schema
from kb.rules import rules_page

DOCS = Path(__file__).parents[2] / "docs"


def schema_text() -> str:
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


GENERATED = {
    "reference/diagnostics.md": rules_page,
    "schema/v1/page.schema.json": schema_text,
}

if __name__ == "__main__":
    for name, text in GENERATED.items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(text(), encoding="utf-8")
