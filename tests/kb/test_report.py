"""Diagnostics for people and for programs."""

import json

from kb.diagnostics import Diagnostic, Place, Related, Severity
from kb.report import as_github, as_json, as_sarif, as_text, summary

ERROR = Diagnostic(
    "KB201",
    "unknown-reference",
    Severity.ERROR,
    Place("components/a.md", 12, 15),
    "no resource has the id `leese`",
    "did you mean `lease`?",
    (Related(Place("b.md", 1, 2), "the other, 100%: here"),),
)
WARNING = Diagnostic("KB501", "no-source", Severity.WARNING, Place("b.md", 3, 1), "a: 50%\nb")


def test_text_without_sources() -> None:
    """Without the texts of the files, the report has no excerpts."""
    assert as_text([ERROR, WARNING], prefix="docs/") == (
        "docs/components/a.md:12:15: error[KB201 unknown-reference]: "
        "no resource has the id `leese`\n"
        "  help: did you mean `lease`?\n"
        "  docs/b.md:1:2: the other, 100%: here\n"
        "\n"
        "docs/b.md:3:1: warning[KB501 no-source]: a: 50%\nb"
    )


def test_long_lines_are_clipped_around_the_place() -> None:
    """Of a very long line only the part around the column is shown, with the caret below it."""
    text = "x" * 300 + "HERE" + "y" * 300
    one = Diagnostic("KB1", "n", Severity.ERROR, Place("a.md", 1, 301), "m")

    excerpt, caret = as_text([one], {"a.md": text}).split("\n")[1:3]

    assert len(excerpt) <= 110
    assert excerpt[caret.index("^")] == "H"


def test_no_diagnostics_are_an_empty_text() -> None:
    """Nothing found, nothing said; the summary says so in words."""
    assert as_text([]) == ""
    assert summary([]) == "no errors, no warnings"
    assert summary([ERROR, WARNING, WARNING]) == "1 error, 2 warnings"


def test_json() -> None:
    """The JSON holds every field, with counts and a number of its shape."""
    document = json.loads(as_json([ERROR, WARNING], "docs/"))

    assert (document["schema_version"], document["errors"], document["warnings"]) == (1, 1, 1)
    assert document["diagnostics"][0] == {
        "code": "KB201",
        "name": "unknown-reference",
        "severity": "error",
        "path": "docs/components/a.md",
        "line": 12,
        "column": 15,
        "message": "no resource has the id `leese`",
        "help": "did you mean `lease`?",
        "related": [
            {"path": "docs/b.md", "line": 1, "column": 2, "message": "the other, 100%: here"}
        ],
        "fixable": False,
    }


def test_github_commands_are_escaped() -> None:
    """Percent signs, line breaks, commas and colons cannot end a workflow command early."""
    assert as_github([ERROR, WARNING], "docs/").split("\n") == [
        (
            "::error file=docs/components/a.md,line=12,col=15,title=KB201 unknown-reference::"
            "no resource has the id `leese`%0Adid you mean `lease`?"
        ),
        "::warning file=docs/b.md,line=3,col=1,title=KB501 no-source::a: 50%25%0Ab",
    ]


def test_sarif() -> None:
    """The SARIF log names each rule once and each result with its places."""
    run = json.loads(as_sarif([ERROR, WARNING, WARNING], "docs/"))["runs"][0]

    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == ["KB201", "KB501"]
    assert [one["level"] for one in run["results"]] == ["error", "warning", "warning"]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "docs/components/a.md"
    assert location["region"] == {"startLine": 12, "startColumn": 15}
    assert run["results"][0]["message"]["text"].endswith("Did you mean `lease`?")
