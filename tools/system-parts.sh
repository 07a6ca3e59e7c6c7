#!/bin/sh
# See that the system parts of the tests are here: use what there is, install what may be
# installed, and say loudly what is missing. The tests themselves skip (or, with CI=true, fail).
set -u

missing=
need() { # command, Debian package
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need msgfmt gettext
need tmux tmux
if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1 \
    && ! command -v google-chrome >/dev/null 2>&1; then missing="$missing chromium"; fi
need chromedriver chromium-driver
# Without a Korean font the pages' text has no width to measure.
if command -v fc-list >/dev/null 2>&1; then
    [ -n "$(fc-list :lang=ko 2>/dev/null | head -n 1)" ] || missing="$missing fonts-noto-cjk"
else
    missing="$missing fontconfig fonts-noto-cjk"
fi
# Debian has one version of each in a release, so the release is what fixes them: say which they are.
versions() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    # shellcheck disable=SC2016 # dpkg-query's own variables
    dpkg-query -W -f '${Package} ${Version}, ' gettext tmux chromium chromium-driver \
        fonts-noto-cjk 2>/dev/null | sed -e 's/, $//' -e 's/^/System parts: /'
    echo
}
if [ -z "$missing" ]; then
    versions
    exit 0
fi

if [ "$(id -u)" = 0 ]; then root=; elif sudo -n true 2>/dev/null; then root="sudo -n"; else root=no; fi
if command -v apt-get >/dev/null 2>&1 && [ "$root" != no ]; then
    echo "Installing for the tests:$missing …"
    log=$(mktemp)
    # The lists of a fresh machine are empty or old.
    $root apt-get update -qq >"$log" 2>&1
    # shellcheck disable=SC2086
    if $root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $missing >>"$log" 2>&1; then
        rm -f "$log"
        versions
        exit 0
    fi
    echo "apt-get could not install them; its last words:"
    tail -n 5 "$log"
    rm -f "$log"
fi
echo "!! Missing for the tests:$missing. The tests that need them are SKIPPED"
echo "!! (with CI=true they fail). Install them and run make test again."
exit 0
