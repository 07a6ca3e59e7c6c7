# Two commands do everything: `make demo` and `make test`. The others are for work on the tool.
.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench docs clean

VENV := .venv
BIN := $(VENV)/bin
# How many test processes: as many as there are cores, two at least.
JOBS ?= auto
# Weights for the demo: a name that docs/engines.md lists, or a path to any .gguf file.
MODEL ?= qwen2.5-coder-1.5b

help:  ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/.demo  ## one article through the whole way, on a small model on this machine
	@BILINGUAL_LOCAL_MODEL="$(MODEL)" $(BIN)/python tools/demo.py

test: $(VENV)/.test  ## install what the tests need and run them
	@sh tools/system-parts.sh
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

lint: $(VENV)/.test  ## formatting, style and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/.test  ## let the formatter and the safe fixes run
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:  ## delete what the commands made here (fetched weights stay in the user's cache)
	rm -rf $(VENV) build .bilingual public .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@sh tools/make-venv.sh $(VENV)

$(VENV)/.demo: pyproject.toml | $(VENV)/bin/python
	@echo "Installing bilingual and the embedded engine into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[local]'
	@touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	@echo "Installing bilingual and what its tests need into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[local,test,lint]'
	@touch $@ $(VENV)/.demo
