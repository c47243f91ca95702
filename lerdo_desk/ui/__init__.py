"""The shell and its Qt pieces; nothing here knows a dirección or the ledger."""
