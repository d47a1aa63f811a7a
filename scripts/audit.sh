#!/bin/sh
# Look up known vulnerabilities of everything that requirements/*.txt pins. Called by `make audit`.
# Exit code 0: none is known; 1: some are; 3: the list of vulnerabilities could not be asked.
set -u

cd "$(dirname "$0")/.." || exit 3
found=$(mktemp) && told=$(mktemp) || exit 3
trap 'rm -f "$found" "$told"' EXIT

worst=0
for file in requirements/*.txt; do
    : >"$found"
    if .venv/bin/python -m pip_audit --requirement "$file" --require-hashes --disable-pip \
        --progress-spinner off --timeout 20 --format columns --output "$found" \
        >"$told" 2>&1 </dev/null; then
        printf '%s: no known vulnerability\n' "$file"
    elif grep -q '^Found [0-9]* known vulnerabilit' "$told"; then
        printf '%s: known vulnerabilities\n' "$file"
        cat "$found"
        [ "$worst" = 3 ] || worst=1
    else
        printf '%s: not looked up: %s\n' "$file" "$(tail -n 1 "$told" | cut -c 1-300)" >&2
        worst=3
    fi
done
if [ "$worst" = 3 ]; then
    printf 'error: the list of known vulnerabilities could not be asked for every file\n' >&2
    printf 'help: see that https://pypi.org can be reached, then run make audit again\n' >&2
fi
exit "$worst"
