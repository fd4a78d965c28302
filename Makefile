# All common tasks. Each target installs what it needs into .venv, with uv if it is installed,
# otherwise with venv and pip.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SITE   := build/site
LOWEST := build/lowest
MINUTES ?= 60
LOCALE := src/fep_tools/site/locale
UV     := $(shell command -v uv 2>/dev/null)

# Images of containers often set this. Tests start thousands of programs, and each would compile
# every module that it imports.
unexport PYTHONDONTWRITEBYTECODE

ifdef UV
    INSTALL := UV_PYTHON_DOWNLOADS=never $(UV) pip install --quiet --python $(BIN)/python
    CREATE  := UV_PYTHON_DOWNLOADS=never $(UV) venv --quiet --python $(PYTHON) $(VENV)
else
    INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
    CREATE  := $(PYTHON) -m venv $(VENV)
endif

.DEFAULT_GOAL := help
.PHONY: help html site test test-all test-lowest fuzz lint live messages images lock dist clean

help: ## Show this list.
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1	\2/' | expand -t 16

html: $(VENV)/.site ## Check the proposals, build the site, and print its URL.
	@$(BIN)/fep check
	@$(BIN)/fep build --local --strict --output $(SITE)

site: $(VENV)/.site ## Build the site for publication on a web server.
	@$(BIN)/fep build --strict --output $(SITE)

test: $(VENV)/.dev ## Run the fast tests, without network, browser or frameworks.
	@$(BIN)/python -m pytest --quiet -n auto --dist loadfile \
	    -m "not (slow or browser or corpora or frameworks)"

test-all: $(VENV)/.dev ## Run all tests; those whose tools are missing are skipped with a reason.
	@FEP_FRAMEWORKS=1 FEP_FUZZ=5 $(BIN)/python -m pytest --quiet -n auto --dist loadfile -rs

# The lowest versions have wheels for the lowest Python only.
test-lowest: $(VENV)/.dev ## Run the tests of pages with the lowest versions of all dependencies.
	@if $(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] > (3, 11))'; then \
	    $(INSTALL) --require-hashes --no-deps --upgrade --target $(LOWEST) -r requirements/lowest.txt && \
	    PYTHONPATH=$(LOWEST) $(BIN)/python -m pytest --quiet -n auto --dist loadfile \
	    -m "not (browser or frameworks or slow) or corpora" tests/site tests/proposals tests/editing \
	    tests/lint/rules tests/conformance/test_agreement.py tests/conformance/test_references.py; \
	else echo 'make: not tested with the lowest versions, which need Python 3.11'; fi

fuzz: $(VENV)/.dev ## Look for inputs that break something, for an hour or MINUTES.
	@$(INSTALL) --require-hashes --only-binary :all: -r requirements/fuzz.txt || \
	    echo 'atheris cannot be installed here; fuzzing without it'
	@$(BIN)/python -m tests.fuzz $(MINUTES)

lint: $(VENV)/.dev ## Check style, types, layers, proposals and workflows.
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/fep check --strict
	@$(BIN)/zizmor --quiet --offline --no-progress --persona auditor .

live: $(VENV)/.site ## Serve the site on localhost, and rebuild it at every change.
	@$(BIN)/fep preview --open

messages: $(VENV)/.dev ## Extract the translatable messages of the site.
	@$(BIN)/pybabel --quiet extract --mapping-file=pyproject.toml --output-file=$(LOCALE)/fep_tools.pot \
	    --project=fep-tools --copyright-holder="the fep-tools developers" \
	    --add-location=file --width=98 src/fep_tools
	@$(BIN)/pybabel --quiet update --domain=fep_tools --input-file=$(LOCALE)/fep_tools.pot \
	    --output-dir=$(LOCALE) --no-fuzzy-matching --ignore-obsolete --width=98

images: $(VENV)/.dev ## Make the images of the README; needs Chromium.
	@$(BIN)/python -m tests.browser.readme_images

lock: ## Update all dependencies in requirements/*.txt.
	@for name in site notes release dev; do \
	    $(UV) pip compile pyproject.toml --group $$name --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	    --quiet --upgrade --output-file requirements/$$name.txt || exit 1; done
	$(UV) pip compile pyproject.toml --all-extras --resolution lowest-direct --universal \
	    --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	    --no-emit-find-links --quiet --upgrade --output-file requirements/lowest.txt
	$(UV) pip compile --group fuzz --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url --no-emit-find-links --quiet --upgrade \
	    --output-file requirements/fuzz.txt

# The list of dependencies (SBOM) is made from an environment that holds only them.
dist: $(VENV)/.release ## Make the files of a release in dist/; the same commit gives the same bytes.
	@rm -rf dist build/sbom
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m build --no-isolation >/dev/null
	@$(PYTHON) -m venv --without-pip build/sbom
	@$(PYTHON) -m pip --python build/sbom/bin/python install --quiet --disable-pip-version-check \
	    --require-hashes -r requirements/site.txt
	@$(BIN)/cyclonedx-py environment build/sbom --pyproject pyproject.toml --output-reproducible \
	    --output-file "dist/fep_tools-$$($(BIN)/fep --version | cut -d ' ' -f 2).cdx.json"
	@cd dist && sha256sum *

clean: ## Remove all generated files.
	rm -rf $(VENV) build .fep_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage*

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo 'make: Python 3.11 or newer is required; set PYTHON=python3.11'; exit 1; }
	@$(CREATE)

$(VENV)/.site: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	@$(INSTALL) --require-hashes -r requirements/site.txt
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.release: requirements/release.txt $(VENV)/.site
	@$(INSTALL) --require-hashes -r requirements/release.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.site
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@
