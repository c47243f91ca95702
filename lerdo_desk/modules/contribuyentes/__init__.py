"""Contribuyentes: one person over all direcciones, with every account, debt and receipt."""

from lerdo_desk.core.registry import Modulo

MODULO = Modulo("contribuyentes", "Contribuyentes", "user-search", 15)
