# make run, make test, make test-long, make check, make bench, make load, make profile,
# make wasm, make docs, make types, make pictures: each sets up what it needs in .venv first.
# Needs Python 3.11 to 3.13 with pip. Another one than the first found: make run PYTHON=/path/to/python3.12

SUITS = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
ifeq ($(origin PYTHON), undefined)
PYTHON := $(or $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c '$(SUITS)' 2>/dev/null && echo $$p && break; done), python3)
endif
# Where Python may keep no bytecode, every process of the tests compiles all modules again: collecting them takes 21 s instead of 8.
unexport PYTHONDONTWRITEBYTECODE
PIP = .venv/bin/python -m pip --disable-pip-version-check install -qq --no-compile  # a third quicker; most of it is never imported
# uv needs a sixth of pip's time. Where there is no uv, or it can't reach what pip can, pip does it.
UV = .venv/bin/python -m uv pip install -q --python .venv/bin/python
INSTALL = { $(PIP) uv==0.13.9 && UV_HTTP_TIMEOUT=15 $(UV) -r $(1); } >/dev/null 2>&1 || $(PIP) -r $(1)
TESTS = .venv/bin/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: run test test-long check bench load wasm docs types pictures profile venv

run: .venv/installed
	@.venv/bin/python app.py

test: .venv/installed-dev
	@.venv/bin/python tests/browser/setup_browser.py
	$(TESTS) -m "not long"

# What takes long: Streamlit's page and the relief, which cost a browser most; a browser's tests in more languages, themes and sizes;
# what compiles kernels anew.
test-long: .venv/installed-dev
	@.venv/bin/python tests/browser/setup_browser.py
	$(TESTS) -m long

# What a change has to pass before it is tried in a browser: style, types, arrows, and what Python and Node see alone in a minute:
# without a server, without compiling anything anew, and without what runs or draws much.
SERVED = app commits data_route fuzz guard offline_route player_route protocols routes script script_printed setting_changes share_route visits
COMPILED = anatomy compiler compiling_ahead net_anatomy package readme wasm wasm_network
MUCH = camera changes curvature elementary fractal ground labels lesson_claims lesson_page lesson_rules lesson_why lines loss_chart map_modules \
	net_plan network_page network_scene network_sharpness outcomes pages race_figure regions same_paths shading sharpness spec sweep \
	sweep_cluster terrain train_limit training
ALONE = --ignore tests/browser $(patsubst %,--ignore tests/test_%.py,$(SERVED) $(COMPILED) $(MUCH))
check: .venv/installed-check
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	PATH="$$PWD/.venv/bin:$$PATH" node_modules/.bin/biome ci
	PATH="$$PWD/.venv/bin:$$PATH" node_modules/.bin/tsc
	.venv/bin/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile $(ALONE)

bench: .venv/installed-dev
	@.venv/bin/python tests/browser/setup_browser.py
	.venv/bin/python bench/run.py

profile: .venv/installed-dev
	@.venv/bin/python tests/browser/setup_browser.py
	.venv/bin/python -m bench.profile

# A class of 300, then of 1000, opens the player within ten seconds.
load: .venv/installed-dev
	.venv/bin/python bench/load.py

wasm: .venv/installed
	.venv/bin/python -m speedup.kernels.wasm
	.venv/bin/python -m speedup.race.tuning

docs: .venv/installed
	.venv/bin/python -m docs.generated

# Where everything stands, stored anew; pictures to look at are in tests/browser/changed.
pictures: .venv/installed-dev
	@.venv/bin/python tests/browser/setup_browser.py
	RENEW=1 .venv/bin/python -m pytest -q tests/browser/test_layout.py

types: .venv/installed
	.venv/bin/python -m tests.browser_names

SOME_VENV = .venv/bin/python -c 'import pip; $(SUITS)' 2>/dev/null || $(MAKE) --no-print-directory venv

.venv/installed: requirements.txt
	@$(SOME_VENV)
	@echo "installing requirements into .venv"
	@$(call INSTALL,requirements.txt)
	@touch $@

.venv/installed-dev: requirements-dev.txt requirements.txt
	@$(SOME_VENV)
	@echo "installing requirements for the tests into .venv"
	@$(call INSTALL,requirements-dev.txt)
	@touch .venv/installed $@

.venv/installed-check: requirements-check.txt package-lock.json .venv/installed-dev
	@echo "installing the checkers into .venv and node_modules"
	@$(call INSTALL,requirements-check.txt)
	@PATH="$$PWD/.venv/bin:$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@

# Debian's Python may lack what `venv` needs; virtualenv brings its own.
venv:
	@$(PYTHON) -c '$(SUITS)' 2>/dev/null || { \
		version=$$($(PYTHON) --version 2>/dev/null | head -n 1); \
		echo "This needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $${version:-not there}."; \
		echo "Get one at https://www.python.org/downloads/, or name it: make run PYTHON=/path/to/it"; exit 1; }
	@echo "making .venv"
	@$(PYTHON) -m venv --clear .venv >/dev/null 2>&1 || { \
		rm -rf .venv .venv-bootstrap && $(PYTHON) -m pip install --quiet --target .venv-bootstrap virtualenv && \
		PYTHONPATH=.venv-bootstrap $(PYTHON) -m virtualenv --quiet .venv && rm -rf .venv-bootstrap; \
	} || { echo "Could not make .venv with $(PYTHON). On Debian: apt-get install python3-venv"; exit 1; }
