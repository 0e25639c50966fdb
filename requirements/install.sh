#!/bin/sh
# Sets up .venv with what one of the lists beside this file names, and nothing else. Does nothing when that is done already.
# Use: requirements/install.sh run|test|postgres|oidc|audit|fuzz
set -eu
cd "$(dirname "$0")/.."
list="requirements/$1.txt"
stamp=".venv/ready-$1"

python="${PYTHON:-}"
if [ -z "$python" ]; then
  for name in python3.11 python3.12 python3.13 python3; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python="$name"; break; fi
  done
fi
if [ -z "$python" ]; then
  echo "Starfish needs Python 3.11 or newer, and none was found. Install it, or name it: PYTHON=/path/to/python make run" >&2
  exit 1
fi

if [ -f "$stamp" ] && cmp -s "$list" "$stamp"; then exit 0; fi

if ! [ -x .venv/bin/pip ]; then
  rm -rf .venv
  if ! "$python" -m venv .venv 2>/dev/null; then
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      apt-get update -qq
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
      "$python" -m venv .venv
    else
      echo "Python cannot make a virtual environment here. On Debian: sudo apt-get install python3-venv" >&2
      exit 1
    fi
  fi
fi

echo "Installing what $list names ..."
.venv/bin/pip install --quiet --disable-pip-version-check --no-warn-script-location --require-hashes -r "$list"
cp "$list" "$stamp"
