"""Every colour and every size of the program; no other room may hold one.

Colours are ``#RRGGBB`` (the scrim is ``#AARRGGBB``). Sizes are device-independent pixels at 100 % of the
user's text size; ``theme.Tema.px`` scales them. Type sizes are points.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Paleta(NamedTuple):
    """The colours of one theme, by what they are for."""

    nombre: str
    oscura: bool
    bg: str
    surface: str
    surface2: str
    border: str
    border_strong: str
    text: str
    muted: str
    disabled: str
    primary: str
    primary_hover: str
    primary_press: str
    on_primary: str
    primary_soft: str
    primary_text: str
    focus: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    sidebar: str
    sidebar_text: str
    sidebar_muted: str
    sidebar_active: str
    sidebar_accent: str
    sidebar_focus: str
    hover: str
    alt_row: str
    scrim: str


CLARO = Paleta(
    nombre="claro",
    oscura=False,
    bg="#F4F6F8",
    surface="#FFFFFF",
    surface2="#F7F9FA",
    border="#DFE5E9",
    border_strong="#7B8C96",
    text="#17242B",
    muted="#55656E",
    disabled="#94A2A9",
    primary="#0B6E75",
    primary_hover="#095E64",
    primary_press="#074E53",
    on_primary="#FFFFFF",
    primary_soft="#E0F1F1",
    primary_text="#0A636A",
    focus="#1B7FD6",
    ok="#1A6B3C",
    ok_soft="#E3F3E9",
    warn="#8A5300",
    warn_soft="#FDF0D7",
    bad="#B3261E",
    bad_soft="#FCE8E6",
    info="#1F5FA8",
    info_soft="#E5EFFA",
    sidebar="#12303A",
    sidebar_text="#E6EEF0",
    sidebar_muted="#9DB4BA",
    sidebar_active="#1E4854",
    sidebar_accent="#8FD8DB",
    sidebar_focus="#8CD3F5",
    hover="#EEF3F5",
    alt_row="#FAFBFC",
    scrim="#6E000000",
)

OSCURO = Paleta(
    nombre="oscuro",
    oscura=True,
    bg="#11191D",
    surface="#182227",
    surface2="#1E2A30",
    border="#2A3940",
    border_strong="#64787F",
    text="#E4ECEE",
    muted="#A3B3B9",
    disabled="#66777E",
    primary="#2AA7AE",
    primary_hover="#3BB7BE",
    primary_press="#238F95",
    on_primary="#06181A",
    primary_soft="#173A3E",
    primary_text="#5CC9CF",
    focus="#6DB3F2",
    ok="#6FCB93",
    ok_soft="#17331F",
    warn="#E9B45C",
    warn_soft="#3A2B10",
    bad="#F2918A",
    bad_soft="#41201E",
    info="#86B8F0",
    info_soft="#182E47",
    sidebar="#0C1417",
    sidebar_text="#DDE7EA",
    sidebar_muted="#8CA1A8",
    sidebar_active="#1B3138",
    sidebar_accent="#8FD8DB",
    sidebar_focus="#8CD3F5",
    hover="#212E34",
    alt_row="#1A252A",
    scrim="#6E000000",
)

ALTO = Paleta(
    nombre="alto",
    oscura=False,
    bg="#FFFFFF",
    surface="#FFFFFF",
    surface2="#FFFFFF",
    border="#000000",
    border_strong="#000000",
    text="#000000",
    muted="#1A1A1A",
    disabled="#595959",
    primary="#00474C",
    primary_hover="#003438",
    primary_press="#002427",
    on_primary="#FFFFFF",
    primary_soft="#CFEFF1",
    primary_text="#00393D",
    focus="#B00060",
    ok="#004D1F",
    ok_soft="#E3F3E9",
    warn="#5C3700",
    warn_soft="#FDF0D7",
    bad="#8C0009",
    bad_soft="#FCE8E6",
    info="#003A7A",
    info_soft="#E5EFFA",
    sidebar="#000000",
    sidebar_text="#FFFFFF",
    sidebar_muted="#FFFFFF",
    sidebar_active="#003B40",
    sidebar_accent="#8FD8DB",
    sidebar_focus="#8CD3F5",
    hover="#E8E8E8",
    alt_row="#FFFFFF",
    scrim="#6E000000",
)

PALETAS: Mapping[str, Paleta] = MappingProxyType({p.nombre: p for p in (CLARO, OSCURO, ALTO)})


class Medidas(NamedTuple):
    """Spaces, radii and sizes in device-independent pixels at 100 %."""

    linea: int = 1
    foco: int = 2
    barra: int = 3
    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741 — the guide's own name of the step
    xl: int = 24
    xxl: int = 32
    radio: int = 6
    radio_tarjeta: int = 10
    control_chico: int = 28
    control: int = 34
    control_grande: int = 44
    icono: int = 16
    icono_boton: int = 18
    icono_lateral: int = 20
    icono_tarjeta: int = 32
    icono_vacio: int = 40
    casilla: int = 18
    fila_compacta: int = 28
    fila: int = 34
    fila_amplia: int = 42
    encabezado: int = 34
    fila_resultado: int = 58
    lateral: int = 208
    lateral_corta: int = 60
    lateral_boton: int = 42
    contraer_bajo: int = 1500
    panel_izquierdo: int = 332
    barra_superior: int = 52
    barra_estado: int = 32
    avatar: int = 30
    dialogo: int = 560
    login_ancho: int = 780
    login_alto: int = 460
    login_izquierda: int = 300
    login_margen: int = 44
    inicio_ancho: int = 880
    inicio_alto: int = 620
    tarjeta_inicio: int = 248
    ventana_ancho: int = 1366
    ventana_alto: int = 728
    ventana_minima_ancho: int = 1024
    ventana_minima_alto: int = 640
    aviso: int = 380
    dato_practica: int = 34
    columna: int = 96
    columna_minima: int = 48
    columna_marca: int = 44
    celda: int = 10
    progreso: int = 4


M = Medidas()

#: role -> (points, weight); the weight is CSS's and QFont's (400 regular … 700 bold)
LETRA: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "caption": (9, 400),
        "label": (9, 500),
        "header": (9, 600),
        "body": (10, 400),
        "medium": (10, 500),
        "name": (10, 600),
        "subtitle": (11, 400),
        "amount": (11, 500),
        "subtitle_strong": (11, 600),
        "title": (13, 600),
        "heading": (17, 600),
        "display": (26, 600),
    }
)

#: stroke of the icons, in units of their 24 x 24 drawing
TRAZO = 1.75
#: stroke of the check mark and of the dot of the style sheet, in the same units
TRAZO_MARCA = 3.0
TRAZO_PUNTO = 10.0
#: text sizes a person may choose, in percent
ESCALAS = (100, 110, 125, 150)
#: how long things last on screen, in milliseconds
AVISO_MS = 5000
DESVANECER_MS = 150
OCUPADO_MS = 400

#: (foreground, background, least contrast): what every theme must meet (WCAG 2.2, 1.4.3 and 1.4.11)
PARES: tuple[tuple[str, str, float], ...] = (
    ("text", "bg", 4.5),
    ("text", "surface", 4.5),
    ("text", "surface2", 4.5),
    ("text", "hover", 4.5),
    ("text", "alt_row", 4.5),
    ("text", "primary_soft", 4.5),
    ("muted", "bg", 4.5),
    ("muted", "surface", 4.5),
    ("muted", "surface2", 4.5),
    ("muted", "primary_soft", 4.5),
    ("primary_text", "surface", 4.5),
    ("primary_text", "primary_soft", 4.5),
    ("on_primary", "primary", 4.5),
    ("on_primary", "primary_hover", 4.5),
    ("on_primary", "primary_press", 4.5),
    ("ok", "ok_soft", 4.5),
    ("ok", "surface", 4.5),
    ("ok", "primary_soft", 4.5),
    ("warn", "warn_soft", 4.5),
    ("warn", "surface", 4.5),
    ("bad", "bad_soft", 4.5),
    ("bad", "surface", 4.5),
    ("bad", "primary_soft", 4.5),
    ("info", "info_soft", 4.5),
    ("sidebar_text", "sidebar", 4.5),
    ("sidebar_text", "sidebar_active", 4.5),
    ("sidebar_muted", "sidebar", 4.5),
    ("sidebar", "sidebar_accent", 4.5),
    ("sidebar_accent", "sidebar", 3.0),
    ("border_strong", "bg", 3.0),
    ("border_strong", "surface", 3.0),
    ("focus", "bg", 3.0),
    ("focus", "surface", 3.0),
    ("sidebar_focus", "sidebar", 3.0),
    ("primary", "surface", 3.0),
)


def _luminancia(color: str) -> float:
    canales = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rojo, verde, azul = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales)
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul


def contraste(uno: str, otro: str) -> float:
    """Give the contrast ratio of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    alta, baja = sorted((_luminancia(uno), _luminancia(otro)), reverse=True)
    return (alta + 0.05) / (baja + 0.05)


def faltas(paleta: Paleta) -> list[str]:
    """List the pairs of a palette that miss their least contrast, in words; empty when all is well."""
    medidas = ((a, b, contraste(getattr(paleta, a), getattr(paleta, b)), minimo) for a, b, minimo in PARES)
    return [f"{a} on {b}: {valor:.2f} < {minimo}" for a, b, valor, minimo in medidas if valor < minimo]
