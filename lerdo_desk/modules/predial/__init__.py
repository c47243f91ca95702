"""Predial: the tax on real estate, its padrón and the law that says how much is owed."""

from lerdo_desk.core.registry import Modulo
from lerdo_desk.modules.predial.service import LIQUIDADOR, ficha

MODULO = Modulo("predial", "Predial y catastro", "home-dollar", 20, liquidador=LIQUIDADOR, ficha=ficha)
