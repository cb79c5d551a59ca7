# Everything a checkout needs. `make report` and `make test` set up their own environment
# once, in .venv, and need the network only for that.

PYTHON ?= python3
VENV ?= .venv
PYTEST_ARGS ?=

bin := $(VENV)/bin
pip := $(bin)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help report test lint soak corpus bench browser oracles clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

report: $(VENV)/.package ## Write report.html, the comparison of the example labels
	@$(bin)/chelate report -o report.html

test: $(VENV)/.extra-test ## Run the tests, with coverage
	@$(bin)/python -m pytest --cov=chelate $(PYTEST_ARGS)

lint: $(VENV)/.extra-lint ## Check style, types and the layers
	@$(bin)/ruff check .
	@$(bin)/ruff format --check .
	@$(bin)/mypy
	@$(bin)/lint-imports --no-logo

soak: $(VENV)/.extra-test ## Hold the bounds to a million recipes, or to as many as SOAK says
	@$(bin)/python tests/soak.py

corpus: $(VENV)/.package ## Read the labels of CHELATE_CORPUS, beside what is expected of each
	@$(bin)/python tests/corpus_table.py

bench: $(VENV)/.extra-test ## Compare the parser with molmass, bounds with linprog, start-up with click
	@$(bin)/python tests/benchmarks/bench.py

browser: $(VENV)/.extra-browser ## Set up the tests that open the report in Chromium
	@echo "The browser tests also need a Chromium: a system package, or $(bin)/playwright install chromium"

oracles: $(VENV)/.oracles ## Set up the tests that compare masses with chempy

clean: ## Remove what a run leaves behind (the environment stays: rm -r .venv)
	@rm -rf report.html dist build .coverage htmlcov .hypothesis .import_linter_cache \
	  .mypy_cache .pytest_cache .ruff_cache
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(bin)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "chelate needs Python 3.11 or newer, and $(PYTHON) is: $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up $(VENV) (once; this needs the network)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment with pip in it." >&2; \
	  echo "On Debian and Ubuntu: apt install python3-venv. Or name another Python:" >&2; \
	  echo "make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }

$(VENV)/.package: pyproject.toml | $(bin)/python
	@$(pip) install --editable .
	@$(bin)/python -m compileall -q src
	@touch $@

$(VENV)/.extra-%: pyproject.toml | $(bin)/python
	@echo "Installing what 'make $*' needs"
	@$(pip) install --editable '.[$*]'
	@$(bin)/python -m compileall -q src
	@touch $@ $(VENV)/.package

$(VENV)/.oracles: $(VENV)/.extra-oracles
	@$(pip) install --no-deps chempy
	@touch $@
