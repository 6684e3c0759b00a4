# On a bare machine with Python 3.11 or newer, make and git: `make demo`. What is made lands in .venv and var.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check e2e bench lock clean

OLD := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for one in python3.11 python3.12 python3.13 python3.14 python3; do \
	if "$$one" -c '$(OLD)' 2>/dev/null; then echo "$$one"; break; fi; done)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip --quiet --disable-pip-version-check install --no-deps --require-hashes
COMPILE := $(BIN)/uv --quiet pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

# For tests that share a browser, which lives in one event loop.
ONE_LOOP := -o asyncio_default_test_loop_scope=session -o asyncio_default_fixture_loop_scope=session

help: ## say what there is
	@sed -n 's/^\([a-z0-9]*\):[^#]*## /make \1: /p' Makefile

demo: .venv/runtime.stamp ## serve the try page on http://127.0.0.1:3000/; no account, no token
	@exec $(BIN)/python app.py try

test: .venv/dev.stamp ## run the whole test suite, PostgreSQL included
	@$(BIN)/python -m pytest --cov --numprocesses auto --dist worksteal

check: .venv/dev.stamp ## lint, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

e2e: .venv/dev.stamp ## drive real clients in a real browser
	@PATH="$(CURDIR)/$(BIN):$$PATH" tests/e2e/setup.sh
	@$(BIN)/python -m pytest tests/e2e --numprocesses 2 --dist worksteal $(ONE_LOOP)

bench: .venv/dev.stamp ## measure, and print a table
	@$(BIN)/python bench/run.py

lock: .venv/dev.stamp ## pin every dependency, with hashes, after a change in pyproject.toml
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## remove what is made here, but no database
	@rm -rf .venv var .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv/runtime.stamp: requirements.lock | $(BIN)/python
	@echo "Installing what the coach needs (once, about a minute) ..."
	@$(INSTALL) --requirement requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock | $(BIN)/python
	@echo "Installing what tests and checks need (once, a minute or two) ..."
	@$(INSTALL) --requirement requirements-dev.lock
	@touch $@

$(BIN)/python:
	@'$(PYTHON)' -c '$(OLD)' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed and was not found; install it, or name it: make PYTHON=..."; exit 1; }
	@'$(PYTHON)' -m venv .venv || { rm -rf .venv; echo "$(PYTHON) can't make a .venv; install its venv package."; exit 1; }
