"""The padrón of real estate."""

import sqlalchemy as sa
from alembic import op

revision = "predial_0001"
down_revision = None
branch_labels = ("predial",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "predial_predio",
        sa.Column("cuenta_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tipo", sa.Text(), nullable=False),
        sa.Column("uso", sa.Text(), nullable=False),
        sa.Column("estado", sa.Text(), nullable=False),
        sa.Column("calle", sa.Text(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("colonia", sa.Text(), nullable=False),
        sa.Column("codigo_postal", sa.Text(), nullable=False),
        sa.Column("superficie_cm2", sa.BigInteger(), nullable=False),
        sa.Column("emitir_desde", sa.SmallInteger(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "estado IN ('ACTIVA', 'BLOQUEADA_REVISION', 'BAJA')", name=op.f("ck_predial_predio_estado")
        ),
        sa.CheckConstraint("superficie_cm2 >= 0", name=op.f("ck_predial_predio_superficie")),
        sa.ForeignKeyConstraint(
            ["cuenta_id"], ["hacienda_cuenta.id"], name=op.f("fk_predial_predio_cuenta_id")
        ),
        sa.PrimaryKeyConstraint("cuenta_id", name=op.f("pk_predial_predio")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "predial_propietario",
        sa.Column("cuenta_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("contribuyente_id", sa.BigInteger(), nullable=False),
        sa.Column("participacion", sa.BigInteger(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "participacion BETWEEN 1 AND 1000000", name=op.f("ck_predial_propietario_participacion")
        ),
        sa.ForeignKeyConstraint(
            ["contribuyente_id"],
            ["hacienda_contribuyente.id"],
            name=op.f("fk_predial_propietario_contribuyente_id"),
        ),
        sa.ForeignKeyConstraint(
            ["cuenta_id"], ["predial_predio.cuenta_id"], name=op.f("fk_predial_propietario_cuenta_id")
        ),
        sa.PrimaryKeyConstraint("cuenta_id", "version", "n", name=op.f("pk_predial_propietario")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "predial_valor",
        sa.Column("cuenta_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ejercicio", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("terreno", sa.BigInteger(), nullable=False),
        sa.Column("construccion", sa.BigInteger(), nullable=False),
        sa.Column("origen", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("terreno >= 0 AND construccion >= 0", name=op.f("ck_predial_valor_positivo")),
        sa.ForeignKeyConstraint(
            ["cuenta_id"], ["predial_predio.cuenta_id"], name=op.f("fk_predial_valor_cuenta_id")
        ),
        sa.PrimaryKeyConstraint("cuenta_id", "ejercicio", "version", name=op.f("pk_predial_valor")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("predial_valor")
    op.drop_table("predial_propietario")
    op.drop_table("predial_predio")
