"""The house rules of docs/project/architecture.md as tables, and the walk that checks them.

Nothing is imported: the files are parsed, so that code is judged by what it says, not by what it
does. A new module or library is one more line in a table.
"""

import ast
import graphlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Room -> floor. A room is a module, or a package with all that is in it. Imports point to a lower
# floor or stay in the room.
FLOORS = {
    "kb.errors": 0,
    "kb.text": 0,
    "kb.spreadsheet": 0,
    "kb.typed": 1,
    "kb.diagnostics": 1,
    "kb.model": 2,
    "kb.sources": 3,
    "kb.generations": 3,
    "kb.history": 3,
    "kb.frontmatter": 3,
    "kb.markdown": 3,
    "kb.report": 3,
    "kb.pages": 4,
    "kb.catalog": 4,
    "kb.rules": 5,
    "kb.compiler": 6,
    "kb.search": 7,
    "kb.ask": 7,
    "kb.plan": 7,
    "kb.diff": 7,
    "kb.matrix": 7,
    "kb.gaps": 7,
    "kb.snapshot": 8,
    "kb.knowledge": 8,
    "kb.site": 8,
    "kb.evaluation": 8,
    "kb": 9,  # kb/__init__.py alone: the public names
    "kb.cli": 10,
    "api": 9,  # sees the public names of kb and nothing else of it
}

# What a block at the top of a file may ask before it imports: a type's checker, or this system.
NOT_ALWAYS = ("TYPE_CHECKING", "sys.platform != 'win32'")

# The only imports that do not point down, with the reason.
STEPS = {
    ("kb.errors", "kb.diagnostics"): "a type: the error of a compilation carries what was found",
    ("kb.catalog", "kb.pages"): "the pages are what the catalog is built from",
    ("kb.knowledge", "kb.snapshot"): "the facade opens and publishes built generations",
}

# Third-party library -> the modules (with what is inside them) that alone may import it.
OWNERS = {
    "rapidfuzz": ("kb.text",),
    "snowballstemmer": ("kb.text",),
    "pydantic": ("kb.model", "api.schemas", "api.settings"),
    "yaml": ("kb.frontmatter",),
    "markdown_it": ("kb.markdown",),
    "whoosh": ("kb.search.whoosh_index",),
    "slack_sdk": ("api.chatops.slack",),
    "nacl": ("api.chatops.discord",),
    "mkdocs": ("kb.site.plugin", "kb.site.build"),
    "jinja2": ("kb.site.menu",),
    "typer": ("kb.cli",),
    "click": ("kb.cli",),
    "rich": ("kb.cli",),
    "fastapi": ("api",),
    "starlette": ("api",),
    "pydantic_settings": ("api.settings",),
    "uvicorn": ("api",),
    "watchfiles": ("api",),
    "fastapi_offline": ("api",),
    "sqlalchemy": ("api.gaps.store",),
    "limits": ("api.rates",),
    "brotli": ("api.compression",),
    "mcp": ("api.mcp.protocol",),
    "anyio": ("api.mcp.protocol",),
    "prometheus_client": ("api.metrics",),
}

# Of these the owner is one module, whichever it is.
IN_ONE_MODULE = ("uvicorn", "watchfiles", "fastapi_offline")

# (room, what it imports inside a function) -> why that import cannot stand at the top.
LATE = {
    ("kb.cli", "api"): "an extra: checking and asking need no web framework",
    ("api", "api.mcp.protocol"): "its library takes long to import: only who speaks it waits",
    ("api", "api.rates"): "its library takes long to import: only who rations requests waits",
    ("api", "api.routes.chatops"): "its libraries take long to import: only who has a chat waits",
    ("api", "api.routes.feedback"): "it counts with api.rates",
    ("api", "api.gaps.store"): "its library takes long to import: only who keeps questions waits",
    ("kb.cli", "kb.site"): "an extra, and long to import: only who wants pages waits",
}

