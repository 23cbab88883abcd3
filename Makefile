# `make demo` sets up and scores an example; `make test` sets up and runs all tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A CUDA build of torch is pulled only where there is a GPU.
CONSTRAINTS := $(if $(shell command -v nvidia-smi 2>/dev/null),,-c constraints.txt)

.PHONY: demo test lint docs bench setup clean

demo: setup
	@$(BIN)/tishina score --glossary tests/articles/house.csv tests/articles/demo.txt

test: setup lint
	@$(BIN)/python -m pytest

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: setup
	@$(BIN)/python -m qa.catalogue > qa/checks/README.md

bench: setup
	@$(BIN)/python benchmarks/speed.py

setup: $(VENV)/.done

$(VENV)/.done: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install -q --disable-pip-version-check $(CONSTRAINTS) -e . --group dev
	@touch $@

clean:
	rm -rf $(VENV) build dist
