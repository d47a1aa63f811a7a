# Everything that is done with this project, from a fresh clone. `make help` lists it.
# PYTHON=... names the interpreter that .venv is made with; ARGS=... is passed on to `kb`.

export PYTHON
export PIP_DISABLE_PIP_VERSION_CHECK = 1

BIN := .venv/bin
# Only built wheels: a source archive would bring build requirements that nobody pinned.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --no-input --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: help install install-run install-dev chromium nginx postgresql other-python serve test lint types format check eval build bench soak audit lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: install-run install-dev ## make .venv with all that running and working on the project needs

install-run: .venv/.stamp-run ## make .venv with what running needs, no more

install-dev: .venv/.stamp-dev ## add what the tests and checks need

.venv/.stamp-venv:
	@scripts/make_venv.sh
	@touch $@

.venv/.stamp-run: .venv/.stamp-venv requirements/run.txt pyproject.toml
	@echo "Installing what running needs (requirements/run.txt) into .venv"
	@$(PIP_INSTALL) -r requirements/run.txt
	@echo "Installing the project itself, editable"
	@$(BIN)/python -m pip install --quiet --no-input --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.stamp-dev: .venv/.stamp-run requirements/dev.txt requirements/whoosh-other.txt requirements/site-other.txt
	@echo "Installing what the tests and checks need (requirements/dev.txt) into .venv"
	@$(PIP_INSTALL) -r requirements/dev.txt
	@echo "Installing the other release of Whoosh (requirements/whoosh-other.txt) into .venv/other-whoosh"
	@rm -rf .venv/other-whoosh
	@$(PIP_INSTALL) --no-deps --target .venv/other-whoosh -r requirements/whoosh-other.txt
	@echo "Installing another generator of sites (requirements/site-other.txt) into .venv/other-site"
	@rm -rf .venv/other-site
	@$(PIP_INSTALL) --no-deps --target .venv/other-site -r requirements/site-other.txt
	@touch $@

chromium: install-dev ## see that a Chromium is there for the browser tests
	@scripts/ensure_chromium.sh

nginx: ## see that an nginx is there for the tests of deploy/
	@scripts/ensure_nginx.sh

postgresql: ## see that a PostgreSQL is there for the tests of unanswered questions
	@scripts/ensure_postgresql.sh

serve: install-run ## serve site and API on http://127.0.0.1:8000, rebuilt on change (ARGS="--port 8001")
	@$(BIN)/kb serve $(ARGS)

other-python: install-dev ## make .venv/other-python with another release of Python, where there is one
	@scripts/make_other_python.sh

test: lint types chromium nginx postgresql other-python ## everything that must pass: lint, types, tests
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: install-dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev ## mypy, strict
	$(BIN)/mypy

format: install-dev ## put the code into the house format, apply safe fixes
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: install-run ## check the pages under docs/
	@$(BIN)/kb check $(ARGS)

eval: install-run ## run the question sets, tell what changed, write their result file
	@$(BIN)/kb eval tests/questions/sets.toml --write $(ARGS)

build: install-run ## build the site
	@$(BIN)/kb build $(ARGS)

.venv/.stamp-bench: .venv/.stamp-dev requirements/bench-other.txt
	@echo "Installing what the benchmarks compare with (requirements/bench-other.txt) into .venv/other-datasette"
	@rm -rf .venv/other-datasette
	@$(BIN)/python -m venv .venv/other-datasette
	@.venv/other-datasette/bin/python -m pip install --quiet --no-input --require-hashes --only-binary :all: -r requirements/bench-other.txt
	@touch $@

bench: .venv/.stamp-bench ## run the benchmarks and write their result file
	$(BIN)/python -m tests.benchmarks $(ARGS)

soak: install-dev ## test for a long time what is promised about bad days (ARGS="--rounds 300")
	$(BIN)/python -m tests.soak $(ARGS)

defences: install-dev ## switch off each defence and see its test go red (ARGS="part of its name")
	$(BIN)/python -m tests.defences $(ARGS)

audit: install-dev ## look up known vulnerabilities of all that is pinned (exit code 3: it could not be asked)
	@scripts/audit.sh

lock: ## write the hash-pinned requirement files (ARGS=--upgrade for newer releases)
	@test -x $(BIN)/uv || $(MAKE) --no-print-directory install-dev
	@echo "Locking requirements/*.txt"
	@scripts/lock.sh $(ARGS)

clean: ## remove .venv, caches and built files
	rm -rf .venv build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find kb api tests -name __pycache__ -type d -prune -exec rm -rf {} +
