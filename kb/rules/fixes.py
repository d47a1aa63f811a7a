"""Puts right what can be put right without a decision of the writer.

An edit is applied only where the file still is what was checked; all else in the file stays as it
is, byte for byte, line endings and byte order mark included.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from kb.diagnostics import Diagnostic, Edit
from kb.sources import SourceFile

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BOM = "\ufeff"


def apply_fixes(
    docs_dir: Path, files: Iterable[SourceFile], diagnostics: Iterable[Diagnostic]
) -> tuple[str, ...]:
    """Apply the fixes of these diagnostics below `docs_dir`; return the paths of changed files.

    `files` are those that were checked: a file that has changed since is left alone. Each file is
    replaced as a whole or not at all. Raises OSError when a file cannot be written.
    """
    edits: dict[str, list[Edit]] = {}
    for edit in (edit for one in diagnostics for edit in one.fix):
        edits.setdefault(edit.place.path, []).append(edit)
    digests = {one.path: one.digest for one in files}
    changed = []
    for path in sorted(edits.keys() & digests.keys()):
        content = (docs_dir / path).read_bytes()
        if hashlib.sha256(content).hexdigest() != digests[path]:
            continue
        fixed = fixed_text(content.decode("utf-8"), edits[path]).encode("utf-8")
        if fixed != content:
            _replace(docs_dir / path, fixed)
            changed.append(path)
    return tuple(changed)


def fixed_text(text: str, edits: Sequence[Edit]) -> str:
    """Return a file's text with the edits made; one that does not fit the text is passed over."""
    mark = _BOM if text.startswith(_BOM) else ""
    lines = _LINES.findall(text.removeprefix(_BOM))
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    for edit in sorted(set(edits), key=lambda one: one.place, reverse=True):
        number, start = edit.place.line - 1, edit.place.column - 1
        if number >= len(lines) or not lines[number].startswith(edit.old, start):
            continue
        line, new = lines[number], edit.new.replace("\n", ending)
        lines[number] = line[:start] + new + line[start + len(edit.old) :]
    return mark + "".join(lines)


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
