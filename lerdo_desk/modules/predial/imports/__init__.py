"""Predial's two loads: the padrón, and the debts that a municipality brings from its former system."""
