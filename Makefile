# The commands of this project. `make run` is all a newcomer needs; README.md says the rest.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$python >/dev/null 2>&1 && \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
IN_VENV = .venv/bin
# Lessons and demo people, written once; the journeys begin with a copy (one of them begins with nothing).
TEST_SITE = var/test-site
TESTING = DJANGO_SETTINGS_MODULE=config.test_settings
.DEFAULT_GOAL = help
.PHONY: help run test thorough unit journeys practice check bench lock python test-tools

help:
	@echo "make run    start the site on http://127.0.0.1:8000 (PORT=… for another port)"
	@echo "make test   run every test and check"
	@echo "make thorough  run the longest journeys, which make test leaves out"
	@echo "make check  run the quick checks only: style, types, layers, migrations"
	@echo "make bench  measure; the table is also kept in var/bench.json"
	@echo "make lock   renew requirements/*.txt from pyproject.toml"

python:
	@test -n "$(PYTHON)" || { echo "StepIn needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt-get install python3 python3-venv"; exit 1; }

run: python
	@$(PYTHON) operations/install.py run
	@exec $(IN_VENV)/python manage.py serve

test-tools: python
	@$(PYTHON) operations/install.py test

check: test-tools
	$(IN_VENV)/ruff check .
	$(IN_VENV)/ruff format --check .
	$(IN_VENV)/lint-imports --no-cache
	$(IN_VENV)/djlint templates --lint --quiet
	$(TESTING) $(IN_VENV)/python manage.py makemigrations --check --dry-run
	$(IN_VENV)/mypy .

test: check
	$(TESTING) $(IN_VENV)/python manage.py prepare --translations
	@rm -rf $(TEST_SITE) && mkdir -p $(TEST_SITE)
	DATA_DIR=$(TEST_SITE) DEMO=true $(IN_VENV)/python manage.py prepare >$(TEST_SITE).log
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target unit journeys practice
	@echo "Not run: the journeys marked thorough. They take as long again: make thorough"

# Side by side: tests wait for a browser, or a browser for tests.
unit:
	$(IN_VENV)/python -m pytest --ignore=tests/journeys

journeys:
	$(IN_VENV)/python -m pytest tests/journeys --ignore=tests/journeys/test_practice.py -m "not thorough"

practice:
	$(IN_VENV)/python -m pytest tests/journeys/test_practice.py -m "not thorough"

# Before a release: every way, more languages, sign-in on a site with its second lock.
thorough: test-tools
	$(IN_VENV)/python -m pytest tests/journeys -m thorough

bench: test-tools
	$(IN_VENV)/python -m bench

lock: test-tools
	$(IN_VENV)/uv pip compile $(LOCK_OPTIONS) pyproject.toml --output-file requirements/run.txt
	$(IN_VENV)/uv pip compile $(LOCK_OPTIONS) pyproject.toml --group dev --output-file requirements/dev.txt
LOCK_OPTIONS = --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
