.PHONY: help demo test lint matrix rows clean
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
STAGES ?=

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

rows: .venv ## Prove each framework's default row, then in bounded time those that changed
	python -m pytest -s tests/matrix

clean: ## Remove what runs left behind, the caches included
	rm -rf .trivet .venv

.venv: pyproject.toml
	$(PYTHON) -m venv .venv
	mkdir -p $(STATE)
	.venv/bin/python tests/verifier/requirements.py > $(STATE)/requirements.txt
	.venv/bin/pip install -qq -r $(STATE)/requirements.txt
	touch .venv
