# Short names for what CONTRIBUTING.md describes; `just` lists them. They use the environment that README.md sets up.

bin := ".venv/bin"

_default:
    @just --list

# the tests; arguments go to pytest: just test tests/matching -x
test *arguments:
    {{bin}}/pytest -q {{arguments}}

# style and form
lint:
    {{bin}}/ruff check
    {{bin}}/ruff format --check

# types
types:
    {{bin}}/mypy

# the knowledge folder: every finding with its place
check:
    {{bin}}/jjbot check knowledge

# the files of the knowledge folder in one form
form:
    {{bin}}/jjbot format knowledge

# everything that must hold before a change lands, on a clean clone of what is committed
ci:
    .ci/run
