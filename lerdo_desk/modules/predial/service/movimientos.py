"""Movements of the padrón that wait for a second signature: what each changes, and what is asked of whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from lerdo_desk.base.dinero import formato_columna
from lerdo_desk.modules.predial.service.padron import ACTIVA, BAJA, EN_REVISION, ENTERA, ESTADOS

CAMBIO_DE_PROPIETARIO, CAMBIO_DE_DOMICILIO = "cambio_de_propietario", "cambio_de_domicilio"
CAMBIO_DE_USO, CAMBIO_DE_SUPERFICIE = "cambio_de_uso", "rectificacion_de_superficie"
BLOQUEO, DESBLOQUEO, ALTA, DE_BAJA = "bloqueo", "desbloqueo", "alta", "baja"
PREFIJO = "predial."
"""What the acts of the padrón's solicitudes begin with."""

TipoDeCampo = Literal["texto", "opciones", "estado"]
_EN_PALABRAS = dict(ESTADOS)


@dataclass(frozen=True)
class Campo:
    """One datum that a movement proposes; ``tipo`` opciones may be chosen, estado is the movement's own."""

    clave: str
    rotulo: str
    largo: int = 120
    tipo: TipoDeCampo = "texto"
    ayuda: str = ""


@dataclass(frozen=True)
class MovimientoDescrito:
    """What one kind of movement changes: its data, whether owners too, and in which states it may be asked.

    ``deja``: the state it leaves the account in, empty where it does not touch it.
    """

    clave: str
    titulo: str
    campos: tuple[Campo, ...] = ()
    propietarios: bool = False
    desde: tuple[str, ...] = (ACTIVA, EN_REVISION)
    deja: str = ""

    @property
    def acto(self) -> str:
        """Give the act of its solicitud."""
        return PREFIJO + self.clave


_UBICACION = (
    Campo("calle", "Calle"),
    Campo("numero", "Número", 40),
    Campo("colonia", "Colonia"),
    Campo("codigo_postal", "Código postal", 5),
)
_CLASE = (Campo("tipo", "Tipo", 40, "opciones"), Campo("uso", "Uso", 40, "opciones"))
_SUPERFICIE = Campo("superficie", "Superficie m²", 14)
_ESTADO = Campo("estado", "Estado", tipo="estado")
_ACTO = (
    Campo("fecha", "Fecha del acto", 10, ayuda="Día, mes y año, por ejemplo 22/11/2026."),
    Campo("documento", "Documento", 160, ayuda="Escritura, contrato o sentencia, con su número."),
)

MOVIMIENTOS: Mapping[str, MovimientoDescrito] = MappingProxyType(
    {
        m.clave: m
        for m in (
            MovimientoDescrito(CAMBIO_DE_PROPIETARIO, "Cambio de propietario", _ACTO, propietarios=True),
            MovimientoDescrito(CAMBIO_DE_DOMICILIO, "Cambio de ubicación", _UBICACION),
            MovimientoDescrito(CAMBIO_DE_USO, "Cambio de tipo o uso", _CLASE),
            MovimientoDescrito(CAMBIO_DE_SUPERFICIE, "Rectificación de superficie", (_SUPERFICIE,)),
            MovimientoDescrito(
                BLOQUEO, "Bloqueo para revisión", (_ESTADO,), desde=(ACTIVA,), deja=EN_REVISION
            ),
            MovimientoDescrito(
                DESBLOQUEO, "Desbloqueo de la cuenta", (_ESTADO,), desde=(EN_REVISION,), deja=ACTIVA
            ),
            MovimientoDescrito(DE_BAJA, "Baja de la cuenta", (_ESTADO,), deja=BAJA),
            MovimientoDescrito(
                ALTA,
                "Alta de cuenta",
                (
                    Campo("clave", "Clave catastral", 40),
                    *_UBICACION,
                    *_CLASE,
                    _SUPERFICIE,
                    Campo("emitir_desde", "Se cobra desde el año", 4),
                    *_ACTO,
                ),
                propietarios=True,
                desde=(),
                deja=ACTIVA,
            ),
        )
    }
)
ACTOS = tuple((m.acto, m.titulo) for m in MOVIMIENTOS.values())
"""Act and words of every movement, as a list shows them."""

