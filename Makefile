# Each target works as the first command after a clone: it makes .venv and installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Bytecode and parse tables, made once: the first command is as quick as the next ones.
WARM = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q symderiv && \
	PYTHONDONTWRITEBYTECODE= $(BIN)/symderiv compare x '$$x$$' >/dev/null

.PHONY: demo test lint types layers unit soak bench mutants clean

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

# A long run over N random pairs, then over random sums at symbolic sizes: unsound / undecided / total.
soak: $(VENV)/.dev
	@$(BIN)/python -m tests.equality.soak $(or $(N),100000)
	@$(BIN)/python -m tests.index.soak $(or $(SUMS),5000)

# Ours against SymPy, in one run: verdicts and warm medians, derivatives, answers a second; then a cluster.
bench: $(VENV)/.dev
	$(BIN)/python benchmarks/equality.py | tee benchmarks/equality.txt
	$(BIN)/python benchmarks/scalar_pairs.py | tee benchmarks/scalar_pairs.txt
	$(BIN)/python benchmarks/reading.py | tee benchmarks/reading.txt
	$(BIN)/python benchmarks/derivatives.py | tee benchmarks/derivatives.txt
	$(BIN)/python benchmarks/grading.py 2000 100000 | tee benchmarks/grading.txt
	$(BIN)/python benchmarks/cluster.py | tee benchmarks/cluster.txt

# By hand: mutmut on a copy of the last commit, whose procedures it changes; all of it takes hours on one core.
# A part: make mutants M='symderiv.equality.cells.truths*'. Then, in build/mutants: mutmut results, mutmut show NAME.
mutants: $(VENV)/.mutants
	@rm -rf build/mutants && git clone --quiet . build/mutants
	cd build/mutants && nice -n 10 $(CURDIR)/$(BIN)/mutmut run --max-children 1 $(M)

$(VENV)/.mutants: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(WARM)
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(WARM)
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist build
