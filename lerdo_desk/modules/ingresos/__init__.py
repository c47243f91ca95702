"""Ingresos (Tesorería): from the corte to the bank, the day that closes, and the diario de ingresos."""

from lerdo_desk.core.registry import Modulo

MODULO = Modulo("ingresos", "Tesorería", "building-bank", 25)
