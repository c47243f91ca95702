"""From the till to the bank: drops, cortes' steps, deposits, closed days, órdenes, channels, loads, drafts."""

import sqlalchemy as sa
from alembic import op

revision = "casa_0002"
down_revision = "casa_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_carga",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("modulo", sa.Text(), nullable=False),
        sa.Column("tipo", sa.Text(), nullable=False),
        sa.Column("archivo", sa.Text(), nullable=False),
        sa.Column("digesto", sa.String(length=64), nullable=False),
        sa.Column("leidas", sa.BigInteger(), nullable=False),
        sa.Column("aceptadas", sa.BigInteger(), nullable=False),
        sa.Column("devueltas", sa.BigInteger(), nullable=False),
        sa.Column("totales", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("leidas = aceptadas + devueltas", name=op.f("ck_core_carga_leidas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_carga")),
        sa.UniqueConstraint("modulo", "tipo", "digesto", name=op.f("uq_core_carga_modulo_tipo_digesto")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "core_personal",
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("tipo", sa.String(length=12), nullable=False),
        sa.Column("clave", sa.String(length=120), nullable=False),
        sa.Column("valor", sa.Text(), nullable=False),
        sa.Column("fecha", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("usuario", "tipo", "clave", name=op.f("pk_core_personal")),
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_dia_evento",
        sa.Column("fecha", sa.Date(), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("estado", sa.Text(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "estado = 'CERRADO' OR length(motivo) >= 5", name=op.f("ck_hacienda_dia_evento_motivo")
        ),
        sa.CheckConstraint("estado IN ('CERRADO', 'REABIERTO')", name=op.f("ck_hacienda_dia_evento_estado")),
        sa.PrimaryKeyConstraint("fecha", "n", name=op.f("pk_hacienda_dia_evento")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "core_carga_evento",
        sa.Column("carga_id", sa.String(length=36), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("estado", sa.Text(), nullable=False),
        sa.Column("nota", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("estado IN ('CONFIRMADA', 'RECHAZADA')", name=op.f("ck_core_carga_evento_estado")),
        sa.CheckConstraint("n = 1", name=op.f("ck_core_carga_evento_n")),
        sa.ForeignKeyConstraint(["carga_id"], ["core_carga.id"], name=op.f("fk_core_carga_evento_carga_id")),
        sa.PrimaryKeyConstraint("carga_id", "n", name=op.f("pk_core_carga_evento")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "core_carga_fila",
        sa.Column("carga_id", sa.String(length=36), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("datos", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["carga_id"], ["core_carga.id"], name=op.f("fk_core_carga_fila_carga_id")),
        sa.PrimaryKeyConstraint("carga_id", "n", name=op.f("pk_core_carga_fila")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_contacto",
        sa.Column("contribuyente_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tipo", sa.Text(), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("valor", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "tipo IN ('TELEFONO', 'CORREO', 'DOMICILIO')", name=op.f("ck_hacienda_contacto_tipo")
        ),
        sa.ForeignKeyConstraint(
            ["contribuyente_id"],
            ["hacienda_contribuyente.id"],
            name=op.f("fk_hacienda_contacto_contribuyente_id"),
        ),
        sa.PrimaryKeyConstraint("contribuyente_id", "tipo", "n", name=op.f("pk_hacienda_contacto")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_cuenta_bancaria",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ente_id", sa.BigInteger(), nullable=False),
        sa.Column("banco", sa.Text(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Text(), nullable=False),
        sa.Column("ejemplo", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ente_id"], ["hacienda_ente.id"], name=op.f("fk_hacienda_cuenta_bancaria_ente_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_cuenta_bancaria")),
        sa.UniqueConstraint("banco", "numero", name=op.f("uq_hacienda_cuenta_bancaria_banco_numero")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_ficha",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("cuenta_bancaria_id", sa.BigInteger(), nullable=False),
        sa.Column("folio", sa.Text(), nullable=False),
        sa.Column("fecha", sa.Date(), nullable=False),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("length(folio) > 0", name=op.f("ck_hacienda_ficha_folio")),
        sa.ForeignKeyConstraint(
            ["cuenta_bancaria_id"],
            ["hacienda_cuenta_bancaria.id"],
            name=op.f("fk_hacienda_ficha_cuenta_bancaria_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_ficha")),
        sa.UniqueConstraint(
            "cuenta_bancaria_id", "folio", name=op.f("uq_hacienda_ficha_cuenta_bancaria_id_folio")
        ),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_orden",
        sa.Column("cuenta_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("concepto_id", sa.BigInteger(), nullable=False),
        sa.Column("consecutivo", sa.BigInteger(), nullable=False),
        sa.Column("cantidad", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("vence", sa.Date(), nullable=False),
        sa.Column("parametro_id", sa.BigInteger(), nullable=True),
        sa.Column("uma_id", sa.BigInteger(), nullable=True),
        sa.Column("solicitud_id", sa.String(length=36), nullable=True),
        sa.Column("descripcion", sa.Text(), nullable=False),
        sa.Column("memoria", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "(parametro_id IS NULL) = (solicitud_id IS NOT NULL)", name=op.f("ck_hacienda_orden_sustento")
        ),
        sa.CheckConstraint("cantidad BETWEEN 1 AND 1000000", name=op.f("ck_hacienda_orden_cantidad")),
        sa.CheckConstraint(
            "importe > 0 AND importe <= 99999999999999", name=op.f("ck_hacienda_orden_importe")
        ),
        sa.ForeignKeyConstraint(
            ["concepto_id"], ["hacienda_concepto.id"], name=op.f("fk_hacienda_orden_concepto_id")
        ),
        sa.ForeignKeyConstraint(
            ["cuenta_id"], ["hacienda_cuenta.id"], name=op.f("fk_hacienda_orden_cuenta_id")
        ),
        sa.ForeignKeyConstraint(
            ["parametro_id"], ["hacienda_parametro.id"], name=op.f("fk_hacienda_orden_parametro_id")
        ),
        sa.ForeignKeyConstraint(["uma_id"], ["hacienda_parametro.id"], name=op.f("fk_hacienda_orden_uma_id")),
        sa.PrimaryKeyConstraint("cuenta_id", name=op.f("pk_hacienda_orden")),
        sa.UniqueConstraint(
            "concepto_id", "consecutivo", name=op.f("uq_hacienda_orden_concepto_id_consecutivo")
        ),
        sa.UniqueConstraint("solicitud_id", name=op.f("uq_hacienda_orden_solicitud_id")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_retiro",
        sa.Column("turno_id", sa.String(length=36), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("bolsa", sa.Text(), nullable=False),
        sa.Column("solicitud_id", sa.String(length=36), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("importe > 0", name=op.f("ck_hacienda_retiro_importe")),
        sa.ForeignKeyConstraint(
            ["turno_id"], ["hacienda_turno.id"], name=op.f("fk_hacienda_retiro_turno_id")
        ),
        sa.PrimaryKeyConstraint("turno_id", "n", name=op.f("pk_hacienda_retiro")),
        sa.UniqueConstraint("solicitud_id", name=op.f("uq_hacienda_retiro_solicitud_id")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_corte_evento",
        sa.Column("turno_id", sa.String(length=36), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("estado", sa.Text(), nullable=False),
        sa.Column("bolsa", sa.Text(), nullable=False),
        sa.Column("sello", sa.Text(), nullable=False),
        sa.Column("nota", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "(n = 1 AND estado = 'VERIFICADO') OR (n = 2 AND estado = 'ENTREGADO') OR (n = 3 AND estado = 'RECIBIDO')",
            name=op.f("ck_hacienda_corte_evento_estado"),
        ),
        sa.CheckConstraint(
            "n <> 2 OR (length(bolsa) > 0 AND length(sello) > 0)", name=op.f("ck_hacienda_corte_evento_bolsa")
        ),
        sa.ForeignKeyConstraint(
            ["turno_id"], ["hacienda_corte.turno_id"], name=op.f("fk_hacienda_corte_evento_turno_id")
        ),
        sa.PrimaryKeyConstraint("turno_id", "n", name=op.f("pk_hacienda_corte_evento")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_ficha_corte",
        sa.Column("turno_id", sa.String(length=36), nullable=False),
        sa.Column("ente_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("forma", sa.String(length=2), nullable=False),
        sa.Column("ficha_id", sa.String(length=36), nullable=False),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ente_id"], ["hacienda_ente.id"], name=op.f("fk_hacienda_ficha_corte_ente_id")
        ),
        sa.ForeignKeyConstraint(
            ["ficha_id"],
            ["hacienda_ficha.id"],
            name=op.f("fk_hacienda_ficha_corte_ficha_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["turno_id"], ["hacienda_corte.turno_id"], name=op.f("fk_hacienda_ficha_corte_turno_id")
        ),
        sa.PrimaryKeyConstraint("turno_id", "ente_id", "forma", name=op.f("pk_hacienda_ficha_corte")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_index("ix_hacienda_ficha_corte_ficha_id", "hacienda_ficha_corte", ["ficha_id"], unique=False)
    op.create_table(
        "hacienda_orden_evento",
        sa.Column("cuenta_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("estado", sa.Text(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("estado = 'CANCELADA'", name=op.f("ck_hacienda_orden_evento_estado")),
        sa.CheckConstraint("length(motivo) >= 5", name=op.f("ck_hacienda_orden_evento_motivo")),
        sa.ForeignKeyConstraint(
            ["cuenta_id"], ["hacienda_orden.cuenta_id"], name=op.f("fk_hacienda_orden_evento_cuenta_id")
        ),
        sa.PrimaryKeyConstraint("cuenta_id", "n", name=op.f("pk_hacienda_orden_evento")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_pago_externo",
        sa.Column("caja_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("referencia", sa.Text(), nullable=False),
        sa.Column("clave", sa.Text(), nullable=False),
        sa.Column("fecha_pago", sa.Date(), nullable=False),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("forma", sa.String(length=2), nullable=False),
        sa.Column("resultado", sa.Text(), nullable=False),
        sa.Column("operacion_id", sa.String(length=36), nullable=False),
        sa.Column("archivo", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "resultado IN ('COBRADO', 'CON_SALDO', 'SOLO_SALDO', 'SIN_CUENTA')",
            name=op.f("ck_hacienda_pago_externo_resultado"),
        ),
        sa.CheckConstraint("importe > 0", name=op.f("ck_hacienda_pago_externo_importe")),
        sa.ForeignKeyConstraint(
            ["caja_id"], ["hacienda_caja.id"], name=op.f("fk_hacienda_pago_externo_caja_id")
        ),
        sa.ForeignKeyConstraint(
            ["operacion_id"], ["hacienda_operacion.id"], name=op.f("fk_hacienda_pago_externo_operacion_id")
        ),
        sa.PrimaryKeyConstraint("caja_id", "referencia", name=op.f("pk_hacienda_pago_externo")),
        sa.UniqueConstraint("operacion_id", name=op.f("uq_hacienda_pago_externo_operacion_id")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_saldo",
        sa.Column("cargo_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cuenta_id", sa.BigInteger(), nullable=False),
        sa.Column("recibo_id", sa.String(length=36), nullable=False),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("origen", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "origen IN ('EXCEDENTE', 'PAGO_DOBLE', 'SIN_CUENTA', 'CHEQUE')",
            name=op.f("ck_hacienda_saldo_origen"),
        ),
        sa.CheckConstraint("importe > 0", name=op.f("ck_hacienda_saldo_importe")),
        sa.ForeignKeyConstraint(["cargo_id"], ["hacienda_cargo.id"], name=op.f("fk_hacienda_saldo_cargo_id")),
        sa.ForeignKeyConstraint(
            ["cuenta_id"], ["hacienda_cuenta.id"], name=op.f("fk_hacienda_saldo_cuenta_id")
        ),
        sa.ForeignKeyConstraint(
            ["recibo_id"], ["hacienda_recibo.id"], name=op.f("fk_hacienda_saldo_recibo_id")
        ),
        sa.PrimaryKeyConstraint("cargo_id", name=op.f("pk_hacienda_saldo")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_index("ix_hacienda_saldo_cuenta_id", "hacienda_saldo", ["cuenta_id"], unique=False)
    op.create_table(
        "hacienda_saldo_uso",
        sa.Column("cargo_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("recibo_id", sa.String(length=36), nullable=True),
        sa.Column("nota", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("importe > 0", name=op.f("ck_hacienda_saldo_uso_importe")),
        sa.CheckConstraint(
            "recibo_id IS NOT NULL OR length(nota) >= 5", name=op.f("ck_hacienda_saldo_uso_nota")
        ),
        sa.ForeignKeyConstraint(
            ["cargo_id"], ["hacienda_saldo.cargo_id"], name=op.f("fk_hacienda_saldo_uso_cargo_id")
        ),
        sa.ForeignKeyConstraint(
            ["recibo_id"],
            ["hacienda_recibo.id"],
            name=op.f("fk_hacienda_saldo_uso_recibo_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cargo_id", "n", name=op.f("pk_hacienda_saldo_uso")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_index("ix_hacienda_saldo_uso_recibo_id", "hacienda_saldo_uso", ["recibo_id"], unique=False)
    op.create_index("ix_hacienda_cuenta_modulo_titular", "hacienda_cuenta", ["modulo", "titular"])
    op.create_index("ix_core_solicitud_acto_objeto", "core_solicitud", ["acto", "objeto"])
    op.create_index("ix_hacienda_recibo_creado", "hacienda_recibo", ["creado"])
    op.create_index("ix_hacienda_renglon_reversa_de", "hacienda_renglon", ["reversa_de"])
    op.add_column(
        "hacienda_caja", sa.Column("tipo", sa.Text(), server_default=sa.text("'VENTANILLA'"), nullable=False)
    )
    op.add_column(
        "hacienda_caja", sa.Column("horas", sa.SmallInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "hacienda_operacion", sa.Column("nota", sa.Text(), server_default=sa.text("('')"), nullable=False)
    )
    op.add_column(
        "hacienda_recibo",
        sa.Column("cuentas", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
    )


def downgrade() -> None:
    op.drop_index("ix_core_solicitud_acto_objeto", table_name="core_solicitud")
    op.drop_index("ix_hacienda_renglon_reversa_de", table_name="hacienda_renglon")
    op.drop_index("ix_hacienda_recibo_creado", table_name="hacienda_recibo")
    op.drop_index("ix_hacienda_cuenta_modulo_titular", table_name="hacienda_cuenta")
    op.drop_column("hacienda_recibo", "cuentas")
    op.drop_column("hacienda_operacion", "nota")
    op.drop_column("hacienda_caja", "horas")
    op.drop_column("hacienda_caja", "tipo")
    op.drop_index("ix_hacienda_saldo_uso_recibo_id", table_name="hacienda_saldo_uso")
    op.drop_table("hacienda_saldo_uso")
    op.drop_index("ix_hacienda_saldo_cuenta_id", table_name="hacienda_saldo")
    op.drop_table("hacienda_saldo")
    op.drop_table("hacienda_pago_externo")
    op.drop_table("hacienda_orden_evento")
    op.drop_index("ix_hacienda_ficha_corte_ficha_id", table_name="hacienda_ficha_corte")
    op.drop_table("hacienda_ficha_corte")
    op.drop_table("hacienda_corte_evento")
    op.drop_table("hacienda_retiro")
    op.drop_table("hacienda_orden")
    op.drop_table("hacienda_ficha")
    op.drop_table("hacienda_cuenta_bancaria")
    op.drop_table("hacienda_contacto")
    op.drop_table("core_carga_fila")
    op.drop_table("core_carga_evento")
    op.drop_table("hacienda_dia_evento")
    op.drop_table("core_personal")
    op.drop_table("core_carga")
