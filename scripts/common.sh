# What the scripts beside this have in common; they read it with `.`.

say() { printf '%s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        # -n: fail instead of asking for a password where nobody can answer.
        if [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
    else
        return 1
    fi
}

# Install Debian packages; a service among them is not started.
apt_install() {
    command -v apt-get >/dev/null 2>&1 &&
        as_root apt-get update -qq </dev/null &&
        as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
            apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}
