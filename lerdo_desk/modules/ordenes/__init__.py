"""Órdenes de pago: any concepto of the catalogue, asked here and paid at any caja by its folio."""

from lerdo_desk.core.registry import Modulo
from lerdo_desk.hacienda.ordenes import LIQUIDADOR, ficha

MODULO = Modulo("ordenes", "Órdenes de pago", "receipt", 12, liquidador=LIQUIDADOR, ficha=ficha)
