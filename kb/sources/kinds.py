"""What can be wrong with a file before its text is looked at, and with its characters."""

from __future__ import annotations

from kb.diagnostics import Kind

SYMBOLIC_LINK = Kind(
    "KB001",
    "symbolic-link",
    "A symbolic link stands in the docs folder. Links are not followed, because they can lead out "
    "of the folder and publish what was never meant to be published. Put the file itself there.",
)
NOT_A_FILE = Kind(
    "KB002",
    "not-a-regular-file",
    "A pipe, a device or another special file stands where a page is expected. It is not opened.",
)
TOO_LARGE = Kind(
    "KB003",
    "file-too-large",
    "A page is larger than 256 KiB, or one of its lines is longer than 10,000 characters. Nobody "
    "writes such a page by hand; split it.",
)
TOO_MANY = Kind(
    "KB004",
    "too-many-files",
    "The docs folder holds more pages, or deeper nested folders, than are read. Usually the wrong "
    "folder was named.",
)
FILE_NAME = Kind(
    "KB005",
    "file-name",
    "The name of a page becomes its address, and has to work on each system on which the pages are "
    "edited. Letters a to z, digits, hyphens, underscores, dots and spaces are allowed; names that "
    "Windows reserves are not, and no two names may differ in case alone.",
)
UNREADABLE = Kind(
    "KB006",
    "unreadable-file",
    "A page could not be opened or read, or changed its size while it was read.",
)
NOT_UTF8 = Kind(
    "KB007",
    "not-utf-8",
    "A page is not UTF-8 text. Save it in that encoding; a byte order mark is accepted.",
)
CONTROL_CHARACTER = Kind(
    "KB008",
    "control-character",
    "A page contains a character that is no text: a control character or an unusual line break. "
    "Such characters come with text that was copied from elsewhere; delete them.",
)
INVISIBLE_CHARACTER = Kind(
    "KB009",
    "invisible-character",
    "A page contains a character that is not seen: zero-width characters, soft hyphens and marks "
    "of writing direction. With them a text can say something else than it shows, and a name can "
    "be another name. Delete them.",
)
EMPTY = Kind(
    "KB010",
    "empty-page",
    "A page is empty. Usually it was cut off when it was written, as on a full disk, and would be "
    "gone without a word. Write it again, or delete it.",
)
KINDS = (
    SYMBOLIC_LINK,
    NOT_A_FILE,
    TOO_LARGE,
    TOO_MANY,
    FILE_NAME,
    UNREADABLE,
    NOT_UTF8,
    CONTROL_CHARACTER,
    INVISIBLE_CHARACTER,
    EMPTY,
)
