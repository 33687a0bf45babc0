# Each target gets what it needs by itself: uv, the Python packages of uv.lock, RabbitMQ (see deploy/setup/prepare.sh).
.DEFAULT_GOAL := help
.PHONY: help demo up test rehearse lint compose-test bench screenshots packages broker browser

LIAISON := .venv/bin/liaison

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: broker ## a national campaign from the provinces' file to the published list, then everything stops
	$(LIAISON) demo

up: broker ## start everything with the campaign's data, and keep it running until Ctrl-C
	$(LIAISON) up --campaign

test: broker browser ## all tests but the rehearsals, against real servers
	.venv/bin/pytest -m "not rehearsal"

rehearse: broker browser ## the long ones: a life of the launcher, a rolling restart, a restore, the doctor, many cases
	.venv/bin/pytest -m rehearsal

lint: packages ## ruff, mypy in strict mode, the borders between the rooms, migrations, the files of deploy/
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m tests.migrations
	.venv/bin/hadolint deploy/Dockerfile tests/compose/*/Dockerfile
	@deploy/setup/compose_config.sh

compose-test: packages ## the containers of deploy/compose.yaml, run for real: needs a docker engine
	.venv/bin/pytest -n 0 -rP --durations 5 tests/compose/whole_life.py tests/compose/upgrade.py tests/compose/loss.py

bench: broker ## the platform measured against bare Temporal, and the pages with 20,000 cases
	.venv/bin/python -m tests.bench

screenshots: broker browser ## every page, in both languages, both widths, light and dark, to docs/screenshots/
	.venv/bin/python -m tests.browser.screenshots

packages:
	@deploy/setup/prepare.sh python

broker: packages
	@deploy/setup/prepare.sh broker

browser: packages
	@deploy/setup/prepare.sh browser
