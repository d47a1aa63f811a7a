#!/bin/sh
# Make .venv with the newest suitable Python. Called by `make install`.
# On Debian and Ubuntu the venv module is a package of its own: it is installed when missing.
set -eu
. "$(dirname "$0")/common.sh"

suitable() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1
}

# Somebody's own .venv is used as it is, if it can be.
if [ -z "${PYTHON:-}" ] && suitable .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    say "Using the .venv that is there"
    exit 0
fi

python=${PYTHON:-}
if [ -n "$python" ]; then
    suitable "$python" || fail "PYTHON=$python is not a Python 3.11 or newer."
else
    for candidate in python3.13 python3.12 python3.11 python3; do
        if suitable "$candidate"; then
            python=$candidate
            break
        fi
    done
    [ -n "$python" ] || fail "no Python 3.11 or newer found. Install one, or name it: make install PYTHON=/path/to/python3"
fi
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')

if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    package=python$version-venv
    command -v apt-get >/dev/null 2>&1 ||
        fail "Python $version has no venv module. Install the package that brings it (venv and ensurepip), then run make again."
    say "Installing $package (Python $version has no venv module)"
    apt_install "$package" || fail "could not install $package. Run as root: apt-get install $package"
fi

say "Making .venv with Python $version"
"$python" -m venv --clear .venv
