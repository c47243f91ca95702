"""The plans with which the tests review their files: accounts of a padrón, and opening debts."""

from lerdo_desk.core import lectores as l
from lerdo_desk.core.importacion import Campo, Plano

USOS = {"Habitacional": "HABITACIONAL", "Comercial": "COMERCIAL", "Baldío": "BALDIO"}


def de_cuentas(grupos=(3, 3, 3)):
    return Plano(
        (
            Campo("clave", "Clave catastral", True, l.clave_catastral(grupos), ("cvecat", "cuenta")),
            Campo("titular", "Titular", True, l.texto(120), ("propietario", "nombre")),
            Campo("rfc", "RFC", False, l.rfc),
            Campo("curp", "CURP", False, l.curp),
            Campo("tipo", "Tipo", True, l.opcion({"Urbano": "URBANO", "Rústico": "RUSTICO"})),
            Campo("uso", "Uso", True, l.opcion(USOS)),
            Campo("calle", "Calle", True, l.texto(80)),
            Campo("numero", "Número", False, l.texto(20), ("num", "no")),
            Campo("colonia", "Colonia", False, l.texto(80)),
            Campo("codigo_postal", "Código postal", False, l.cifras(5), ("cp",)),
            Campo("superficie", "Superficie m2", True, l.superficie),
            Campo("terreno", "Valor terreno", True, l.pesos, ("valterr",)),
            Campo("construccion", "Valor construcción", True, l.pesos, ("valconst",)),
        ),
        ("clave",),
    )


def de_adeudos(grupos=(3, 3, 3), concepto="Impuesto predial"):
    return Plano(
        (
            Campo("clave", "Clave catastral", True, l.clave_catastral(grupos), ("cvecat",)),
            Campo("ejercicio", "Ejercicio", True, l.ejercicio(1990)),
            Campo("concepto", "Concepto", True, l.opcion({concepto: "PRED"})),
            Campo("importe", "Importe", True, l.pesos_positivos),
            Campo("vencimiento", "Vencimiento", True, l.fecha, ("vence",)),
            Campo("ultimo_periodo", "Último periodo pagado", False, l.texto(10), ("ultperiodo",)),
        ),
        ("clave", "ejercicio", "concepto"),
    )
