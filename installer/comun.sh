# Common words of the installer's scripts; they read it with ". installer/comun.sh" from the clone's root.
# shellcheck shell=sh

# One step, one line, in Spanish.
paso() { printf '==> %s\n' "$*"; }

# Something worth knowing that stops nothing.
aviso() { printf 'AVISO: %s\n' "$*" >&2; }

# The one clear line with which a script ends when it cannot go on.
falla() {
    printf 'ERROR: %s\n' "$*" >&2
    exit 1
}

# True when a window can be opened on this machine.
hay_pantalla() { [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; }
