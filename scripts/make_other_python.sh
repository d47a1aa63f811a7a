#!/bin/sh
# Make .venv/other-python with another release of Python than .venv has, so that a test can compare
# their answers. Called by `make test`. Where there is none, or it cannot be filled, it says so and
# the test is skipped: nothing fails.
set -eu
. "$(dirname "$0")/common.sh"

release() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' </dev/null 2>/dev/null
}
skip() {
    rm -rf "$there"
    say "$*: answers of two Pythons are not compared"
    exit 0
}

there=.venv/other-python
ours=$(release .venv/bin/python)
pinned=$there/requirements.txt
if [ -x "$there/bin/python" ] && cmp -s requirements/run.txt "$pinned"; then
    exit 0
fi

found=
for minor in 14 13 12 11; do
    for candidate in "python3.$minor" "${HOME:-}"/.pyenv/versions/3."$minor".*/bin/python; do
        [ "3.$minor" != "$ours" ] || continue
        [ "$(release "$candidate")" = "3.$minor" ] && found=$candidate && break 2
    done
done
[ -n "$found" ] || skip "no other Python than $ours found"

say "Making $there with Python $(release "$found")"
"$found" -m venv --clear "$there" >/dev/null 2>&1 || skip "Python $(release "$found") makes no venv"
"$there/bin/python" -m pip install --quiet --no-input --require-hashes --only-binary :all: \
    -r requirements/run.txt </dev/null || skip "its requirements cannot be installed (reason above)"
cp requirements/run.txt "$pinned"