ACTOS_DE_CUENTA = tuple(m.acto for m in MOVIMIENTOS.values() if m.clave != ALTA)
"""The acts whose solicitud concerns an account that exists: its id is their objeto."""


@dataclass(frozen=True)
class PropietarioPropuesto:
    """One owner as typed: ``participacion`` in percent; ``contribuyente_id`` of who is on record already."""

    nombre: str
    rfc: str = ""
    curp: str = ""
    participacion: str = ""
    contribuyente_id: int | None = None


@dataclass(frozen=True)
class FormaPedida:
    """The question of how a movement's form begins; no account for an alta."""

    movimiento: str
    cuenta_id: int | None = None


@dataclass(frozen=True)
class Forma:
    """How a movement's form begins: what the account says now, what may be chosen, and who owns it."""

    movimiento: MovimientoDescrito
    cuenta_id: int | None
    clave: str
    titular: str
    ahora: tuple[tuple[str, str], ...]
    opciones: tuple[tuple[str, tuple[str, ...]], ...]
    propietarios: tuple[PropietarioPropuesto, ...]
    version: int
    hoy: date


@dataclass(frozen=True)
class PeticionDeMovimiento:
    """The order to ask for a movement: ``id`` is the solicitud's, ``valores`` what is proposed as typed.

    ``ahora``: what the form showed as the account's data; refused when they have changed since.
    """

    id: str
    movimiento: str
    cuenta_id: int | None
    motivo: str
    valores: tuple[tuple[str, str], ...]
    propietarios: tuple[PropietarioPropuesto, ...] = ()
    ahora: tuple[tuple[str, str], ...] = ()
    version: int = 0


@dataclass(frozen=True)
class Cambio:
    """One row of the before and after, in words."""

    dato: str
    ahora: str
    propuesto: str


@dataclass(frozen=True)
class Guardado:
    """What a solicitud carries as its order: the account, what it said and what is proposed."""

    cuenta_id: int | None
    clave: str
    base: Mapping[str, Any] = field(default_factory=dict)
    propuesto: Mapping[str, Any] = field(default_factory=dict)


def porcentaje(millonesimas: int) -> str:
    """Write a share: 500,000 millionths are ``50.00``, a third ``33.3333``; nothing for 0."""
    if not millonesimas:
        return ""
    cifra = Decimal(millonesimas) * 100 / ENTERA
    return f"{cifra:.4f}" if cifra != round(cifra, 2) else f"{cifra:.2f}"


def superficie(centimetros: int) -> str:
    """Write square centimetres as square metres of two decimals; what is smaller stays in the account."""
    return formato_columna((Decimal(centimetros) / 10_000).quantize(Decimal("0.01")))


def cambios(movimiento: MovimientoDescrito, guardado: Guardado) -> tuple[Cambio, ...]:
    """Put what a solicitud proposes beside what the account said, datum by datum and owner by owner."""
    filas = [
        Cambio(c.rotulo, _dicho(c.clave, guardado.base), _dicho(c.clave, guardado.propuesto))
        for c in movimiento.campos
    ]
    if movimiento.propietarios:
        antes, luego = guardado.base.get("propietarios", ()), guardado.propuesto.get("propietarios", ())
        for n in range(max(len(antes), len(luego))):
            partes = (_dueno(duenos[n]) if n < len(duenos) else "" for duenos in (antes, luego))
            filas.append(Cambio(f"Propietario {n + 1}", *partes))
    return tuple(filas)


def _dicho(clave: str, datos: Mapping[str, Any]) -> str:
    """Write one stored datum for a person; empty where there is none."""
    valor = datos.get("superficie_cm2" if clave == "superficie" else clave)
    if valor is None:
        return ""
    if clave == "superficie":
        return superficie(int(valor))
    if clave == "fecha":
        anio, mes, dia = str(valor).split("-")
        return f"{dia}/{mes}/{anio}"
    return _EN_PALABRAS.get(str(valor), str(valor)) if clave == "estado" else str(valor)


def _dueno(dueno: Mapping[str, Any]) -> str:
    partes = (dueno["nombre"], dueno.get("rfc") or dueno.get("curp") or "")
    dicho = " · ".join(p for p in partes if p)
    return f"{dicho} · {porcentaje(int(dueno['participacion']))} %" if dueno["participacion"] else dicho
