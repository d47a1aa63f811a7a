"""A check reads and changes nothing: commands that change something are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.diagnostics import Diagnostic
from kb.rules.requirements import verify_entries
from kb.rules.rule import Rule
from kb.rules.world import World

_PARTS = re.compile(r"\|\|?|&&?|;|\n")
_HYPHENATED = re.compile(r"(?P<verb>[a-z]+)-(?P<noun>[a-z]\w*)", re.IGNORECASE)
_SAFE_REDIRECTION = re.compile(r"\d?>&\d|\d?>+\s*(?:/dev/null|nul\b|\$null)", re.IGNORECASE)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_IN_ANY_CASE = re.compile(r"test-\w*fail(?:ure|over)|out-file", re.IGNORECASE)
_INNER = re.compile(
    r"(?:-c|-command|-q|-query|-e|--execute|--command)\s+(?:'([^']*)'|\"([^\"]*)\")", re.IGNORECASE
)
"""An option that gives a program a command or query of its own."""
_QUERY = re.compile(r"\s*(?:select|show|describe|explain)\b", re.IGNORECASE)
_CHANGING_VERBS = frozenset(
    """
    add approve clear close complete confirm copy deny disable disconnect dismount edit enable
    expand grant hide initialize install limit lock merge mount move new optimize
    protect publish push redo register remove rename repair request reset resize restart
    restore resume revoke save send set skip split start stop submit suspend switch sync unblock
    undo uninstall unlock unprotect unpublish unregister update
    """.split()
)
"""Verbs of "Verb-Noun" commands that change something or run something else."""
_CHANGING_WORDS = frozenset(
    """
    add alter apply attach ban clean cleanup clear commit copy create delete demote detach disable
    drain drop edit enable evict execute failback failover fence format grant import init insert
    install kill merge migrate modify move patch pause poweroff promote purge push put reboot
    register relocate remove rename repair replace reset resize restart restore resume revoke rm
    rmdir scale set shutdown start stop switchover truncate umount unban uninstall unmanage
    unmount unregister unset update upgrade vacuum wipe write
    """.split()
)
"""Words that change something as the subcommand of a program or as the first word of a query."""
_CHANGING_PROGRAMS = frozenset(
    """
    chgrp chkconfig chmod chown cp dd del diskpart erase fdisk halt init kill killall ln
    md mkdir mkfs mklink mv parted pkill poweroff rd reboot ren rm rmdir robocopy shutdown
    ssh-keygen swapoff swapon taskkill tee touch truncate umount wipefs xcopy
    """.split()
)
_READING_WORDS = frozenset(
    """
    cat check compare count describe df dig display echo explain find findstr get grep head help
    history info inspect journalctl less list ls lsof more netstat ping print ps qc query
    read report resolve search select show sort stat state status tail tasklist test tree uptime
    verify version view wc where which who whoami
    """.split()
)
_SEARCHERS = frozenset({"", "grep", "egrep", "fgrep", "zgrep", "rg", "awk", "sed", "find"})
"""Programs whose options of these names hold a pattern (none: the option stands alone)."""
_LAUNCHERS = frozenset({"sudo", "doas", "env", "time", "nohup", "cmd", "powershell", "pwsh"})
_COMPARISON = re.compile(r"[-=]>|>=|<>|\{[^{}]*\}")
_CHANGING_OPTIONS = {"sed": ("-i", "--in-place"), "find": ("-delete", "-exec", "-execdir")}
_WEB_METHOD = re.compile(r"(?:-X\s*|--request[ =]\s*)(?P<method>[A-Za-z]+)")
_WEB_BODY = re.compile(r"\s(?:-d|--data\S*|-T|--upload-file|-F|--form)(?=\s)")


class ChangesState(Rule):
    """The command of a `verify` changes something.

    People run a check in the middle of the night to see that all is well; it must be safe to run.
    Refused are commands whose verb changes something (`Set-…`, `Stop-…`, `… start`, `delete …`),
    tests that bring a failure about, and output that is written to a file. What is to be done
    stands in the action or in `how`.
    """

    code = "KB311"
    name = "check-changes-state"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look at the verb of each command."""
        for place, verify in verify_entries(world):
            culprit = _culprit(verify.run)
            if culprit is not None:
                yield self.found(
                    place,
                    f"`{culprit}` changes something, and a check only reads",
                    "use a command that shows the state, and put what is to be done into `how`",
                )


RULES = (ChangesState,)


def _culprit(command: str) -> str | None:
    """Return the word of a command line that changes something, or None."""
    for inner in _INNER.finditer(command):
        program = "".join(_PARTS.split(command[: inner.start()])[-1].split()[:1])
        found = None if program in _SEARCHERS else _culprit(inner[1] or inner[2] or "")
        if found:
            return found
    bare = _SAFE_REDIRECTION.sub(" ", _QUOTED.sub("''", command))
    if not _QUERY.match(bare) and ">" in _COMPARISON.sub("", bare):
        return ">"
    return next((found for part in _PARTS.split(bare) if (found := _in_part(part.split()))), None)


def _in_part(words: list[str]) -> str | None:
    """Return the word that changes something in one command of a line."""
    while words and (words[0].lower() in _LAUNCHERS or "=" in words[0]):
        words = words[1:]
    hyphenated = next((word for word in words if _is_changing_verb(word, words)), None)
    if hyphenated or not words:
        return hyphenated
    program = words[0].lower().replace("\\", "/").rpartition("/")[2].removesuffix(".exe")
    if program in _CHANGING_PROGRAMS:
        return words[0]
    if program in {"curl", "wget"}:
        return _web_method(" ".join(words))
    option = next((one for one in _CHANGING_OPTIONS.get(program, ()) if one in words[1:]), None)
    if option:
        return option
    for word in words[:3]:
        plain = word.lower().strip(",;()")
        if plain in _READING_WORDS:
            return None
        if plain in _CHANGING_WORDS:
            return word
    return None


def _web_method(request: str) -> str | None:
    """Return the method or option of a web request that sends something."""
    method = _WEB_METHOD.search(request)
    if method:
        return None if method["method"].upper() in {"GET", "HEAD"} else method[0]
    body = _WEB_BODY.search(request)
    return body[0].strip() if body else None


def _is_changing_verb(word: str, words: list[str]) -> bool:
    if _IN_ANY_CASE.fullmatch(word):
        return True
    match = _HYPHENATED.fullmatch(word)
    if match is None or match["verb"].lower() not in _CHANGING_VERBS:
        return False
    return match["noun"][0].isupper() or word is words[0]
