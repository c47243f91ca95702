"""The database: column types, connections, locks and migrations; it knows no table by name."""
