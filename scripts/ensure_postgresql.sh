#!/bin/sh
# See that a PostgreSQL is there for the tests of unanswered questions; install one when it is not.
# Called by `make test`. Takes the newest of Debian's folders or what is on the PATH, then Debian's
# package. Where none can be had it says so and ends well: those tests are skipped with that reason.
set -eu

. "$(dirname "$0")/common.sh"

found() {
    for one in "$(command -v initdb || true)" /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$one" ] && dirname "$one"
    done | tail -n 1
}

if [ -z "$(found)" ]; then
    say "Installing PostgreSQL for the tests of unanswered questions (apt-get install postgresql)"
    apt_install postgresql || true
fi
if [ -n "$(found)" ]; then
    say "PostgreSQL: $(found)"
else
    say "PostgreSQL could not be installed (the reason is above): tests that need it are skipped. On Debian and Ubuntu, as root: apt-get install postgresql"
fi
