# Strukturmonitor Südwestsachsen. `make` lists what can be done.
PORT ?= 8501
RAW ?= data/raw
# Python 3.11 is what the versions were tried with; a newer one works where there is none.
PYTHON ?= $(firstword $(shell command -v python3.11 python3 python 2>/dev/null))
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help run data test check format snapshot pull status bench clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: data ## install, build if needed, and serve the application on 127.0.0.1, port 8501 or PORT=…
	$(BIN)/python -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

data: $(STAMP) ## build a release from the snapshot and newer raw files, and switch to it
	$(BIN)/python -m etl build

test: data ## run all tests except the benchmarks, as many side by side as there are processors
	$(BIN)/python -m pytest -m "not bench" -n auto --dist loadfile

check: $(STAMP) ## lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP) ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

snapshot: $(STAMP) ## derive data/snapshot from raw files: make snapshot RAW=folder
	$(BIN)/python -m etl snapshot --raw $(RAW)

pull: $(STAMP) ## fetch newer files from the publishers into data/raw
	$(BIN)/python -m etl pull

status: $(STAMP) ## say how current each table is, and when news is expected
	$(BIN)/python -m etl status

bench: $(STAMP) ## measure build, stage and pages
	$(BIN)/python -m pytest -m bench -s tests/benchmarks

clean: ## remove what was built (not raw files, not the snapshot)
	rm -rf data/releases data/current static

$(STAMP): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@
