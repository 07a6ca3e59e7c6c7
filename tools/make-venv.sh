#!/bin/sh
# Make a virtual environment at $1 with the first Python on PATH that is new enough.
set -eu
venv=$1

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    echo "Making $venv with $("$python" --version) …"
    if "$python" -m venv "$venv" >/dev/null 2>&1; then exit 0; fi
    rm -rf "$venv"
    # Debian and Ubuntu ship Python without ensurepip.
    if command -v apt-get >/dev/null 2>&1 && may_install; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        as_root apt-get update -qq >/dev/null 2>&1 || true
        as_root apt-get install -y -qq "python$version-venv" >/dev/null 2>&1 || true
        if "$python" -m venv "$venv" >/dev/null 2>&1; then exit 0; fi
        rm -rf "$venv"
    fi
    if "$python" -m virtualenv "$venv" >/dev/null 2>&1; then exit 0; fi
    echo "error: $python cannot make a virtual environment — install its venv package" \
        "(on Debian: apt install python3-venv) and run make again" >&2
    exit 2
done
echo "error: no Python 3.11 or newer on PATH — install one, or name it: make PYTHON=/path/to/python3" >&2
exit 2
