"""The command line `kb`: arguments in, text or JSON out, an exit code.

It renders what the rest of the package returns and decides nothing itself.
"""

from kb.cli.main import main

__all__ = ["main"]
