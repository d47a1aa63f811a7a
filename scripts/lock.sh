#!/bin/sh
# Write the hash-pinned requirement files from pyproject.toml. Called by `make lock`.
# Settings of the person who locks (another index, local wheels) must not leak into the files.
set -eu

for variable in $(env | sed -n 's/^\(\(UV\|PIP\)_[A-Z_]*\)=.*/\1/p'); do
    unset "$variable"
done

compile() {
    .venv/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --custom-compile-command "make lock" "$@"
}

build_backend() {
    .venv/bin/python -c '
import tomllib
with open("pyproject.toml", "rb") as file:
    print("\n".join(tomllib.load(file)["build-system"]["requires"]))
'
}

# Everything first: the run requirements are a part of it and take their versions from there.
build_backend | compile "$@" --all-extras --output-file requirements/dev.txt pyproject.toml -
build_backend | compile --extra api --extra site --constraints requirements/dev.txt \
    --output-file requirements/run.txt pyproject.toml -
compile "$@" --no-deps --output-file requirements/whoosh-other.txt requirements/whoosh-other.in
compile "$@" --no-deps --output-file requirements/site-other.txt requirements/site-other.in
compile "$@" --output-file requirements/bench-other.txt requirements/bench-other.in
