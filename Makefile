# Everything a person or a machine runs here. A fresh machine needs make and Python 3.11-3.13 with venv.
PYTHON ?= $(shell for v in 3.11 3.12 3.13 3; do command -v python$$v && break; done)
PORT ?= 8000
DATABASE_URL_POSTGRES ?= postgres://root@127.0.0.1:5432/postgres
BIN := .venv/bin
WORKERS ?= 2
# A class or a module stays with one worker: what it made once for all its tests is not made twice.
SIDE_BY_SIDE = -n $(WORKERS) --dist loadscope --no-loadscope-reorder
PROCESSES = web work $(if $(findstring stripe-demo,$(PAYMENTS)),stripe)

.PHONY: run test test-postgres e2e check bench chance kill connections silence operating messages sweep sweep-rooms sweep-scanners
.DEFAULT_GOAL := run

.venv/runs: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/develops: requirements-dev.txt .venv/runs
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

run: .venv/runs  ## the site and its worker, with demonstration data, until Ctrl-C
	@echo "Preparing the database and its demonstration data: the first time this takes a few minutes."
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_demo --once
	PORT=$(PORT) SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} $(BIN)/honcho start $(PROCESSES)

test: .venv/develops  ## the whole suite on SQLite
	$(BIN)/pytest -q $(SIDE_BY_SIDE) -m "not e2e"

test-postgres: .venv/develops  ## every test that touches a database, on PostgreSQL; the others have no second answer to give
	DATABASE_URL=$${DATABASE_URL:-$(DATABASE_URL_POSTGRES)} $(BIN)/pytest -q $(SIDE_BY_SIDE) -m "not e2e" --only-database

e2e: .venv/develops  ## the journeys in Chromium
	$(BIN)/pytest -q -m e2e

check: .venv/develops  ## lint, types, layers, migrations, translations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.house.production
	$(BIN)/pytest -q tests/house/test_messages.py tests/house/test_layers.py

bench: .venv/develops  ## the figures: SQL, CPU and hits on 1,000 and 100,000 products (PostgreSQL on this machine)
	$(BIN)/python -m bench $(PRODUCTS)

chance: .venv/develops  ## money under chance: 100,000 steps in any order (STEPS=), compared with the ledger after each
	MONEY_STEPS=$(or $(STEPS),100000) $(BIN)/pytest -q -s -p no:logging tests/settlement/test_machine.py

operating: .venv/develops  ## a replica, two web hosts, outages: on servers of its own, as root
	$(BIN)/python -m bench.operating

kill: .venv/develops  ## kill -9 at every named point of purchase, refund and payout, five times each (TIMES=), on PostgreSQL
	$(BIN)/python -m bench.faults kill $(or $(TIMES),5)

connections: .venv/develops  ## all connections to PostgreSQL ended 40 times during 200 purchases
	$(BIN)/python -m bench.faults connections

silence: .venv/develops  ## the payment provider 30 seconds slow or away, Redis silent or away: buying goes on
	$(BIN)/python -m bench.faults silence

messages: .venv/develops  ## bring both catalogues in step with the sources, and compile them
	$(BIN)/python -m tests.house.messages

sweep: .venv/develops  ## the security sweep as a whole: every share of tests/sweep in full, bandit, and scanners where they are installed
	$(MAKE) --no-print-directory -j2 sweep-rooms sweep-scanners

# Its own rooms come last: they share one world that stands until the run ends.
sweep-rooms: .venv/develops
	SWEEP=whole $(BIN)/pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder tests/house/test_access.py tests/house/test_canaries.py tests/house/test_tenants.py tests/seller/test_leaks.py tests/sweep

sweep-scanners: .venv/develops
	$(BIN)/python -m tests.sweep.scanners
