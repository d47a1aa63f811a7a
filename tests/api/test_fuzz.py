"""Requests that nobody would think of: each has its answer, and the service is well afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.described import tried
from tests.api.fuzzing import CORPUS, ENVIRONMENT, batches, send, send_all
from tests.api.running import K0, Running, serving, site_is_ready, until

SEED = 5


@pytest.fixture(scope="module")
def patient() -> Iterator[Running]:
    """A server that all these requests are for."""
    with serving(K0, **ENVIRONMENT) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        yield running


def test_damaged_requests_cause_no_fault(patient: Running) -> None:
    """Of 500 requests none has a 5xx but a refusal in overload, and none is without an end."""
    wrong, statuses = send_all(patient, [batch for batch, _ in batches(SEED, 500)])

    assert not wrong, [(one.fault, one.batch[:2_000]) for one in wrong[:3]]
    assert {200, 400, 404, 405, 413, 422} <= set(statuses), statuses
    assert not [line for line in patient.lines if "Traceback" in line]
    with patient.client() as client:
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.stem)
def test_what_was_a_finding_is_none_any_more(patient: Running, path: Path) -> None:
    """Batches that are kept because services have failed at them get their replies."""
    told = send(patient, path.read_bytes())

    assert told.fault == ""
    assert told.statuses


def test_the_service_is_as_it_is_described(patient: Running, tmp_path: Path) -> None:
    """Requests made from the description, single and in sequences, get replies that it states."""
    assert tried(patient.address, examples=4, seed=SEED, folder=tmp_path, seconds=110) == ""
