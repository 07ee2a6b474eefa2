# For everybody: `make demo` grades the example class, `make quick` tests what is quick, `make test` runs the whole suite,
# `make docs` builds site/. `make all` is what CI runs.
PYTHON ?= python3
BIN := .venv/bin
# File by file, in the order of tests/conftest.py.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# Where Python is told to write no bytecode, each of the many processes of the tests would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo quick test coverage all docs pictures lint types doctor clean

demo: .venv/grade
	$(BIN)/winnow grade examples/class --out results

# No browser, terminal, cluster, nbgrader or doctor, no attacks and no whole class: see tests/conftest.py.
quick: .venv/dev
	$(PYTEST) -m "not slow"

# It ends with what took longest: the order of tests/conftest.py follows from that.
test: .venv/dev .venv/browser lint types
	$(PYTEST) --durations 40

# Which lines no test runs. Counting them takes as long as running them.
coverage: .venv/dev .venv/browser
	$(PYTEST) --cov=winnow --cov-report=term:skip-covered

# The grader is graded: misconceptions, other right answers and mutants; `make doctor` does so with twenty seeds.
# mypy and mkdocs keep one core busy each, the tests and the doctor two.
all: demo .venv/every
	$(MAKE) -j 2 types docs
	$(MAKE) test
	$(BIN)/winnow doctor --seeds 2

docs: .venv/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

pictures: .venv/dev
	$(BIN)/python docs/pictures.py

lint: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/dev
	$(BIN)/mypy

# Grades the grader at length: twenty seeds and every mutant. Minutes; tests/course has the short form.
doctor: .venv/dev
	$(BIN)/winnow doctor

# A stamp per set of packages: nothing is installed again until pyproject.toml changes.
.venv/grade .venv/dev .venv/browser .venv/docs: .venv/%: pyproject.toml
	test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[$*]'
	touch $@

# What is left beside `grade`, in one go.
.venv/every: pyproject.toml .venv/grade
	$(BIN)/python -m pip install --quiet --editable '.[dev,browser,docs]'
	touch .venv/dev .venv/browser .venv/docs $@

clean:
	rm -rf .venv results site
