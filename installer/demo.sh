#!/bin/sh
# From a fresh clone to the program with demo data, in one command.
# Usage: sh installer/demo.sh [--sin-ventana] [--cuentas N]
# With a display it opens the window; without one, or with --sin-ventana, it charges an account headless,
# leaves the receipt, the corte and the screenshots in .demo/ and ends by itself.
set -eu
cd "$(dirname "$0")/.."
. installer/comun.sh

CARPETA=.demo

# Says what lies in a folder; a demo that left nothing there has failed. $1: what, $2: folder, $3: file ending.
decir() {
    archivos=$(find "$2" -type f -name "*.$3" 2>/dev/null | sort)
    [ -n "$archivos" ] || falla "La demostración terminó sin dejar $1 en $2"
    printf '    %s:\n' "$1"
    printf '%s\n' "$archivos" | sed "s|^|      |"
}

ventana=no
if hay_pantalla; then ventana=si; fi
for opcion in "$@"; do
    case "$opcion" in
        --sin-ventana) ventana=no ;;
        --carpeta*) falla "Aquí la carpeta es siempre $CARPETA; para otra use .venv/bin/lerdo-desk demo --carpeta CARPETA" ;;
    esac
done

sh installer/bootstrap.sh
if [ "$ventana" = si ]; then
    paso "Abriendo lerdo_desk con datos de demostración"
    exec .venv/bin/lerdo-desk demo "$@"
fi
paso "La demostración se hace sin ventana"
.venv/bin/lerdo-desk demo --sin-ventana --carpeta "$CARPETA" "$@" ||
    falla "La demostración no terminó; el renglón anterior dice por qué."
paso "Demostración terminada. Puede ver:"
decir "Recibo (PDF)" "$CARPETA/recibos" pdf
decir "Corte (PDF)" "$CARPETA/cortes" pdf
decir "Capturas de pantalla (PNG)" "$CARPETA/capturas" png
