"""Alembic's entrance: runs on the connection that the migrador hands over, inside its transaction."""

from alembic import context

conexion = context.config.attributes["conexion"]
context.configure(
    connection=conexion, transactional_ddl=True, transaction_per_migration=False, render_as_batch=False
)
context.run_migrations()
