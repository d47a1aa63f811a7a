"""Unanswered questions: what is kept of them, what is not, and that no answer waits for it.

Real files of SQLite and a real server.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from api.gaps.errors import StoreError
from api.gaps.log import MOST_WAITING, GapLog
from api.gaps.redaction import MOST_BYTES, clean
from api.gaps.store import Store
from kb import GenerationStore, KnowledgeBase
from tests.api.chatops.signing import MAKERS, SETTINGS
from tests.api.running import K0, ROOT, serving, site_is_ready, started, until
from tests.soak.questions import different

TOKEN = "t" * 40
SECRETS = (
    "jane.doe@example.org", "+49 170 1234567", "(030) 555-123-99", "10.20.30.40",
    "192.168.1.7:8443",
    "fe80::1ff:fe23:4567:890a", "2001:db8::17", "00:1a:2b:3c:4d:5e", r"\\fileserver\share$\x",
    r"c:\users\jane\x.txt", "/home/jane/keys", r"corp\jdoe", "@jane", "<@u02abcdef>", "srv-db01",
    "prod-cluster-7", "db.internal.example.net", "https://jane:pw@intranet/x?y=z",
    "4111111111111111",
    "ghp_abcdefghij0123456789", "akiaiosfodnn7example", "xoxb-1234567890-abcdef",
    "eyjhbgcioijiuzi1nij9.eyjzdwiioiix", "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "dq8fk2m9x7c1v5b3n6z0a4",
)  # fmt: skip


def rows(url: str) -> dict[str, int]:
    """Return question -> how often."""
    return {one.question: one.asked for one in Store(url).rows()}


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A file that is not there yet."""
    return f"sqlite:///{tmp_path}/gaps.db"


@pytest.mark.parametrize("secret", SECRETS)
def test_what_is_private_is_taken_out_and_the_rest_stays(secret: str) -> None:
    """Of each kind of secret nothing is left, and the words beside it are."""
    kept = clean(f"Does the agent on {secret} need a cluster?")

    assert secret not in kept
    assert kept.startswith("does the agent on [")
    assert kept.endswith("need a cluster")


@pytest.mark.parametrize("given", ["password: hunter2", "The token is s3cr", "bearer abcd1234efgh"])
def test_what_is_called_a_secret_is_taken_out(given: str) -> None:
    """The value goes with its name."""
    assert clean(given).endswith("[key]")


def test_ordinary_questions_stay_as_they_are() -> None:
    """Topologies, file names and short numbers are no secrets."""
    for one in (
        "backup service a/a",
        "where is setup.exe",
        "active/active with 2 nodes on port 443",
    ):
        assert clean(one) == one


def test_no_more_than_a_stretch_of_a_question_is_kept() -> None:
    """256 bytes, whatever the letters take; a secret across the edge is gone before."""
    assert len(clean("ä " * 900).encode()) <= MOST_BYTES
    assert "jane" not in clean("x " * 122 + "jane.doe@example.org")


def test_the_same_question_is_counted_and_old_and_surplus_ones_go(url: str) -> None:
    """Rows are capped and expire; those asked most stay."""
    store = Store(url, most_rows=10, days=5)
    store.add({("old", "clarify"): 9}, date(2026, 1, 1))
    store.add({("often", "clarify"): 2}, date(2026, 1, 10))
    store.add({("often", "clarify"): 3}, date(2026, 1, 11))
    assert rows(url) == {"often": 5}

    store.add({(f"q{at}", "not_covered"): 1 for at in range(50)}, date(2026, 1, 11))

    assert len(rows(url)) <= 10
    assert rows(url)["often"] == 5


def test_ever_other_questions_leave_the_file_small(url: str, tmp_path: Path) -> None:
    """A tenth of the rows in a tenth of the file, however many are asked."""
    store = Store(url, most_rows=10_000)
    for first in range(0, 40_000, 1_000):
        store.add(different(first, 1_000))
        assert sum(one.stat().st_size for one in tmp_path.iterdir()) <= 6_400_000

    assert 9_000 <= len(store.rows()) <= 10_000


