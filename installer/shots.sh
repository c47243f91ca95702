#!/bin/sh
# Takes a picture of every screen, light and dark, at 1366x768.
# Usage: sh installer/shots.sh FOLDER
set -eu
inicio=$(pwd)
cd "$(dirname "$0")/.."
. installer/comun.sh

[ -n "${1:-}" ] || falla "Diga dónde dejar las capturas: sh installer/shots.sh CARPETA"
case "$1" in
    /*) carpeta=$1 ;;
    *) carpeta=$inicio/$1 ;;
esac
mkdir -p "$carpeta" 2>/dev/null || falla "No se puede crear la carpeta $carpeta"

if hay_pantalla; then
    sh installer/bootstrap.sh
    paso "Tomando las capturas en la pantalla de este equipo"
    .venv/bin/lerdo-desk demo --capturas "$carpeta" || falla "No se pudieron tomar las capturas."
else
    sh installer/bootstrap.sh --capturas
    paso "No hay pantalla: las capturas se toman en una virtual de 1366x768"
    xvfb-run -a -s "-screen 0 1366x768x24" .venv/bin/lerdo-desk demo --capturas "$carpeta" ||
        falla "No se pudieron tomar las capturas."
fi
cuantas=$(find "$carpeta" -type f -name '*.png' | wc -l)
[ "$cuantas" -gt 0 ] || falla "No quedó ninguna captura en $carpeta"
paso "Capturas en $carpeta: $cuantas"
