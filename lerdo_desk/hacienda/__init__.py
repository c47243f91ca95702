"""The municipal ledger: the one place where all direcciones meet."""
