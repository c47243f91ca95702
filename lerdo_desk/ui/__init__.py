"""The shell and its Qt pieces; nothing here knows a dirección or the ledger.

Imported before any other room that imports Qt: PySide6 replaces Python's ``import`` by one that reads the
source of every module that comes after it, for a naming feature which this program does not use. That alone
is a tenth of the time to the login, so the original is put back.
"""

import builtins

_importar = builtins.__import__

import PySide6.QtCore  # noqa: E402

builtins.__import__ = _importar

__all__ = ["PySide6"]
