#!/bin/sh
# See that an nginx is there for the tests of deploy/; install one when it is not.
# Called by `make test`. Takes what is on the PATH or in /usr/sbin, then Debian's package.
set -eu
. "$(dirname "$0")/common.sh"

PATH=$PATH:/usr/sbin:/usr/local/sbin

if ! command -v nginx >/dev/null 2>&1; then
    say "Installing nginx for the tests of deploy/ (apt-get install nginx-light openssl)"
    apt_install nginx-light openssl || true
fi
command -v nginx >/dev/null 2>&1 ||
    fail "nginx could not be installed (the reason is above). Put nginx on the PATH and run this again. On Debian and Ubuntu, as root: apt-get install nginx-light openssl"
command -v openssl >/dev/null 2>&1 ||
    fail "The tests of deploy/ make a certificate with openssl, which is not there. On Debian and Ubuntu, as root: apt-get install openssl"
say "nginx: $(command -v nginx)"
