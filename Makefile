.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON ?= python3.11
BIN := .venv/bin
UI := service/aigov_graph/web/static/dist/manifest.json
PREVIOUS ?= $(shell git describe --tags --abbrev=0 HEAD^ 2>/dev/null)
DATE ?= $(shell git log -1 --format=%cs 2>/dev/null)

.PHONY: help serve ui test browser soak clients office openrefine bench export release validate lint format clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 20

serve: .venv/run plain-or-ui ## build the graph and serve it on 127.0.0.1:8000 (PORT= changes the port)
	$(BIN)/aigov-graph build
	$(BIN)/aigov-graph serve --port $(PORT)

ui: $(UI) ## build the scripts of the explorer and the query page (needs npm)

test: .venv/dev ## run the tests
	$(BIN)/pytest -n auto

soak: .venv/dev ## run the long tests: memory and open files over many requests and versions
	$(BIN)/pytest -m soak -s

clients: .venv/dev ## run the tests that install clients from the npm registry
	$(BIN)/pytest -m clients

office: .venv/dev ## run the tests that open workbooks in LibreOffice (Debian: libreoffice-calc)
	$(BIN)/pytest -m office

openrefine: .venv/dev ## run the test that matches a table of names in OpenRefine (Debian: openrefine)
	$(BIN)/pytest -m openrefine -s

browser: .venv/dev $(UI) ## run the tests that look at the pages in Chromium (needs npm; Debian: chromium)
	$(BIN)/pytest -m browser

bench: .venv/dev ## measure the service, validating, building and exporting, and write tests/bench/*.md
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.building
	$(BIN)/python -m tests.bench.exporting
	$(BIN)/python -m tests.bench.entity_pages
	$(BIN)/python -m tests.bench.linking
	$(BIN)/python -m tests.bench.searching
	$(BIN)/python -m tests.bench.pages

export: .venv/run ## write the facts in every format into dist/export, and the picture of the README
	$(BIN)/aigov-graph build
	mkdir -p docs
	$(BIN)/aigov-graph export all -o dist/export
	$(BIN)/aigov-graph export png --around china --type Actor -o docs/actors-around-china.png

release: .venv/run ## write dist/release: dumps, exports, tables, catalog, changed terms, checksums (PREVIOUS= a tag to compare with)
	$(BIN)/aigov-graph build
	rm -rf dist/previous && mkdir -p dist/previous
	$(if $(PREVIOUS),git archive $(PREVIOUS) ontology | tar -x -C dist/previous)
	$(BIN)/aigov-graph release dist/release --with CITATION.cff --with LICENSE --with CHANGELOG.md --lock requirements.lock \
		$(if $(PREVIOUS),--previous dist/previous) $(if $(DATE),--date $(DATE))

validate: .venv/run ## judge the data against the shapes
	$(BIN)/aigov-graph validate

lint: .venv/dev ## check style, types, import direction, dependencies and file layout
	$(BIN)/ruff format --check service tests
	$(BIN)/ruff check service tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry service
	$(BIN)/aigov-graph format --check

format: .venv/dev ## write code and data in their canonical layout
	$(BIN)/ruff format service tests
	$(BIN)/ruff check --fix service tests
	$(BIN)/aigov-graph format

clean: ## remove the environment, the store and caches
	rm -rf service/ui/node_modules service/aigov_graph/web/static/dist .venv .bench store dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: plain-or-ui
plain-or-ui:
	@if command -v npm >/dev/null; \
	then $(MAKE) --no-print-directory ui || echo "The scripts could not be built: the pages are served plain, and are whole so."; \
	else echo "npm is not installed: the pages are served plain, without the scripts of explorer and editor."; fi

$(UI): service/ui/package-lock.json service/ui/vite.config.js $(shell find service/ui/src -type f)
	cd service/ui && npm ci --silent && npm run --silent build

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
