#!/bin/sh
# From a fresh clone to a tested program: prepares what the tests need, PostgreSQL's server included, and runs them.
# Usage: sh installer/test.sh [--completo]
#   without options: style, types, import contracts and the suite (at most ten minutes on 2 cores)
#   --completo:      the same and then what is marked "lento"; the first part is not repeated when it has
#                    already passed with exactly these files
set -eu
cd "$(dirname "$0")/.."
. installer/comun.sh

VERDE=.venv/lerdo-verde
LIMITE=600

# One line that names the content of every file of the tree; empty without git.
huella_del_arbol() {
    git rev-parse --git-dir >/dev/null 2>&1 || return 0
    git ls-files -z --cached --others --exclude-standard | sort -z | xargs -0 sha256sum 2>/dev/null |
        sha256sum | cut -d ' ' -f 1
}

ya_paso() {
    [ -n "$HUELLA" ] && [ -r "$VERDE" ] && [ "$(cat "$VERDE")" = "$HUELLA" ]
}

revisar() {
    paso "$1"
    shift
    "$@" || falla "No pasó: $*"
}

suite_rapida() {
    comienzo=$(date +%s)
    rm -f "$VERDE"
    revisar "Estilo (ruff check)" .venv/bin/ruff check .
    revisar "Formato (ruff format)" .venv/bin/ruff format --check .
    revisar "Tipos (mypy)" .venv/bin/mypy
    revisar "Contratos de importación (lint-imports)" .venv/bin/lint-imports
    revisar "Pruebas en SQLite y en PostgreSQL (pytest)" \
        .venv/bin/python -m pytest -q -n 2 -m "not lento" --cov --cov-report=term:skip-covered
    tardo=$(($(date +%s) - comienzo))
    paso "Suite rápida: pasó en $tardo s (límite: $LIMITE s)"
    [ "$tardo" -le "$LIMITE" ] || aviso "La suite rápida pasó de $LIMITE s; en 2 núcleos libres debe caber."
    # Files that changed while the tests ran were not the ones tested.
    if [ -n "$HUELLA" ] && [ "$(huella_del_arbol)" = "$HUELLA" ]; then printf '%s\n' "$HUELLA" >"$VERDE"; fi
}

suite_lenta() {
    resultado=0
    .venv/bin/python -m pytest -q --collect-only -m lento >.venv/lento.log 2>&1 || resultado=$?
    # pytest says 5 when nothing carries the mark.
    if [ "$resultado" -eq 5 ]; then
        paso "Ninguna prueba está marcada «lento»"
        return 0
    fi
    [ "$resultado" -eq 0 ] || falla "pytest no pudo leer las pruebas; el detalle está en .venv/lento.log"
    comienzo=$(date +%s)
    # One at a time: what is marked so measures times or fills the machine by itself.
    revisar "Pruebas marcadas «lento» (pytest)" .venv/bin/python -m pytest -q -m lento
    paso "Pruebas marcadas «lento»: pasaron en $(($(date +%s) - comienzo)) s"
}

COMPLETO=no
case "${1:-}" in
    '') ;;
    --completo) COMPLETO=si ;;
    *) falla "No conozco la opción «$1». Use: sh installer/test.sh [--completo]" ;;
esac
sh installer/bootstrap.sh --pruebas
# A PostgreSQL test that is skipped counts as failed.
export LERDO_REQUIRE_PG=1
HUELLA=$(huella_del_arbol)
if [ "$COMPLETO" = si ] && ya_paso; then
    paso "La suite rápida ya pasó con estos mismos archivos; falta sólo lo marcado «lento»"
else
    suite_rapida
fi
if [ "$COMPLETO" = si ]; then suite_lenta; fi
paso "Todo pasó"
