"""What every test shares: no variable of the person's shell changes how the product behaves."""

import os

import pytest


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the product's settings and the terminal's wishes for colour and width."""
    for name in os.environ:
        if name.startswith("KB_") or name in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}:
            monkeypatch.delenv(name)