# Words of the content. The code is about any product's documentation, so it has none of them.
CONTENT_WORDS = (
    *("sql", "sqlsafe", "idera", "generic script", "filter service"),
    *("kelpvault", "boomwright", "quillmark", "patroni", "etcd", "haproxy", "veeam", "saphana"),
    *("artemis", "zookeeper", "redis", "gitlab", "pfsense", "opnsense"),
)


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, as seen from the module that imports it."""

    target: str
    """Dotted name; the module itself where `from package import module` names one."""
    name: str | None
    """What is taken from the target; None where the target itself is."""
    line: int
    late: bool
    """Whether it stands elsewhere than at the top of the file."""


def faults(root: Path) -> list[str]:
    """Return every breach of the house rules in `root`/kb and `root`/api, as file:line: message."""
    trees = {name: (path, ast.parse(path.read_text("utf-8"))) for name, path in sources(root)}
    found: list[str] = []
    edges: dict[str, set[str]] = {name: set() for name in trees}
    users: dict[str, set[str]] = {library: set() for library in IN_ONE_MODULE}
    exported = public_names(trees["kb"][1]) if "kb" in trees else None
    for module, (path, tree) in trees.items():
        place = path.relative_to(root).as_posix()
        if not ast.get_docstring(tree):
            found.append(f"{place}:1: has no docstring")
        if room_of(module) is None:
            found.append(f"{place}:1: {module} is on no floor: add it to FLOORS in tests/house.py")
            continue
        found += [f"{place}:{line}: {message}" for line, message in hidden_imports(tree)]
        for one in imports(tree, set(trees)):
            edges[module].update({one.target} & trees.keys())
            users.get(one.target.partition(".")[0], set()).add(module)
            found += [f"{place}:{one.line}: {message}" for message in judge(module, one, exported)]
    found += [
        f"{library} is imported by {', '.join(sorted(modules))}: keep it in one module"
        for library, modules in users.items()
        if len(modules) > 1
    ]
    try:
        graphlib.TopologicalSorter(edges).prepare()
    except graphlib.CycleError as error:
        found.append("import cycle: " + " -> ".join(reversed(error.args[1])))
    return found


def sources(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield (dotted name, file) of every module of the two packages that is there."""
    for package in ("kb", "api"):
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def room_of(module: str) -> str | None:
    """Return the room that a module belongs to; None where no table row covers it."""
    if module == "kb":
        return "kb"
    return next(
        (room for room in FLOORS if room != "kb" and f"{module}.".startswith(f"{room}.")), None
    )


def public_names(tree: ast.Module) -> set[str]:
    """Return the strings of `__all__`."""
    return {
        str(ast.literal_eval(element))
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and any(
            isinstance(target, ast.Name) and target.id == "__all__"
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        )
        and isinstance(node.value, ast.List | ast.Tuple)
        for element in node.value.elts
    }


def imports(tree: ast.Module, known: set[str]) -> Iterator[Import]:
    """Yield what a module imports, wherever the statement stands."""
    top = {id(statement) for statement in tree.body}
    for statement in tree.body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test).endswith(NOT_ALWAYS):
            top.update(id(inner) for inner in statement.body)
    for node in ast.walk(tree):
        late = id(node) not in top
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, None, node.lineno, late)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                if inner in known:
                    yield Import(inner, None, node.lineno, late)
                else:
                    yield Import(base, alias.name, node.lineno, late)


def hidden_imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield calls that import by a string, which no reading of import statements shows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in {"__import__", "import_module"}:
                yield node.lineno, f"{called}() hides an import: use an import statement"


def judge(module: str, one: Import, exported: set[str] | None) -> Iterator[str]:
    """Yield what is wrong with one import of `module`; `exported` None: kb has no names yet."""
    if one.target.startswith("."):
        yield f"relative import of {one.target}: write it absolute"
        return
    here = room_of(module)
    if one.late and not any(
        here == room and f"{one.target}.".startswith(f"{what}.") for room, what in LATE
    ):
        yield f"{one.target} is imported below the top of the file (LATE has the exceptions)"
    library = one.target.partition(".")[0]
    if library not in ("kb", "api"):
        yield from judge_library(module, library)
    elif here == "api" and library == "kb":
        yield from judge_outside_user(one, exported)
    else:
        yield from judge_floors(here, one.target)


def judge_floors(here: str | None, target: str) -> Iterator[str]:
    """Yield what is wrong with an import of our own from the room `here`."""
    there = room_of(target)
    if there is None:
        yield f"imports {target}, which is on no floor: add it to FLOORS"
    elif here is None or here == there or (here, there) in STEPS:
        return
    elif there == "api" and here != "kb.cli":
        yield "imports api: of kb only kb.cli may, to serve"
    elif FLOORS[there] == FLOORS[here]:
        yield f"imports its sibling {there} on floor {FLOORS[here]}"
    elif FLOORS[there] > FLOORS[here]:
        yield f"imports {there} (floor {FLOORS[there]}) from floor {FLOORS[here]}, upwards"


def judge_library(module: str, library: str) -> Iterator[str]:
    """Yield what is wrong with the import of a third party's library."""
    if library in sys.stdlib_module_names:
        return
    owners = OWNERS.get(library)
    if owners is None:
        yield f"imports {library}, which has no owner: add it to OWNERS"
    elif not any(f"{module}.".startswith(f"{owner}.") for owner in owners):
        yield f"imports {library}, which belongs to {' and '.join(owners)}"


def judge_outside_user(one: Import, exported: set[str] | None) -> Iterator[str]:
    """Yield what is wrong with an import of kb by api, which sees its public names only."""
    if one.target != "kb":
        yield f"imports {one.target}: api may only say `from kb import ...`"
    elif one.name is None:
        yield "imports kb as a whole: name what is used (`from kb import ...`)"
    elif exported is not None and one.name not in exported:
        yield f"imports {one.name}, which kb.__all__ does not offer"
