#!/bin/sh
# Install into the virtual environment $1, made when it is not there, what the other arguments ask
# of pip. The versions are those of the file in $CONSTRAINTS (none when that is empty).
#
# An install that was killed leaves packages that look whole and are not. A marker lies in the
# environment while something is installed; where one is found, the environment is made again.
set -eu
venv=$1
shift
marker=$venv/.unfinished
log=$venv/.install.log

if [ -e "$marker" ]; then
    echo "The last install into $venv was cut off: making it again …"
    rm -rf "$venv.broken"
    mv "$venv" "$venv.broken"
fi
rm -rf "$venv.broken"
# A Python that was removed or upgraded leaves an environment that is there and does not run.
"$venv/bin/python" -m pip --version >/dev/null 2>&1 || rm -rf "$venv"
mkdir -p "$venv"
: >"$marker"
if [ ! -e "$venv/bin/python" ]; then
    sh "$(dirname "$0")/make-venv.sh" "$venv"
    : >"$marker"
fi

# As variables, for pip also hands these to the environment in which it builds our wheel (by the
# second name since pip 25.3). A user's own constraints hold as well.
if [ -n "${CONSTRAINTS:-}" ]; then
    PIP_CONSTRAINT="$CONSTRAINTS ${PIP_CONSTRAINT:-}"
    PIP_BUILD_CONSTRAINT="$CONSTRAINTS ${PIP_BUILD_CONSTRAINT:-}"
    export PIP_CONSTRAINT PIP_BUILD_CONSTRAINT
fi
rm -f "$log"
if "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --log "$log" "$@" \
    >/dev/null 2>&1; then
    rm -f "$marker" "$log"
    exit 0
fi

# pip had not begun to write: the environment is as it was.
grep -q 'Installing collected packages' "$log" || rm -f "$marker"
# pip says the same of an index that is down and of versions that do not exist; its log does not.
said() { # the first line that matches, without pip's time and level
    grep -E "$1" "$log" | head -n 1 | sed -E 's/^[0-9T:,-]+ +//; s/^(ERROR|WARNING): *//' | cut -c 1-300
}
fail() {
    echo "error: $*" >&2
    exit 2
}
down='Could not fetch URL .*(: (5[0-9]{2}|401|403|407) |connection error|[Cc]onnect|SSL|timed out)'
down="$down|Max retries|Connection broken|Read timed out|HTTP error (5|401|403|407)"
unresolved='No matching distribution|ResolutionImpossible|conflicting dependencies'
ask='check the network, whether it asks for a login, PIP_INDEX_URL and the files of pip config'
if [ -n "$(said 'No space left on device')" ]; then
    fail "the disk is full — make room and run make again"
elif [ -n "$(said "$down")" ]; then
    fail "the package index does not answer ($(said "$down")) — $ask, then run make again"
elif [ -n "$(said "$unresolved")" ] && [ -z "$(said 'Found link')" ]; then
    fail "the package index answers with a page that lists no package — $ask, then run make again"
elif [ -n "$(said "$unresolved")" ]; then
    clash=$(sed -n '/The conflict is caused by/,/To fix this/p' "$log" |
        sed -E 's/^[0-9T:,-]+ +//; /^The conflict|^To fix|^ *$/d; s/^ +//' | head -n 4 | tr '\n' ';')
    fail "${CONSTRAINTS:-pyproject.toml} does not resolve here (${clash:-$(said "$unresolved")})" \
        "— renew it with make update, then run make again"
else
    fail "pip could not install ($(said '(ERROR|rror:)')) — all that it said is in $log"
fi
