# Two commands for everybody: `make demo` grades the example class, `make test` runs all that CI runs.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types doctor clean

demo: .venv/grade
	$(BIN)/winnow grade examples/class --out results

test: .venv/dev lint types
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov=winnow --cov-report=term:skip-covered

lint: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/dev
	$(BIN)/mypy

# Grades the grader at length: twenty seeds and every mutant. Minutes; tests/course has the short form.
doctor: .venv/dev
	$(BIN)/winnow doctor

# A stamp per set of packages: nothing is installed again until pyproject.toml changes.
.venv/grade: pyproject.toml
	test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[grade]'
	touch $@

.venv/dev: pyproject.toml
	test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ .venv/grade

clean:
	rm -rf .venv results
