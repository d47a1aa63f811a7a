"""What every test shares: nothing of the person's shell changes how the product behaves."""

import os
import signal

import pytest


def pytest_configure() -> None:
    """Heed Ctrl-C even where a shell started the tests in the background and had it ignored.

    Commands that tests start inherit what is ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the product's settings and the terminal's wishes for colour and width."""
    for name in os.environ:
        if name.startswith("KB_") or name in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}:
            monkeypatch.delenv(name)
