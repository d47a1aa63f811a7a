#!/bin/sh
# See that a Chromium is there for the browser tests; install one when it is not.
# Called by `make test`. Takes what is on the PATH, then Debian's package, then Playwright's own.
set -eu
. "$(dirname "$0")/common.sh"

# Ubuntu's chromium-browser without the snap only prints a hint: ask for the version.
runs() { "$1" --version </dev/null >/dev/null 2>&1; }

# Playwright drives the browser through a Node.js of its own, which a minimal Debian cannot start.
if ! runs .venv/bin/playwright; then
    say "Installing libatomic1, which Playwright's driver needs (apt-get install libatomic1)"
    apt_install libatomic1 || true
    runs .venv/bin/playwright || {
        .venv/bin/playwright --version || true
        fail "Playwright's driver does not start (the reason is above). On Debian and Ubuntu, as root: apt-get install libatomic1"
    }
fi

for name in chromium google-chrome google-chrome-stable chromium-browser; do
    if command -v "$name" >/dev/null 2>&1 && runs "$name"; then
        say "Chromium: $(command -v "$name")"
        exit 0
    fi
done

bundled=$(.venv/bin/python - <<'PY'
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
PY
)
if [ -x "$bundled" ] && runs "$bundled"; then
    say "Chromium: $bundled"
    exit 0
fi

if [ -r /etc/os-release ] && (. /etc/os-release && [ "${ID:-}" = debian ]); then
    say "Installing Chromium for the browser tests (apt-get install chromium)"
    if apt_install chromium && runs chromium; then
        exit 0
    fi
    say "That did not work: trying Playwright's own"
fi

say "Installing Chromium for the browser tests (playwright install chromium)"
set -- install chromium
if [ "$(uname -s)" = Linux ] && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null 2>&1; }; then
    set -- install --with-deps chromium
fi
.venv/bin/playwright "$@" </dev/null ||
    fail "Chromium could not be installed (the reason is above). Put chromium or google-chrome on the PATH and run this again."
