# Each target works as the first command after a clone: it makes .venv and installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types layers unit clean

# Check the shipped answer files. The report shows mistakes on purpose: exit codes 1 to 3 are its verdict.
demo: $(VENV)/.installed
	@$(BIN)/symderiv check examples/*.yaml; code=$$?; if [ $$code -gt 3 ]; then exit $$code; fi

# All that CI does.
test: lint types layers unit

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

# Unit tests, doctests, and the code blocks of README.md and docs/.
unit: $(VENV)/.dev
	$(BIN)/pytest -n 2

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q symderiv
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/python -m compileall -q symderiv
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist build
