"""`python -m kb.cli` is the command `kb`, where no script of that name is on the path."""

from kb.cli.main import main

main()
