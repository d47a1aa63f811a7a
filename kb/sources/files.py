"""Reads the Markdown files of a docs folder, once, as bytes of a known digest.

The folder may come from a stranger: only regular files are opened, nothing is followed, and size,
number and names are limited. What the files mean is not known here.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.diagnostics import Diagnostic, Edit, Place, in_order
from kb.sources.kinds import (
    CONTROL_CHARACTER,
    EMPTY,
    FILE_NAME,
    INVISIBLE_CHARACTER,
    NOT_A_FILE,
    NOT_UTF8,
    SYMBOLIC_LINK,
    TOO_LARGE,
    TOO_MANY,
    UNREADABLE,
)

MOST_BYTES = 256 * 1024
"""The size up to which a page is read."""
MOST_FILES = 200_000
"""The number of pages up to which a folder is read."""
MOST_DEPTH = 12
"""How deep folders may be nested."""

_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9 ._-]{0,118}[A-Za-z0-9_-])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LINE_BREAK = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]|[\ufdd0-\ufdef]|[\ufffe\uffff]")
_INVISIBLE = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One page as it was read."""

    path: str
    """Relative to the docs folder, with forward slashes."""
    text: str
    """The content with line breaks as LF and without a byte order mark: its lines and columns are
    those that an editor shows."""
    digest: str
    """SHA-256 of the bytes, in hexadecimal."""


def read_sources(
    docs_dir: Path, most_files: int = MOST_FILES
) -> tuple[tuple[SourceFile, ...], tuple[Diagnostic, ...]]:
    """Return the pages below `docs_dir`, sorted by path, and what is wrong with other files.

    Names that begin with a dot are passed over, as MkDocs does. Raises OSError when the folder
    itself cannot be listed.
    """
    files: list[SourceFile] = []
    found: list[Diagnostic] = []
    spellings: dict[str, str] = {}
    for path in _walk(docs_dir, most_files):
        if isinstance(path, Diagnostic):
            found.append(path)
            continue
        other = spellings.setdefault(path.casefold(), path)
        if other != path:
            found.append(
                FILE_NAME.at(
                    Place(path, 1, 1),
                    f"{path} and {other} differ in case alone",
                    "rename one of them: they are the same file on Windows and macOS",
                )
            )
        read = _read(docs_dir, path)
        if isinstance(read, SourceFile):
            files.append(read)
        else:
            found.append(read)
    return tuple(sorted(files, key=lambda one: one.path)), in_order(found)


def other_files(docs_dir: Path) -> frozenset[str]:
    """Return the paths of the files below `docs_dir` that are no pages, images for example."""
    found: set[str] = set()
    for folder, folders, names in os.walk(docs_dir):
        folders[:] = [one for one in folders if not one.startswith(".")]
        inside = Path(folder).relative_to(docs_dir).as_posix()
        around = "" if inside == "." else f"{inside}/"
        found.update(f"{around}{one}" for one in names if not one.endswith(".md"))
    return frozenset(found)


def source_file(path: str, content: bytes) -> SourceFile | Diagnostic:
    """Return the file that these bytes are, or why they are none; its text is not judged."""
    if len(content) > MOST_BYTES:
        return _too_large(path)
    if not content.removeprefix(_BOM.encode()).strip():
        return EMPTY.at(_top(path), "this page is empty", "write it again, or delete it")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        return NOT_UTF8.at(
            Place(path, line, column),
            f"byte 0x{content[error.start]:02X} is not UTF-8 text",
            "save the file as UTF-8",
        )
    text = _LINE_BREAK.sub("\n", text.removeprefix(_BOM))
    return SourceFile(path, text, hashlib.sha256(content).hexdigest())


def bad_characters(file: SourceFile) -> Iterator[Diagnostic]:
    """Yield the first character of each sort, in each line, that must not be in a page."""
    if file.text.isascii() and not _CONTROL.search(file.text):
        return
    for number, line in enumerate(file.text.split("\n"), start=1):
        for kind, pattern, what in (
            (CONTROL_CHARACTER, _CONTROL, "a control character"),
            (INVISIBLE_CHARACTER, _INVISIBLE, "an invisible character"),
        ):
            match = pattern.search(line)
            if match:
                place = Place(file.path, number, match.start() + 1)
                message = f"{what}, U+{ord(match.group()):04X}, stands here"
                fix = (Edit(place, match.group(), ""),) if kind is INVISIBLE_CHARACTER else ()
                yield kind.at(place, message, "delete it", fix=fix)


def content_digest(files: Iterable[SourceFile]) -> str:
    """Return one digest (SHA-256, hexadecimal) of the names and bytes of all these files."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda one: one.path):
        total.update(f"{file.path}\0{file.digest}\n".encode())
    return total.hexdigest()


def _walk(root: Path, most_files: int) -> Iterator[str | Diagnostic]:
    """Yield the path of each page below `root`, or what is wrong with it."""
    seen = 0
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as listing:
                entries = sorted(listing, key=lambda one: one.name)
        except OSError as error:
            if not folder:
                raise
            yield _unreadable(folder, error)
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            refusal = _refusal(entry, path)
            if refusal is not None:
                yield refusal
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.name.endswith(".md"):
                seen += 1
                if seen > most_files:
                    message = f"there are more than {most_files} pages, the rest is not read"
                    yield TOO_MANY.at(_top(path), message, "check that this is the docs folder")
                    return
                yield path


def _refusal(entry: os.DirEntry[str], path: str) -> Diagnostic | None:
    """Return why a file or folder is not read, if it is not."""
    place = _top(path)
    if entry.is_symlink():
        message = "this is a symbolic link and is not followed"
        return SYMBOLIC_LINK.at(place, message, "put the file or folder itself here")
    if entry.is_dir(follow_symlinks=False):
        if path.count("/") < MOST_DEPTH:
            return None
        return TOO_MANY.at(place, f"folders are nested deeper than {MOST_DEPTH}", "move it up")
    if not entry.name.endswith(".md"):
        return None
    if not entry.is_file(follow_symlinks=False):
        return NOT_A_FILE.at(place, "this is no regular file", "put a text file here")
    if not _is_good_name(path):
        return FILE_NAME.at(
            place,
            f"`{place.path}` cannot be the name of a page",
            "use letters a to z, digits and hyphens, and no name that Windows reserves",
        )
    return None


def _top(path: str) -> Place:
    """Return the first place of a file, whose name is made fit to be shown."""
    shown = path.encode("ascii", "backslashreplace").decode("ascii")
    return Place("".join(one if one.isprintable() else f"\\x{ord(one):02x}" for one in shown), 1, 1)


def _is_good_name(path: str) -> bool:
    parts = path.removesuffix(".md").split("/")
    return all(_NAME.fullmatch(part) and not _RESERVED.fullmatch(part) for part in parts)


def _read(root: Path, path: str) -> SourceFile | Diagnostic:
    """Read one regular file; what it has become since it was listed is checked again."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(root / path, flags)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return NOT_A_FILE.at(Place(path, 1, 1), "this is no regular file")
            if status.st_size > MOST_BYTES:
                return _too_large(path)
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        return _unreadable(path, error)
    return source_file(path, content)


def _unreadable(path: str, error: OSError) -> Diagnostic:
    reason = error.strerror or type(error).__name__
    message = f"this cannot be read: {reason}"
    return UNREADABLE.at(_top(path), message, "check its permissions")


def _too_large(path: str) -> Diagnostic:
    return TOO_LARGE.at(
        Place(path, 1, 1), f"the page is larger than {MOST_BYTES // 1024} KiB", "split the page"
    )
