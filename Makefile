.PHONY: help demo test lint matrix verified rows bench schema manifest updates paths outdated upgrade release clean
.DEFAULT_GOAL := help

# All that a run leaves behind stands in the repository's folder: an empty HOME will do.
STATE := $(CURDIR)/.trivet
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export UV_CACHE_DIR ?= $(STATE)/cache/uv
export PIP_CACHE_DIR ?= $(STATE)/cache/pip
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PYTHON ?= python3
JOBS ?= 2
ROWS ?=
CASES ?=
PROJECT ?=
OPENAPI ?=
STAGES ?=
VERSION ?=
FROM ?=
TO ?=

help: ## Show what each target does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: .venv ## Render the default project, install it, test it, start it and send it requests
	python -m tests.verifier.demo

test: .venv ## Run the suite's own tests
	python -m pytest -n $(JOBS) --dist loadfile -r s --ignore tests/matrix

lint: .venv ## Check style, formatting and types of the suite's Python
	ruff check .
	ruff format --check .
	mypy

matrix: .venv ## Prove every row of the covering array, or ROWS="default bare"
	python -m tests.verifier --jobs $(JOBS) $(addprefix --row ,$(ROWS)) $(addprefix --stage ,$(STAGES))

verified: .venv ## Write docs/verified.md of the verdicts that the whole matrix left
	python -m tests.verified

updates: .venv ## Prove updates and changed answers to the end, or CASES="v0.1.0"
	python -m tests.updates --jobs $(JOBS) $(addprefix --case ,$(CASES))

rows: .venv ## Prove each framework's default row, then in bounded time those that changed
	python -m pytest -s tests/matrix

bench: .venv ## Measure rendering and serving, and write docs/performance.md, or PARTS="rendering"
	python -m bench $(addprefix --part ,$(PARTS))

schema: .venv ## Write the schema of the answers and docs/options.md anew, after a change of questions, rules or packages
	python -m schema

manifest: .venv ## Describe a rendered project as JSON: PROJECT=dir, OPENAPI=address of its document
	@python -m manifest "$(PROJECT)" --openapi "$(OPENAPI)"

paths: .venv ## List what rendered projects lose from FROM=vX.Y.Z, or the last release, to TO or the work tree
	python -m releases.paths $(FROM) $(TO)

outdated: .venv ## List what the requirements table keeps out, what was withdrawn, and what is at odds
	python -m freshness

upgrade: .venv ## Move the bounds of what is outdated; then prove it by make matrix
	python -m freshness --upgrade

release: lint test ## Bump, commit and tag: VERSION=X.Y.Z, with the entries of CHANGELOG.md
	python -m releases "$(VERSION)"

clean: ## Remove what runs left behind, the caches included
	rm -rf .trivet .venv

.venv: pyproject.toml
	$(PYTHON) -m venv .venv
	mkdir -p $(STATE)
	.venv/bin/python tests/verifier/requirements.py > $(STATE)/requirements.txt
	.venv/bin/pip install -qq -r $(STATE)/requirements.txt
	touch .venv
