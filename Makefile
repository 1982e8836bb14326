# Every command of the project. `make` alone lists them.
# Needs python3 (3.11 or newer, with venv) and make; the rest is set up in .venv on first use.

PYTHON ?= python3
PORT ?= 8100
HOST ?= 127.0.0.1
PART ?= all
KILLS ?= 12
COMBINATION ?= all
SEED ?= 1
VENV := .venv
PY := $(VENV)/bin/python
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
BENCH_VENV := .venv-bench
BENCH_READY := $(BENCH_VENV)/.ready
LOCK := $(VENV)/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help demo run test bench crash prove check preview lock clean

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

demo: $(RUN_READY) ## phones in a page with the bot behind them (PORT=8100 HOST=127.0.0.1)
	@exec $(PY) -m simulator demo --port $(PORT) --host $(HOST)

run: $(RUN_READY) ## the bot on the real platforms, with the settings of .env
	@exec $(PY) -m bot run

test: $(DEV_READY) ## every test; those of the page need a Chromium
	@scripts/test $(PY)

bench: $(RUN_READY) $(BENCH_READY) ## how fast this bot is beside others (ARGS='--course polling --rounds 1')
	@$(PY) -m benchmarks $(ARGS)

crash: $(DEV_READY) ## kill the bot while hundreds save, and prove the books (KILLS=12 COMBINATION=all SEED=1)
	@exec $(PY) -m tests.crash --kills $(KILLS) --combination $(COMBINATION) --seed $(SEED)

prove: $(DEV_READY) ## random lives, mutated updates, mutated source, for as long as it takes (PART=all LIVES=200)
	@exec scripts/prove $(PY) $(PART)

check: $(DEV_READY) ## format, lint, types and the direction of imports
	@$(PY) -m ruff format --check --quiet . || { echo 'Not formatted; run: $(PY) -m ruff format .' >&2; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy --no-error-summary
	@found=$$($(VENV)/bin/lint-imports --no-logo) || { echo "$$found"; exit 1; }

preview: $(DEV_READY) ## every dialogue as chat bubbles, in preview/index.html
	@$(PY) -m tests.bubbles

lock: $(DEV_READY) ## write both lock files anew from pyproject.toml
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	@$(LOCK) --extra postgres --output-file requirements.lock
	@$(LOCK) --extra postgres --extra dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## remove .venv, the demo's database and all caches
	@rm -rf $(VENV) $(BENCH_VENV) .demo preview .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One .venv, two stamps: the demo needs only what the bot runs with.
$(VENV)/bin/pip:
	@command -v $(PYTHON) >/dev/null || { echo 'python3 is missing: install Python 3.11 or newer.' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) -V 2>&1). Try make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUN_READY): requirements.lock | $(VENV)/bin/pip
	@echo 'Setting up .venv (once; a minute or two) ...'
	@$(INSTALL) -r requirements.lock
	@touch $@

$(DEV_READY): requirements-dev.lock requirements.lock | $(VENV)/bin/pip
	@echo 'Setting up .venv with the tools for tests (once; a few minutes) ...'
	@$(INSTALL) -r requirements-dev.lock
	@touch $@ $(RUN_READY)

# What the bot is compared with lives apart: it needs other versions of some packages.
$(BENCH_READY): benchmarks/requirements.lock
	@$(PYTHON) -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
