# make run     set everything up and serve the site at http://127.0.0.1:8000 (another port: PORT=9000 make run)
# make test    set everything up and run every test
# The rest is for those who work on the site.

PORT ?= 8000
PYTHON_IN = PYTHONPATH=site .venv/bin/python
.DEFAULT_GOAL = help

.PHONY: help run dev test test-every-lesson test-postgres faults fuzz audit scale check lint types lock schemas rules bench lighthouse

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

# Links and printed sheets name the address under which the site is served here.
run dev: export STARFISH_ADDRESS ?= http://127.0.0.1:$(PORT)

run: .venv-run static database
	@# Files to take away are made beforehand, quietly and in the background; one that is asked for earlier is made then.
	@nice -n 10 .venv/bin/python manage.py build_documents >/dev/null 2>&1 &
	@echo "Starfish is at http://127.0.0.1:$(PORT) (stop it with Ctrl+C)"
	@PYTHONPATH=site exec .venv/bin/python -m starfish.publishing --port $(PORT)

.PHONY: .venv-run .venv-test .venv-audit .venv-fuzz static database
.venv-run:
	@requirements/install.sh run
	@requirements/debian.sh run

.venv-test:
	@requirements/install.sh test

# Where these cannot be installed, what needs them says that it did not run.
.venv-audit: .venv-test
	@requirements/install.sh audit || echo "Not everything could be installed. Each line below says whether it ran."

.venv-fuzz: .venv-test
	@requirements/install.sh fuzz || echo "It could not be installed."

static:
	@.venv/bin/python manage.py collectstatic --noinput --clear --verbosity 0

# The records of school staff. Lessons and help do without.
database:
	@mkdir -p var
	@.venv/bin/python manage.py migrate --noinput --verbosity 0 2>/dev/null || \
	  echo "The database of school staff cannot be opened, so nobody can sign in. Lessons and help work all the same. Why: .venv/bin/python manage.py migrate"

# make dev     serve with errors shown and the component gallery at /components/
dev: .venv-run database
	STARFISH_DEBUG=true .venv/bin/python manage.py runserver 127.0.0.1:$(PORT)

test: .venv-test
	@requirements/debian.sh test
	@$(MAKE) --no-print-directory --jobs --output-sync lint types check
	$(PYTHON_IN) -m pytest -n auto --no-loadscope-reorder

# make test-every-lesson  every test, the slow ones with every lesson and not with chosen ones (half an hour)
test-every-lesson: .venv-test
	@requirements/debian.sh test
	TEST_EVERY_LESSON=1 $(PYTHON_IN) -m pytest -n auto --no-loadscope-reorder

# make test-postgres  the tests of the staff database, on a PostgreSQL that is started for them and stopped afterwards
test-postgres: .venv-test
	@requirements/debian.sh test
	$(PYTHON_IN) tests/on_postgres.py -m pytest tests/schools tests/assessment

# make faults  every way to break it that the tests know, at length and with counts (half an hour; as root for a full disk)
faults: .venv-test
	@requirements/debian.sh test
	TEST_EVERY_FAULT=1 $(PYTHON_IN) -m pytest tests/faults tests/deploy

# make fuzz    feed the readers of content with what could break them (a minute each; SECONDS=600 make fuzz)
SECONDS ?= 60
fuzz: .venv-fuzz
	$(PYTHON_IN) tests/fuzz.py $(SECONDS)

# make audit   known holes in dependencies, careless code, and a list of what is inside; needs the internet for the first
audit: .venv-audit
	$(PYTHON_IN) tests/audit.py

# make scale   starting, memory and search index with 72, 720 and 7,200 lessons (twenty minutes)
scale: .venv-run
	$(PYTHON_IN) benchmarks/scale.py

# make check   check the content folder alone
check: .venv-run
	$(PYTHON_IN) -m starfish.curriculum content

lint: .venv-test
	.venv/bin/ruff check manage.py site tests benchmarks
	.venv/bin/ruff format --check manage.py site tests benchmarks
	PYTHONPATH=site .venv/bin/lint-imports

types: .venv-test
	PYTHONPATH=site .venv/bin/mypy

# make rules   write docs/authors/rules.md from the rules themselves
rules: .venv-run
	$(PYTHON_IN) -m starfish.curriculum.rules.handbook > docs/authors/rules.md

# make schemas write the JSON Schemas of the facts files
schemas: .venv-run
	.venv/bin/python manage.py content_schema --to docs/authors/schemas

# make lock    pin every dependency again, with hashes (needs uv)
lock:
	uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url --no-header -o requirements/run.txt
	uv pip compile pyproject.toml --extra postgres --quiet --universal --generate-hashes --no-emit-index-url --no-header -o requirements/postgres.txt
	uv pip compile pyproject.toml --extra oidc --quiet --universal --generate-hashes --no-emit-index-url --no-header -o requirements/oidc.txt
	uv pip compile pyproject.toml --group test --quiet --universal --generate-hashes --no-emit-index-url --no-header -o requirements/test.txt
	uv pip compile pyproject.toml --extra postgres --group test --group audit --quiet --universal --generate-hashes --no-emit-index-url --no-header -o requirements/audit.txt
	uv pip compile --group fuzz --quiet --universal --generate-hashes --no-emit-index-url --no-header -o requirements/fuzz.txt

# make bench   compare this site with nginx and with Django alone (needs nginx and wrk; under two minutes)
bench: .venv-test static
	@requirements/debian.sh bench
	@$(PYTHON_IN) benchmarks/serving

# make lighthouse  Lighthouse's marks for five pages (needs node, and fetches Lighthouse from npm)
lighthouse: .venv-test static
	@$(PYTHON_IN) benchmarks/lighthouse.py
