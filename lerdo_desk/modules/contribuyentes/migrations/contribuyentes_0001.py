"""The merges of people."""

import sqlalchemy as sa
from alembic import op

revision = "contribuyentes_0001"
down_revision = None
branch_labels = ("contribuyentes",)
depends_on = None

_COLUMNAS = ("nombre", "rfc", "curp")


def upgrade() -> None:
    op.create_table(
        "contribuyentes_fusion",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("conserva_id", sa.BigInteger(), nullable=False),
        sa.Column("absorbido_id", sa.BigInteger(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("conserva_id <> absorbido_id", name=op.f("ck_contribuyentes_fusion_otro")),
        sa.CheckConstraint("length(motivo) >= 5", name=op.f("ck_contribuyentes_fusion_motivo")),
        sa.ForeignKeyConstraint(
            ["absorbido_id"],
            ["hacienda_contribuyente.id"],
            name=op.f("fk_contribuyentes_fusion_absorbido_id"),
        ),
        sa.ForeignKeyConstraint(
            ["conserva_id"], ["hacienda_contribuyente.id"], name=op.f("fk_contribuyentes_fusion_conserva_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribuyentes_fusion")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_contribuyentes_fusion_absorbido_id", "contribuyentes_fusion", ["absorbido_id"], unique=False
    )
    op.create_index(
        "ix_contribuyentes_fusion_conserva_id", "contribuyentes_fusion", ["conserva_id"], unique=False
    )
    op.create_table(
        "contribuyentes_fusion_evento",
        sa.Column("fusion_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("estado", sa.Text(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("estado = 'DESHECHA'", name=op.f("ck_contribuyentes_fusion_evento_estado")),
        sa.CheckConstraint("length(motivo) >= 5", name=op.f("ck_contribuyentes_fusion_evento_motivo")),
        sa.CheckConstraint("n = 1", name=op.f("ck_contribuyentes_fusion_evento_n")),
        sa.ForeignKeyConstraint(
            ["fusion_id"],
            ["contribuyentes_fusion.id"],
            name=op.f("fk_contribuyentes_fusion_evento_fusion_id"),
        ),
        sa.PrimaryKeyConstraint("fusion_id", "n", name=op.f("pk_contribuyentes_fusion_evento")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    for columna in _COLUMNAS:
        op.create_index(f"ix_contribuyentes_{columna}", "hacienda_contribuyente", [columna], unique=False)


def downgrade() -> None:
    for columna in _COLUMNAS:
        op.drop_index(f"ix_contribuyentes_{columna}", table_name="hacienda_contribuyente")
    op.drop_table("contribuyentes_fusion_evento")
    op.drop_index("ix_contribuyentes_fusion_conserva_id", table_name="contribuyentes_fusion")
    op.drop_index("ix_contribuyentes_fusion_absorbido_id", table_name="contribuyentes_fusion")
    op.drop_table("contribuyentes_fusion")
