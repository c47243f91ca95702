#!/bin/sh
# The common part of the installer: system libraries, .venv, pinned hashed dependencies, the program itself.
# Usage: sh installer/bootstrap.sh [--pruebas | --capturas]
#   --pruebas   adds what the tests need (developers' tools, PostgreSQL's server, poppler, CUPS, git, a virtual
#               screen)
#   --capturas  adds a virtual screen
# Safe to repeat: what is already there is not touched, and the second run takes about a second.
set -eu
cd "$(dirname "$0")/.."
. installer/comun.sh

VENV=.venv
BITACORA=$VENV/instalacion.log

# --- which system ---------------------------------------------------------------------------------

revisar_sistema() {
    [ "$(uname -s)" = Linux ] || falla "Este instalador es para Linux (Debian 12); este equipo es $(uname -s)."
    ID='' VERSION_ID='' ID_LIKE='' PRETTY_NAME='Linux'
    if [ -r /etc/os-release ]; then . /etc/os-release; fi
    case "$ID:$VERSION_ID" in
        debian:12) paso "Sistema: $PRETTY_NAME" ;;
        ubuntu:24.04) paso "Sistema: $PRETTY_NAME (debe funcionar, pero no se ha probado)" ;;
        *)
            case " $ID $ID_LIKE " in
                *" debian "* | *" ubuntu "*) aviso "$PRETTY_NAME no se ha probado; se sigue como si fuera Debian 12." ;;
                *) falla "Este instalador sólo conoce Debian 12 y Ubuntu 24.04; este equipo tiene $PRETTY_NAME." ;;
            esac
            ;;
    esac
    # Qt's wheels: glibc 2.34 on x86_64 and 2.39 on aarch64. Nobody has tried the second.
    case "$(uname -m)" in
        x86_64) minima=34 ;;
        aarch64) minima=39 && aviso "En procesadores ARM (aarch64) no se ha probado." ;;
        *) falla "Se necesita un procesador x86_64 (o aarch64); este equipo es $(uname -m)." ;;
    esac
    glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null || echo 'glibc 2.0')
    segunda=${glibc#glibc 2.}
    [ "${segunda%%.*}" -ge "$minima" ] ||
        falla "Se necesita glibc 2.$minima o posterior en $(uname -m); este equipo tiene $glibc."
}

# --- Debian packages ------------------------------------------------------------------------------

instalado() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Adds to FALTAN each named package that is not installed. Debian 13 and Ubuntu 24.04 renamed some
# libraries to NAMEt64: either name will do, and apt takes the old one as another name of the new.
pedir() {
    for paquete in "$@"; do
        instalado "$paquete" || instalado "${paquete}t64" || FALTAN="$FALTAN $paquete"
    done
}

python_sirve() {
    "$PYTHON" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 16))' 2>/dev/null
}

hay_servidor_postgresql() {
    for programa in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$programa" ] && return 0
    done
    return 1
}

buscar_faltantes() {
    FALTAN=''
    if ! command -v "$PYTHON" >/dev/null 2>&1; then
        FALTAN=' python3 python3-venv'
    elif ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
        FALTAN=' python3-venv'
    fi
    # Each of the first line is named by ldd of QtCore and QtGui, the second by Qt's X11 plug-in, then
    # Wayland's and the printers' plug-ins.
    pedir libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0
    pedir libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
    pedir libwayland-cursor0 libwayland-egl1 libcups2
    case "$MODO" in
        pruebas)
            pedir xvfb xauth
            command -v pdftotext >/dev/null 2>&1 || pedir poppler-utils
            [ -x /usr/sbin/cupsd ] || pedir cups-daemon
            command -v lpadmin >/dev/null 2>&1 || pedir cups-client
            command -v git >/dev/null 2>&1 || pedir git
            hay_servidor_postgresql || FALTAN="$FALTAN postgresql"
            ;;
        capturas) pedir xvfb xauth ;;
    esac
}

# Prints how this person may install packages: "" (is root), "sudo", or fails.
como_administrador() {
    [ "$(id -u)" -ne 0 ] || return 0
    command -v sudo >/dev/null 2>&1 || return 1
    # Without a terminal sudo cannot ask for the password: only a login that needs none will do.
    if [ -t 0 ] || sudo -n true 2>/dev/null; then echo sudo; else return 1; fi
}

apt_get() {
    # shellcheck disable=SC2086  # $SUDO is empty or one word
    $SUDO env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" >>"$BITACORA" 2>&1 </dev/null
}

# Debian's server package creates a cluster and starts it. The tests run a private one, so nothing is
# to be left running here: its switch is off during the installation and put back afterwards.
instalar_postgresql() {
    ajuste=/etc/postgresql-common/createcluster.conf
    apt_get install --no-install-recommends postgresql-common || return 1
    # shellcheck disable=SC2086
    $SUDO sh -c "{ [ -e $ajuste.lerdo ] || cp -p $ajuste $ajuste.lerdo; } && echo 'create_main_cluster = false' >>$ajuste" || return 1
    resultado=0
    apt_get install --no-install-recommends postgresql || resultado=1
    # shellcheck disable=SC2086
    $SUDO mv -f "$ajuste.lerdo" "$ajuste" || resultado=1
    return $resultado
}

