"""What a receipt says in words, the same on a sheet and on a roll; no drawing here."""

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.documentos import PagoSellado, ReciboSellado


def clase(recibo: ReciboSellado) -> str:
    """Name the paper: the receipt of a charge, or of a cancellation."""
    return "RECIBO DE CANCELACIÓN" if recibo.tipo == "REVERSA" else "RECIBO OFICIAL"


def ejemplar(copia: int) -> str:
    """Say which paper it is: 0 is the original, n is COPIA n."""
    return f"COPIA {copia}" if copia else "Original"


def rotulo_del_total(recibo: ReciboSellado) -> str:
    """Name the total: what was paid, or what was cancelled."""
    return "Total cancelado" if recibo.tipo == "REVERSA" else "Total pagado"


def rotulo_de_pagos(recibo: ReciboSellado) -> str:
    """Name the payments: as money came, as it goes back, or as the bank refused it."""
    if recibo.tipo != "REVERSA":
        return "Forma de pago"
    return "Pago no cobrado" if recibo.estado == "DEVUELTO" else "Forma de devolución"


def aviso_de_reversa(recibo: ReciboSellado) -> str:
    """Say which receipt a reversal undoes and why; empty for the receipt of a charge."""
    if recibo.tipo != "REVERSA":
        return ""
    porque = "queda sin efecto y su importe se devuelve."
    if recibo.estado == "DEVUELTO":
        porque = "el banco no pagó el cheque y el adeudo sigue vigente."
    return f"CANCELACIÓN del recibo {recibo.reversa_de}: {porque}"


def aviso_de_estado(recibo: ReciboSellado) -> str:
    """Say what became of a charge after it was sealed, and by which receipt; empty when it stands."""
    if not recibo.estado or recibo.tipo == "REVERSA":
        return ""
    que = {
        "CANCELADO": "Este recibo quedó sin efecto",
        "DEVUELTO": "El banco no pagó el cheque y el adeudo sigue vigente",
    }[recibo.estado]
    por = f"; recibo de cancelación {recibo.reversado_por}" if recibo.reversado_por else ""
    return f"{que}{por}."


def cuenta(recibo: ReciboSellado) -> str:
    """Name the account, its clave once; a receipt of several says how many, each is named at its lines."""
    if recibo.cuentas > 1:
        return f"{recibo.cuentas} cuentas, detalladas abajo"
    etiqueta, clave = recibo.cuenta_etiqueta, recibo.clave
    return etiqueta if clave in etiqueta else f"{etiqueta} {clave}".strip()


def cuando(recibo: ReciboSellado) -> str:
    """Say the day of payment; where the receipt was issued on another day, that too."""
    hora = f"{recibo.creado:%H:%M}"
    if recibo.fecha_pago == recibo.creado.date():
        return f"{fecha_corta(recibo.fecha_pago)} {hora}"
    return f"{fecha_corta(recibo.fecha_pago)} (emitido {fecha_corta(recibo.creado.date())} {hora})"


def pago(parte: PagoSellado) -> str:
    """Say how a part was paid; money received is told where it differs from the amount."""
    texto = f"{parte.forma_nombre} {formato(parte.importe)}"
    if parte.recibido != parte.importe:
        texto += f" · Recibido {formato(parte.recibido)} · Cambio {formato(parte.cambio)}"
    return f"{texto} · Ref. {parte.referencia}" if parte.referencia else texto


def fundamentos(citados: tuple[str, ...]) -> str:
    """Cite the legal grounds in one paragraph, numbered when there are several; empty when there are none."""
    if not citados:
        return ""
    if len(citados) == 1:
        return f"Fundamento: {citados[0]}"
    return "Fundamento: " + " ".join(f"({n}) {texto}" for n, texto in enumerate(citados, 1))
