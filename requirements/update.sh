#!/bin/sh
# Renews the pinned, hashed requirement files from pyproject.toml. For developers only: it needs `uv`
# (set UV to use a certain one). Pass --upgrade to take newer versions; without it only what
# pyproject.toml newly demands changes.
#
# The files carry no index line and no URL: which package registry is used is each machine's own
# configuration. They are universal (markers for each Python and system), wheels only, and are installed
# with "pip install --require-hashes --no-deps --only-binary :all:".
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-uv}

compilar() {
    destino=$1
    shift
    # docopt serves num2words' command line only and exists only as source, whose build would download
    # unpinned tools: it is left out (nothing imports it).
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --only-binary :all: --no-binary docopt --no-emit-package docopt \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
        --output-file "$destino" "$@" >/dev/null
}

# dev.txt holds everything; the other two take their versions from it, so that the three never differ.
compilar requirements/dev.txt pyproject.toml --extra dev requirements/build.in "$@"
compilar requirements/runtime.txt pyproject.toml --constraint requirements/dev.txt "$@"
compilar requirements/build.txt requirements/build.in --constraint requirements/dev.txt "$@"
