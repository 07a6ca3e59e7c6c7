# Two commands do everything: `make demo` and `make test`. The others are for work on the tool.
.DEFAULT_GOAL := help
.PHONY: help demo test test-newest test-lowest test-install fuzz lint format update licences clean

VENV := .venv
BIN := $(VENV)/bin
# The versions that everything is installed with; `make update` renews them.
export CONSTRAINTS := constraints.txt
# How many test processes: as many as there are cores, two at least.
JOBS ?= auto
# The same order of sets in every run of the tests; `make test PYTHONHASHSEED=random` for another.
PYTHONHASHSEED ?= 0
# How long `make fuzz` runs.
MINUTES ?= 5
# Weights for the demo: a name that docs/engines.md lists, or a path to any .gguf file.
MODEL ?= qwen2.5-coder-1.5b

help:  ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

demo: $(VENV)/.demo  ## one article through the whole way, on a small model on this machine
	@BILINGUAL_LOCAL_MODEL="$(MODEL)" $(BIN)/python tools/demo.py

test: $(VENV)/.test  ## install what the tests need and run them
	@sh tools/system-parts.sh
	@PYTHONHASHSEED=$(PYTHONHASHSEED) $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

test-newest: build/uv/.made  ## the tests with the newest version of everything
	@UV=build/uv/bin/uv build/uv/bin/python tools/constraints.py --newest build/newest.txt
	@$(MAKE) --no-print-directory test VENV=build/venv-newest CONSTRAINTS=build/newest.txt

test-lowest: build/uv/.made  ## the tests with the lowest versions that pyproject.toml allows
	@UV=build/uv/bin/uv build/uv/bin/python tools/constraints.py --lowest build/lowest.txt
	@$(MAKE) --no-print-directory test VENV=build/venv-lowest CONSTRAINTS=build/lowest.txt

fuzz: $(VENV)/.test  ## the property tests on random examples, for MINUTES=5
	@$(BIN)/python tools/fuzz.py --minutes $(MINUTES)

test-install: $(VENV)/.test  ## install with each tool and Python that is here, and use it (long)
	@$(BIN)/python tests/install/every.py

lint: $(VENV)/.test  ## formatting, style and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/.test  ## let the formatter and the safe fixes run
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

update: build/uv/.made  ## renew constraints.txt, and show what moved
	@UV=build/uv/bin/uv build/uv/bin/python tools/constraints.py

licences: $(VENV)/.demo  ## the licence of everything that is installed with the tool
	@$(BIN)/python tools/licences.py

clean:  ## delete what the commands made here (fetched weights stay in the user's cache)
	rm -rf $(VENV) build .bilingual public .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.demo: pyproject.toml $(CONSTRAINTS)
	@echo "Installing bilingual and the embedded engine into $(VENV) …"
	@sh tools/install.sh $(VENV) --editable '.[local]'
	@touch $@

$(VENV)/.test: pyproject.toml $(CONSTRAINTS)
	@echo "Installing bilingual and what its tests need into $(VENV) …"
	@sh tools/install.sh $(VENV) --editable '.[local,test,lint]'
	@touch $@ $(VENV)/.demo

# Not in $(VENV): constraints that no longer resolve are renewed without it.
build/uv/.made:
	@CONSTRAINTS= sh tools/install.sh build/uv uv
	@touch $@
