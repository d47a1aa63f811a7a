"""What the figures were measured with: processor, interpreter, libraries, and how busy it was."""

from __future__ import annotations

import os
import platform
import re
from importlib import metadata
from pathlib import Path
from typing import Any

LIBRARIES = (
    "fastapi",
    "httptools",
    "markdown-it-py",
    "mkdocs",
    "mkdocs-material",
    "pydantic",
    "PyYAML",
    "rapidfuzz",
    "starlette",
    "uvicorn",
    "uvloop",
    "Whoosh",
)


def described() -> dict[str, Any]:
    """Return the machine as it stands in the result file."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def load_average() -> list[float] | None:
    """Return how many processes wanted to run in the last 1, 5 and 15 minutes; None: not known."""
    try:
        return [round(one, 1) for one in os.getloadavg()]
    except (AttributeError, OSError):
        return None


def resident(pid: int) -> float | None:
    """Return the memory that a process holds, in MB; None where the system does not say."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return None
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1_024 / 1e6 if found else None


def processor_time(pid: int) -> float | None:
    """Return the processor time that a process has used, in seconds; None: not known."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor()
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return found[1] if found else platform.processor()


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
