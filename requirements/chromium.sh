#!/bin/sh
# The browser tests drive a real Chromium. Installs Debian's when root on Debian; says what to install otherwise.
set -eu
for name in "${STARFISH_CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests ..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  exit 0
fi
echo "The browser tests need Chromium. On Debian: sudo apt-get install chromium. Elsewhere, set STARFISH_CHROMIUM to the path of a Chromium." >&2
exit 1