def test_a_locked_file_delays_nobody_and_loses_nothing_that_fits(url: str, tmp_path: Path) -> None:
    """While another holds the file, hearing is quick; afterwards all is written, once."""
    Store(url).add({("first", "clarify"): 1})
    lost: list[int] = []
    log = GapLog(Store(url), lost.append)
    with sqlite3.connect(tmp_path / "gaps.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        longest = 0.0
        for at in range(200):
            begun = time.perf_counter()
            log.heard(f"what about thing {'abcdefghij'[at % 10]}", "not_covered")
            longest = max(longest, time.perf_counter() - begun)
        time.sleep(1.5)
        other.execute("ROLLBACK")
    other.close()
    until(lambda: len(rows(url)) == 11, 10)
    log.close()

    assert longest < 0.05
    assert sum(rows(url).values()) == 201
    assert not lost


def test_what_does_not_fit_is_dropped_and_counted(tmp_path: Path) -> None:
    """While nothing can be written, so many wait and no more; when it can, they are written."""
    lost: list[int] = []
    blocked = tmp_path / "folder"
    blocked.write_text("no folder")
    url = f"sqlite:///{blocked}/gaps.db"
    log = GapLog(Store(url), lost.append)
    for at in range(MOST_WAITING * 3):
        word = "".join("abcdefghij"[int(digit)] for digit in str(at))
        log.heard(f"question {word}", "clarify")
        if at % 500 == 0:
            time.sleep(0.7)
    time.sleep(2)
    blocked.unlink()
    log.close(10)

    assert len(rows(url)) == MOST_WAITING
    assert sum(lost) == MOST_WAITING * 2


def test_a_broken_file_is_put_aside_and_begun_again(url: str, tmp_path: Path) -> None:
    """What it was stays beside it."""
    Store(url).add({("before", "clarify"): 1})
    path = tmp_path / "gaps.db"
    path.write_bytes(b"\x00garbage" * 2_000)

    Store(url).add({("after", "clarify"): 1})

    assert rows(url) == {"after": 1}
    assert (tmp_path / "gaps.db.broken").read_bytes().startswith(b"\x00garbage")


def test_reading_makes_no_file(url: str, tmp_path: Path) -> None:
    """Nothing is there before and after."""
    assert Store(url).rows() == []
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_not_there_is_an_error_without_its_password() -> None:
    """The message does not repeat the address."""
    with pytest.raises(StoreError) as told:
        Store("postgresql://u:hunter2@127.0.0.1:1/x").rows()

    assert "hunter2" not in str(told.value)


def kb(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the command line."""
    return subprocess.run(
        [sys.executable, "-m", "kb.cli", *words],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_from_question_to_writer(url: str) -> None:
    """What /ask could not answer is shown by kb gaps here and from afar; the answered is not."""
    with (
        serving(K0, KB_GAPS_URL=url, KB_GAPS_TOKEN=TOKEN) as running,
        running.client() as client,
    ):
        for _ in range(3):
            client.get("/ask", params={"q": "Which zanzibarite does jane@example.org like?"})
        client.post("/ask", json={"q": "Which zanzibarites does bob@example.org like?"})
        until(lambda: sum(rows(url).values()) == 4)
        assert client.get("/gaps").status_code == 401
        wrong = {b"Authorization": f"Bearer {TOKEN[1:]}ü".encode("latin-1")}
        assert client.get("/gaps", headers=wrong).status_code == 401
        told = client.get("/gaps", headers={"Authorization": f"Bearer {TOKEN}"}).json()["gaps"]
        docs = ("--docs-dir", str(K0))
        far = kb("gaps", "--json", *docs, "--from", running.address, KB_GAPS_TOKEN=TOKEN)
    near = kb("gaps", "--json", *docs, KB_GAPS_URL=url)

    assert sum(one["asked"] for one in told) == 4
    assert near.returncode == 0, near.stderr
    assert near.stdout == far.stdout, far.stderr
    found = json.loads(near.stdout)["gaps"]
    assert [(one["question"], one["asked"]) for one in found] == [
        ("which zanzibarite does [e-mail] like", 4)
    ]
    assert "zanzibarite" in kb("gaps", "--format", "markdown", *docs, KB_GAPS_URL=url).stdout
    assert "zanzibarite" in kb("gaps", "--draft", "1", *docs, KB_GAPS_URL=url).stdout


def test_chats_and_programs_are_heard_as_well(url: str) -> None:
    """A slash command and a tool's call that end without an answer are kept like /ask's."""
    signed = MAKERS["slack"]("which zanzibarite in slack?")
    call = {"name": "ask", "arguments": {"question": "Which zanzibarite over MCP?"}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    accepting = {"accept": "application/json, text/event-stream"}
    with serving(K0, KB_GAPS_URL=url, **SETTINGS) as running, running.client() as client:
        client.post(signed.path, headers=dict(signed.headers), content=signed.body)
        client.post("/mcp", json=message, headers=accepting)
        until(lambda: len(rows(url)) == 2)

    assert set(rows(url)) == {"which zanzibarite in slack", "which zanzibarite over mcp"}


def test_an_empty_address_is_none() -> None:
    """A variable that is set to nothing is as good as none: the service starts, without /gaps."""
    with serving(K0, KB_GAPS_URL="") as running, running.client() as client:
        assert client.get("/ask", params={"q": "zanzibarite?"}).status_code == 200
        until(lambda: site_is_ready(client))
        assert client.get("/gaps").status_code == 404


def test_without_a_database_nothing_is_kept_and_there_is_no_address() -> None:
    """Off unless KB_GAPS_URL is set; the command says what to set."""
    with serving(K0, KB_GAPS_TOKEN=TOKEN) as running, running.client() as client:
        known = {"Authorization": f"Bearer {TOKEN}"}
        until(lambda: site_is_ready(client))
        assert client.get("/gaps", headers=known).status_code == 404
    told = kb("gaps", KB_GAPS_URL="")

    assert told.returncode == 2
    assert "KB_GAPS_URL" in told.stderr


def test_workers_count_in_one_file_and_an_edit_closes_the_gap(url: str, tmp_path: Path) -> None:
    """Two workers ask for the same; once a published page answers it, it is no gap any more."""
    docs = Path(shutil.copytree(K0, tmp_path / "docs"))
    store = GenerationStore(tmp_path / "store")
    store.publish(store.add(KnowledgeBase.build(docs).save))
    options = ("--generation", str(store.root), "--workers", "2")
    page = docs / "components" / "journal.md"
    with started(*options, KB_GAPS_URL=url) as running:
        asked = {"q": "What is the zanzibarite?"}
        for _ in range(40):  # each on a connection of its own, so that both workers are asked
            with running.client() as client:
                client.get("/ask", params=asked)
        until(lambda: rows(url) == {"what is the zanzibarite": 40})
        gaps = ("gaps", "--json", "--docs-dir", str(docs))
        assert json.loads(kb(*gaps, KB_GAPS_URL=url).stdout)["gaps"][0]["asked"] == 40

        page.write_text(page.read_text().replace("[journal, ", "[journal, zanzibarite, "))
        store.publish(store.add(KnowledgeBase.build(docs).save))

        with running.client() as client:
            until(lambda: client.get("/ask", params=asked).json()["status"] == "answered")
    assert json.loads(kb(*gaps, KB_GAPS_URL=url).stdout) == {"gaps": [], "total": 0, "doubts": []}