instalar_paquetes() {
    buscar_faltantes
    if [ -z "$FALTAN" ]; then
        paso "Bibliotecas del sistema: completas"
        return 0
    fi
    PIDA="Pida a quien administra el equipo que instale:$FALTAN"
    command -v apt-get >/dev/null 2>&1 || falla "Faltan paquetes del sistema y no está apt-get. $PIDA"
    SUDO=$(como_administrador) || falla "Faltan paquetes del sistema y usted no puede instalarlos. $PIDA"
    paso "Instalando paquetes del sistema:$FALTAN"
    if [ "$SUDO" = sudo ]; then sudo -v || falla "No se obtuvo permiso de sudo. $PIDA"; fi
    apt_get update || aviso "No se pudo actualizar toda la lista de paquetes; se intenta con la que hay."
    sin_servidor=$(printf '%s' "$FALTAN" | sed 's/ postgresql$//')
    if [ -n "$sin_servidor" ]; then
        # shellcheck disable=SC2086  # a list of package names
        apt_get install --no-install-recommends $sin_servidor ||
            falla "apt-get no pudo instalar los paquetes del sistema. Revise la conexión y el detalle en $BITACORA"
    fi
    if [ "$sin_servidor" != "$FALTAN" ]; then
        instalar_postgresql ||
            falla "apt-get no pudo instalar el servidor PostgreSQL. Revise la conexión y el detalle en $BITACORA"
    fi
    buscar_faltantes
    [ -z "$FALTAN" ] || falla "Después de instalar siguen faltando:$FALTAN. El detalle está en $BITACORA"
}

# --- Python ---------------------------------------------------------------------------------------

# One line that changes when the environment must be built anew: the place (scripts in .venv name it), the
# Python, the project's own declaration (not its tools' settings) and the requirement files. $1: those files.
sello() {
    # shellcheck disable=SC2086  # a list of file names without spaces
    {
        pwd
        "$PYTHON" -V
        sed '/^\[tool\.ruff/,$d' pyproject.toml
        cat $1
    } | sha256sum | cut -d ' ' -f 1
}

# True when .venv was finished for these requirement files and still runs. $1: name of the stamp, $2: the files.
al_dia() {
    [ -r "$VENV/$1" ] && [ "$(cat "$VENV/$1")" = "$(sello "$2")" ] &&
        "$VENV/bin/python" -c '' 2>/dev/null && [ -x "$VENV/bin/lerdo-desk" ]
}

instalar_con_pip() {
    "$VENV/bin/python" -m pip --disable-pip-version-check --no-input install --no-deps "$@" >>"$BITACORA" 2>&1
}

instalar_python() {
    ejecucion='requirements/runtime.txt requirements/build.txt'
    desarrollo=requirements/dev.txt
    nombre=lerdo-ejecucion archivos=$ejecucion
    if [ "$MODO" = pruebas ]; then nombre=lerdo-desarrollo archivos=$desarrollo; fi
    # The developers' set holds all of the other.
    if al_dia "$nombre" "$archivos" || al_dia lerdo-desarrollo "$desarrollo"; then
        paso "Dependencias de Python: al día"
        return 0
    fi
    python_sirve ||
        falla "Se necesita Python 3.11 a 3.15 con venv; $("$PYTHON" -V 2>&1) no sirve. Indique otro con LERDO_PYTHON=/ruta/a/python3"
    # Only the developers' tools may be added to what is there: any other change builds it anew, so that
    # no library stays behind which the requirement files no longer name.
    if ! al_dia lerdo-ejecucion "$ejecucion"; then
        paso "Creando el entorno de Python en $VENV"
        rm -rf .venv/bin .venv/lib .venv/lib64 .venv/include
        "$PYTHON" -m venv "$VENV" >>"$BITACORA" 2>&1 ||
            falla "No se pudo crear $VENV. El detalle está en $BITACORA"
    fi
    paso "Instalando las dependencias de Python, con versión y huella fijas (la primera vez tarda)"
    rm -f "$VENV/lerdo-ejecucion" "$VENV/lerdo-desarrollo"
    opciones=''
    for archivo in $archivos; do opciones="$opciones -r $archivo"; done
    # Wheels only: nothing downloaded is executed while it is installed.
    # shellcheck disable=SC2086  # a list of options
    instalar_con_pip --require-hashes --only-binary :all: $opciones ||
        falla "pip no pudo instalar las dependencias. Revise la conexión y el detalle en $BITACORA"
    paso "Instalando lerdo_desk en $VENV"
    instalar_con_pip --no-build-isolation -e . ||
        falla "pip no pudo instalar lerdo_desk. El detalle está en $BITACORA"
    sello "$archivos" >"$VENV/$nombre"
}

MODO=ejecucion
case "${1:-}" in
    '') ;;
    --pruebas) MODO=pruebas ;;
    --capturas) MODO=capturas ;;
    *) falla "No conozco la opción «$1». Use: sh installer/bootstrap.sh [--pruebas | --capturas]" ;;
esac
PYTHON=${LERDO_PYTHON:-python3}
revisar_sistema
{ mkdir -p "$VENV" && true >"$BITACORA"; } 2>/dev/null ||
    falla "No se puede escribir en $(pwd)/$VENV; ¿lo creó otra persona? Bórrelo o use otra copia del programa."
instalar_paquetes
instalar_python
