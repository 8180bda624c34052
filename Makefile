# Python 3.11 and make are all that a fresh machine needs; everything installed goes into .venv.
#
#   make        install, then screen the example accounts
#   make test   install what tests need, then run all tests
#   make help   the rest

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin

# Arguments for one run: make run INPUT=my.csv, make test TESTS=tests/law
INPUT  ?= data/accounts/example.jsonl
TESTS  ?=

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# --no-build-isolation: what builds is pinned and hashed too (requirements-build.txt).
HASHED := $(PIP) --require-hashes --no-build-isolation

.DEFAULT_GOAL := run
.DELETE_ON_ERROR:

.PHONY: run
run: $(VENV)/.runs ## install, then screen the example accounts (INPUT=FILE for yours)
	@$(BIN)/detector screen --table $(INPUT)

.PHONY: serve
serve: $(VENV)/.runs ## install, then start the desk with a queue to try out
	@$(BIN)/detector serve --demo

.PHONY: install
install: $(VENV)/.runs ## install only

.PHONY: test
test: $(VENV)/.tests ## all tests (TESTS=FOLDER for some)
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadgroup $(TESTS)

.PHONY: lint
lint: $(VENV)/.tests ## form, types and floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: check
check: lint ## the same and the quick tests: run it before every commit
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadgroup -m "not slow"

.PHONY: format
format: $(VENV)/.tests ## put the code into form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: bench
bench: $(VENV)/.tests ## one line for every kind of disguise, on our own pairs
	$(BIN)/python -m training.bench names

.PHONY: eval
eval: $(VENV)/.tests ## figures on the labelled accounts
	$(BIN)/python -m training.bench eval

.PHONY: bench-peers
bench-peers: $(VENV)/.tests ## our line beside that of rapidfuzz (needs the peers' set)
	$(BIN)/python -m training.bench peers

.PHONY: bench-nicknames
bench-nicknames: $(VENV)/.tests ## how many ordinary nicknames are not allowed (needs the nicknames)
	$(BIN)/python -m training.bench nicknames

.PHONY: bench-speed
bench-speed: $(VENV)/.tests ## accounts per second on one core (needs the nicknames)
	$(BIN)/python -m training.bench speed

.PHONY: bench-images
bench-images: $(VENV)/.tests ## edited marks, beside PDQ, imagehash and ORB (needs the pictures; IMAGES=FOLDER)
	$(BIN)/python -m training.bench images $(if $(IMAGES),--images $(IMAGES))

.PHONY: bench-ranking
bench-ranking: $(VENV)/.tests ## the order of the queue, its calibration, what scoring costs
	$(BIN)/python -m training.bench ranking

.PHONY: train
train: $(VENV)/.tests ## make, compare and write a ranking model; `python -m training --help` for the steps
	$(BIN)/python -m training run

# Sets that are not part of the project are measured where they lie beside it.
.PHONY: gate
gate: $(VENV)/.tests ## fail where a figure falls below its floor (training/bench/floors.yaml)
	$(BIN)/python -m training.bench names --gate
	$(BIN)/python -m training.bench eval --gate
ifneq ($(wildcard ../shared/eval/peers),)
	$(BIN)/python -m training.bench peers --small --gate
endif
ifneq ($(wildcard ../shared/data/nicknames),)
	$(BIN)/python -m training.bench nicknames --gate
endif

# torch and MLflow are installed for this alone; training takes a quarter of an hour on one core.
.PHONY: embedding
embedding: $(VENV)/.tests ## train the network that compares pictures again, and all that hangs on it
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group embedding
	$(BIN)/python -m training.embedding
	$(BIN)/python -m training.embedding.fit
	$(BIN)/python -m training.marks

.PHONY: marks
marks: $(VENV)/.tests ## draw and describe the shipped marks again
	$(BIN)/python -m training.marks

.PHONY: tables
tables: $(VENV)/.tests ## make the character tables of data/text again
	$(BIN)/python -m training.tables

.PHONY: demo-accounts
demo-accounts: $(VENV)/.tests ## make data/accounts/demo.jsonl again
	$(BIN)/python -m training.demo_accounts

.PHONY: pictures
pictures: $(VENV)/.tests ## make the pictures of docs/desk again (needs chromium)
	DETECTOR_PICTURES=1 $(BIN)/python -m pytest tests/desk/test_journeys.py -k sqlite

.PHONY: readme
readme: $(VENV)/.tests ## run the commands of the README again and write what they print
	$(BIN)/python -m tests.project.refresh

.PHONY: wheel
wheel: $(VENV)/.runs ## build dist/detector-*.whl, data inside
	$(PIP) --require-hashes -r requirements-build.txt
	$(BIN)/python -m hatchling build -t wheel

# The desk (extra `desk`) is pinned with the rest, so that `make` installs it.
LOCK = $(BIN)/uv pip compile --quiet --python-version 3.11 --universal --fork-strategy fewest \
  --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.PHONY: lock
lock: $(VENV)/.tests ## pin and hash the requirements again (UPGRADE=--upgrade for newer ones)
	$(LOCK) $(UPGRADE) --group build -o requirements-build.txt
	$(LOCK) $(UPGRADE) pyproject.toml --extra desk --extra ocr -c requirements-build.txt -o requirements.txt
	$(LOCK) $(UPGRADE) pyproject.toml --extra desk --extra ocr --group dev -c requirements-build.txt -c requirements.txt -o requirements-dev.txt

.PHONY: clean
clean: ## remove what was installed and built
	rm -rf $(VENV) dist build

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

# Stamps: a step is repeated only when what it installs has changed.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "Python 3.11 is needed, $(PYTHON) is another: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.runs: $(VENV)/.made requirements-build.txt requirements.txt pyproject.toml
	$(PIP) --require-hashes -r requirements-build.txt
	$(HASHED) -r requirements.txt
	$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.tests: $(VENV)/.runs requirements-dev.txt
	$(HASHED) -r requirements-dev.txt
	@touch $@
