"""Caja: the ventanilla where debts of every dirección are charged and each turno is closed."""

from lerdo_desk.core.registry import Modulo

MODULO = Modulo("caja", "Caja", "cash-register", 10)
