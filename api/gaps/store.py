"""Rows of unanswered questions, in a file of SQLite or in PostgreSQL. Owns SQLAlchemy.

Each use opens a connection and closes it, so that a database that went and came back, or a file
that was made again, needs no care. Only the thread of the log and readers call this: it may block.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    func,
    make_url,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from api.gaps.errors import StoreError

BUSY_SECONDS = 0.25
"""How long a locked file is waited for."""
_FILE = "sqlite:///"
_BROKEN = ("not a database", "malformed", "disk image", "file is encrypted")
_KEPT = 0.9
"""Part of the rows that is left when there were too many, so that they are not sorted each time."""

_META = MetaData()
_GAPS = Table(
    "kb_asked",
    _META,
    Column("question", String(256), primary_key=True),
    Column("status", String(16), primary_key=True),
    Column("asked", BigInteger, nullable=False),
    Column("first_seen", String(10), nullable=False),
    Column("last_seen", String(10), nullable=False),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the pages did not answer, or what a reader judged."""

    question: str
    """As `redaction.clean` left it; or the address of a page, with a slash before it."""
    status: str
    """What became of it, not_covered or clarify, or what a reader called it: right or wrong."""
    asked: int
    """How often."""
    first_seen: str
    """ISO date, UTC."""
    last_seen: str


Heard = Mapping[tuple[str, str], int]
"""Question, and what became of it -> how often it was asked."""


class Store:
    """The table of one database.

    `most_rows` is how many questions are kept: beyond it those go that were asked least, and of
    these those that were not asked for longest. `days` is how long one is kept that nobody asks.
    """

    def __init__(self, url: str, most_rows: int = 100_000, days: int = 90) -> None:
        """Take the address of a database; nothing is opened. Raises ValueError."""
        self._most_rows, self._days = most_rows, days
        self._path = file_of(url)
        self._engine = self._to_write() if self._path is not None else _distant(url)

    def add(self, heard: Heard, today: date | None = None) -> None:
        """Count questions, all or none of them. Raises StoreError."""
        now = today or datetime.now(UTC).date()
        try:
            with _failing():
                self._add(heard, now)
        except StoreError:
            if self._path is None or not self._put_aside():
                raise
            with _failing():
                self._add(heard, now)

    def rows(self) -> list[Gap]:
        """Return all questions, those asked most first; nothing is written. Raises StoreError."""
        engine = self._engine
        if self._path is not None:
            if not self._path.is_file():
                return []
            engine = _to_read(self._path)
        wanted = select(_GAPS).order_by(_GAPS.c.asked.desc(), *_GAPS.primary_key)
        with _failing(), engine.connect() as connection:
            if not engine.dialect.has_table(connection, _GAPS.name):
                return []
            return [Gap(*row) for row in connection.execute(wanted)]

    def _to_write(self) -> Engine:
        path = self._path
        assert path is not None

        def connect() -> sqlite3.Connection:
            path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            opened = sqlite3.connect(path, timeout=BUSY_SECONDS)
            try:
                opened.execute("PRAGMA journal_mode=WAL")
                opened.execute("PRAGMA synchronous=NORMAL")
            except sqlite3.Error:
                opened.close()
                raise
            return opened

        return create_engine("sqlite://", creator=connect, poolclass=NullPool)

    def _add(self, heard: Heard, today: date) -> None:
        with self._engine.begin() as connection:
            _META.create_all(connection)
            connection.execute(self._counting(), _rows(heard, today.isoformat()))
            last = (today - timedelta(days=self._days)).isoformat()
            connection.execute(delete(_GAPS).where(_GAPS.c.last_seen < last))
            self._shorten(connection)

    def _counting(self) -> sqlite.Insert | postgresql.Insert:
        kind = sqlite.insert if self._path is not None else postgresql.insert
        insert = kind(_GAPS)
        counted = {
            "asked": _GAPS.c.asked + insert.excluded.asked,
            "last_seen": insert.excluded.last_seen,
        }
        return insert.on_conflict_do_update(index_elements=_GAPS.primary_key, set_=counted)

    def _shorten(self, connection: Connection) -> None:
        count = connection.execute(select(func.count()).select_from(_GAPS)).scalar_one()
        if count <= self._most_rows:
            return
        order = (_GAPS.c.asked, _GAPS.c.last_seen, *_GAPS.primary_key)
        surplus = count - max(1, int(self._most_rows * _KEPT))
        least = select(*_GAPS.primary_key).order_by(*order).limit(surplus)
        connection.execute(delete(_GAPS).where(tuple_(*_GAPS.primary_key).in_(least)))

    def _put_aside(self) -> bool:
        """Rename a file that is broken, and say whether it was; what it was stays beside it."""
        path = self._path
        assert path is not None
        try:
            with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as opened:
                opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
                found = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
                if found == "ok":
                    return False
        except sqlite3.DatabaseError as error:
            if not any(one in str(error) for one in _BROKEN):
                return False
        try:
            path.rename(path.with_name(f"{path.name}.broken"))
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        except FileNotFoundError:
            return True  # another process was faster
        except OSError:
            return False
        return True


def _rows(heard: Heard, day: str) -> list[dict[str, str | int]]:
    """Return what was heard on a day as rows, in one order: so writers do not wait in a circle."""
    return [
        {"question": one, "status": status, "asked": times, "first_seen": day, "last_seen": day}
        for (one, status), times in sorted(heard.items())
    ]


def file_of(url: str) -> Path | None:
    """Return the file of an address; None where it is a server's. Raises ValueError."""
    if url.startswith(_FILE) and url != _FILE:
        return Path(url.removeprefix(_FILE))
    if url.startswith(("postgresql://", "postgres://")):
        return None
    raise ValueError("expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE")


def _distant(url: str) -> Engine:
    try:
        parsed = make_url(url).set(drivername="postgresql+psycopg")
        return create_engine(
            parsed,
            poolclass=NullPool,
            connect_args={"connect_timeout": 3, "options": "-c statement_timeout=5000"},
        )
    except SQLAlchemyError:
        raise ValueError("expected postgresql://USER:PASSWORD@HOST/DATABASE") from None


def _to_read(path: Path) -> Engine:
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    return create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS),
        poolclass=NullPool,
    )


@contextlib.contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None)
        told = str(cause or type(error).__name__).splitlines() or ["no reason was given"]
        raise StoreError(told[0]) from None
    except (sqlite3.Error, OSError) as error:
        raise StoreError(str(error)) from None
