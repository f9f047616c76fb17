# make play    set everything up and start a role-play
# make test    set everything up and run the tests
# make check   what CI runs: format, lint, types, tests
# make format  put every file into the form that make check asks for
# make bench   measure speed and memory; prints a table and writes JSON
# make test-real-model  build a llama.cpp server once, and play and judge with a real small model; slow
# make docs    generate the command line's pages, the schemas and the pictures of the graph
# make lock    write requirements.lock anew from pyproject.toml (make lock ARGS=--upgrade: take newer versions)
# make clean   remove what the commands above made

PYTHON := .venv/bin/python
ARGS :=

.PHONY: help setup play test test-real-model check format bench docs lock clean

help:
	@sed -n 's/^# //p' Makefile

setup:
	@sh scripts/venv .venv -e .

play: setup
	@$(PYTHON) -m agent play $(ARGS)

test: setup
	@$(PYTHON) -m pytest $(ARGS)

test-real-model: setup
	@$(PYTHON) scripts/real_model.py

check: setup
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m ruff check
	$(PYTHON) -m mypy
	@$(MAKE) test

format: setup
	$(PYTHON) -m ruff format
	$(PYTHON) -m ruff check --fix

bench: setup
	@$(PYTHON) -m benchmarks $(ARGS)

docs: setup
	@$(PYTHON) scripts/generate_docs.py

lock:
	@sh scripts/lock $(ARGS)

clean:
	rm -rf .venv .venv-model dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
