#!/bin/sh
# Debian packages that Python cannot bring: Pango for PDF files (run), and a browser, a font, readers of our files, nginx, systemd, PostgreSQL and Kiwix (test).
# Installs them when root on Debian. Otherwise says what to install: `run` goes on without PDF files, `test` stops.
# Use: requirements/debian.sh run|test|bench
set -eu

missing=""
need() { # need PACKAGE COMMAND-OR-LIBRARY-OR-PATH
  case "$2" in
    # shellcheck disable=SC2086 # a pattern
    /*) ls $2 >/dev/null 2>&1 || command -v "${2##*/}" >/dev/null 2>&1 || missing="$missing $1" ;;
    lib*) ldconfig -p 2>/dev/null | grep -q "$2" || missing="$missing $1" ;;
    *) command -v "$2" >/dev/null 2>&1 || missing="$missing $1" ;;
  esac
}

need libpango-1.0-0 libpango-1.0.so
need libpangoft2-1.0-0 libpangoft2-1.0.so
need libharfbuzz-subset0 libharfbuzz-subset.so
if [ "$1" = test ]; then
  need qpdf qpdf
  need poppler-utils pdftotext
  need libreoffice-impress soffice
  need libreoffice-writer soffice
  need libreoffice-calc localc
  need nginx-light /usr/sbin/nginx
  need libnginx-mod-http-brotli-static /usr/lib/nginx/modules/ngx_http_brotli_static_module.so
  need systemd systemd-analyze
  need openssl openssl
  need zim-tools zimwriterfs
  need kiwix-tools kiwix-serve
  need postgresql '/usr/lib/postgresql/*/bin/initdb'
  need fonts-liberation '/usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf'
  if [ -z "${STARFISH_CHROMIUM:-}" ]; then need chromium chromium; fi
fi
if [ "$1" = bench ]; then
  need nginx-light /usr/sbin/nginx
  need wrk wrk
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Debian packages:$missing ..."
  # shellcheck disable=SC2086 # a list of packages
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
    exit 0
  fi
fi

echo "These programs are missing. On Debian: sudo apt-get install$missing" >&2
if [ "$1" = bench ]; then exit 1; fi
if [ "$1" = test ]; then
  echo "The tests need them. (Another Chromium can be named: STARFISH_CHROMIUM=/path/to/chromium make test)" >&2
  exit 1
fi
echo "Without them the site runs, but files to take away are not made; the web pages say the same and print cleanly." >&2
