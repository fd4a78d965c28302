# Everything that a developer or a reader runs. Each target sets up what it needs: uv is used
# where it is found, venv and pip where not.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SITE   := build/site
UV     := $(shell command -v uv 2>/dev/null)

ifdef UV
    INSTALL := UV_PYTHON_DOWNLOADS=never $(UV) pip install --quiet --python $(BIN)/python
    CREATE  := UV_PYTHON_DOWNLOADS=never $(UV) venv --quiet --python $(PYTHON) $(VENV)
else
    INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
    CREATE  := $(PYTHON) -m venv $(VENV)
endif

.DEFAULT_GOAL := help
.PHONY: help html site test lint live words lock clean

help: ## Show this list.
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/  make \1	\2/' | expand -t 16

html: $(VENV)/.site ## Check the proposals, then build the site, then say where it is.
	@$(BIN)/fep check
	@$(BIN)/fep build --local --strict --output $(SITE)

site: $(VENV)/.site ## Build the site as it is published, where there is a server.
	@$(BIN)/fep build --strict --output $(SITE)

test: $(VENV)/.dev ## Run the tests.
	@$(BIN)/python -m pytest --quiet

lint: $(VENV)/.dev ## Check the code: style, types, the proposals, and the workflows.
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/fep check --strict
	@$(BIN)/zizmor --quiet --offline --no-progress --persona auditor .

live: $(VENV)/.site ## Build the site again at every change, and serve it at localhost.
	@$(BIN)/fep preview --open

words: $(VENV)/.dev ## Collect what the site says, for src/fep_tools/site/locale.
	@$(BIN)/python -c 'from fep_tools.site.extract_messages import write; write()'

lock: ## Choose the newest versions of everything, and write requirements/*.txt.
	@for name in site dev; do \
	    $(UV) pip compile pyproject.toml --group $$name --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	    --quiet --upgrade --output-file requirements/$$name.txt || exit 1; done

clean: ## Remove everything that was made.
	rm -rf $(VENV) build .fep_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage*

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo 'make: Python 3.11 or newer is needed; name it with PYTHON=python3.11'; exit 1; }
	@$(CREATE)

$(VENV)/.site: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	@$(INSTALL) --require-hashes -r requirements/site.txt
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.site
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@
