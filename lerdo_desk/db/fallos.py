"""Turns what a database refuses into one sentence in Spanish, by its code."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as SinConexiones

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso

MENSAJES = {
    "LD000": "La base exige otro nivel de aislamiento; cierre el programa y vuelva a entrar.",
    "LD100": "Lo que ya está asentado no se modifica ni se borra; corríjalo con otro movimiento.",
    "LD101": "El usuario y la hora los pone la base, no el programa; vuelva a entrar.",
    "LD103": "Esa forma de pago no se conoce; elija otra.",
    "LD104": "Esa caja no puede ser así; elija su tipo y hasta 24 horas de turno, sólo en ventanilla.",
    "LD105": "Ese cambio no es el que sigue; actualice la pantalla y repítalo.",
    "LD110": "El recibo ya está sellado; no admite más renglones ni pagos.",
    "LD111": "El turno no es suyo, no está abierto o es de otra caja; abra su turno.",
    "LD112": "Los renglones y los pagos no suman el total del recibo; consulte el adeudo de nuevo.",
    "LD113": "Ese adeudo ya se pagó, en todo o en parte; consulte la cuenta de nuevo.",
    "LD114": "La serie no corresponde a esta caja y a este ente; revise la configuración de la caja.",
    "LD115": "Un recibo no mezcla entes; cobre cada uno por separado.",
    "LD116": "La fecha de pago debe ser la de hoy en el municipio; revise la operación.",
    "LD117": "El descuento no coincide con el beneficio vigente; consulte el adeudo de nuevo.",
    "LD118": "El recargo o la actualización no coincide con su parámetro; consulte el adeudo de nuevo.",
    "LD119": "Ese renglón no tiene un fundamento que la base reconozca; no se cobró.",
    "LD120": "La operación no coincide con sus recibos; no se cobró nada.",
    "LD121": "El cambio sólo sale de efectivo y debe cuadrar con lo recibido; revise el pago.",
    "LD122": "La cancelación debe devolver exactamente lo que dice el recibo original, una sola vez.",
    "LD123": "Una base en producción no sella recibos con parámetros de EJEMPLO; cargue los oficiales.",
    "LD124": "Ese recibo no existe o no es suyo; búsquelo por su folio exacto.",
    "LD125": "Esa copia del recibo ya se contó; pida la impresión de nuevo.",
    "LD126": "Falta la referencia de ese pago (banco, número y fecha, o autorización); captúrela.",
    "LD127": "Esa cuenta tiene un adeudo más antiguo; cóbrelo primero o, si se permite, escriba el motivo.",
    "LD128": "El recibo no dice cuántas cuentas paga; consulte de nuevo y repita el cobro.",
    "LD129": "El saldo a favor no alcanza, ya se usó o es de otra persona; consulte la cuenta de nuevo.",
    "LD130": "Esa caja ya tiene un turno abierto; ciérrelo antes de abrir otro.",
    "LD131": "Usted ya tiene un turno abierto; ciérrelo antes de abrir otro.",
    "LD132": "Su usuario no está asignado a esa caja; pida la asignación a su supervisor.",
    "LD133": "El turno ya tiene corte; no admite más movimientos.",
    "LD134": "Falta contar el efectivo antes del corte; capture el arqueo.",
    "LD135": "El corte tiene diferencia; escriba el motivo.",
    "LD136": "Ese conteo ya se confirmó; haga el corte o un recuento completo.",
    "LD137": "El fondo no coincide con su conteo por denominación; cuéntelo de nuevo.",
    "LD138": "El turno ya pasó de su duración; haga el corte antes de seguir cobrando.",
    "LD139": "No hay tanto efectivo en la caja; revise el importe del retiro.",
    "LD140": "La solicitud no está autorizada, ya se usó o es de otra persona; pida otra autorización.",
    "LD141": "Quien solicita no puede autorizar; debe firmar otra persona.",
    "LD142": "Su perfil no puede autorizar ese acto; pida a un supervisor que firme.",
    "LD143": "La solicitud ya fue resuelta o venció; haga otra.",
    "LD144": "Ese paso del corte ya se hizo o debe firmarlo otra persona; consulte el corte de nuevo.",
    "LD145": "La solicitud no se entiende; pídala de nuevo desde el programa.",
    "LD150": "Ese nombre de usuario no es válido o está reservado; use minúsculas, números y puntos.",
    "LD151": "Ese perfil no existe o no puede otorgarlo usted.",
    "LD152": "La contraseña debe llegar cifrada por el programa; vuelva a intentarlo.",
    "LD153": "Ese usuario ya existe; elija otro nombre.",
    "LD160": "La orden de pago venció o está cancelada o pagada; pida una nueva.",
    "LD161": "La orden no coincide con su tarifa o con la firma que la autoriza; emítala de nuevo.",
    "LD162": "Ese cargo no tiene una orden, una emisión o un saldo que lo respalde; no se guardó.",
    "LD163": "Su perfil no da de alta cuentas de ese módulo; pídalo a quien lleva su padrón.",
    "LD170": "Ese día está cerrado o no puede cambiarlo usted; sólo Tesorería lo cierra y lo reabre.",
    "LD171": "Falta verificar el corte de algún turno; el día se cierra cuando todos están verificados.",
    "LD172": "La ficha no coincide con los cortes que deposita; revise importe, cuenta y cortes.",
    "LD173": "Ese pago no coincide con lo que se cobró con él; no se guardó nada.",
    "LD174": "La carga ya se resolvió o debe confirmarla Tesorería, no quien la cargó.",
}
_SUELTA = "La base está ocupada con otra operación; espere un momento y reintente."
_PERDIDA = (
    "No hay conexión con la base de datos. No se sabe si la operación quedó: reintente la misma, no otra."
)
_SIN_CONEXION = (
    "No hay conexión con la base de datos; revise la red y que el servidor esté encendido, y reintente."
)
_POR_ESTADO = {
    "42501": ErrorDeUso("Su perfil no permite esa operación; pídala a quien corresponda."),
    "28P01": ErrorDeUso("Usuario o contraseña incorrectos; revíselos y vuelva a intentar."),
    "28000": ErrorDeUso("Usuario o contraseña incorrectos; revíselos y vuelva a intentar."),
    "3D000": ErrorDeEntorno("El servidor no tiene esa base de datos; revise la dirección."),
    "25P03": ErrorDeEntorno(_PERDIDA),
}
_DE_DATOS = (
    (
        "23505",
        "UNIQUE constraint",
        "Ese movimiento ya estaba registrado; consulte de nuevo antes de repetirlo.",
    ),
    (
        "23503",
        "FOREIGN KEY constraint",
        "Falta una parte de ese movimiento; no se guardó nada. Repítalo completo.",
    ),
)
_FUERA = "Un dato está fuera de lo que la base admite; no se guardó nada. Revíselo y corríjalo."
_OCUPADA = ("55P03", "40P01", "40001", "57014")
_OCUPADA_DICE = ("database is locked", "too many connections", "sorry, too many clients")
_CODIGO = re.compile(r"\bLD\d{3}\b")


@contextmanager
def traducidos() -> Iterator[None]:
    """Let errors of the database leave as ErrorDeUso or ErrorDeEntorno; others pass untouched."""
    try:
        yield
    except SinConexiones as error:
        raise ErrorDeEntorno(_SUELTA, str(error)) from error
    except DBAPIError as error:
        raise traducir(error) from error


def traducir(error: DBAPIError) -> Exception:
    """Give the error a person reads for an error of the driver."""
    origen = error.orig
    estado = str(getattr(origen, "sqlstate", None) or "")
    detalle = str(origen)
    # PostgreSQL's code is the state: its detail may quote what somebody typed.
    codigo = _CODIGO.search(estado or detalle)
    if codigo:
        return ErrorDeUso(MENSAJES.get(codigo.group(), f"La base no lo permite ({codigo.group()})."))
    if estado in _POR_ESTADO:
        conocido = _POR_ESTADO[estado]
        return type(conocido)(str(conocido))
    if isinstance(error, (IntegrityError, DataError)):
        return _de_datos(estado, detalle)
    if estado in _OCUPADA or any(palabras in detalle for palabras in _OCUPADA_DICE):
        return ErrorDeEntorno(_SUELTA, detalle)
    if "password authentication failed" in detalle or ("role" in detalle and "does not exist" in detalle):
        return ErrorDeUso("Usuario o contraseña incorrectos; revíselos y vuelva a intentar.")
    if "unable to open database file" in detalle:
        return ErrorDeEntorno(
            "No se pudo abrir el archivo de la base; revise que exista y sus permisos.", detalle
        )
    if _sin_conexion(error, estado, detalle):
        # A connection that broke half way leaves a doubt; one that never opened leaves none.
        return ErrorDeEntorno(_PERDIDA if error.connection_invalidated else _SIN_CONEXION, detalle)
    return error


def _de_datos(estado: str, detalle: str) -> ErrorDeUso:
    conocidas = (oracion for suyo, palabras, oracion in _DE_DATOS if estado == suyo or palabras in detalle)
    return ErrorDeUso(next(conocidas, _FUERA))


def _sin_conexion(error: DBAPIError, estado: str, detalle: str) -> bool:
    return (
        error.connection_invalidated
        or estado.startswith(("08", "57P"))
        or "disk I/O error" in detalle
        or (type(error).__name__ == "OperationalError" and not estado)
    )
