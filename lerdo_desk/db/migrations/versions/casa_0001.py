"""The ledger, the accounts, the approvals and the bitácora."""

import sqlalchemy as sa
from alembic import op

revision = "casa_0001"
down_revision = None
branch_labels = ("casa",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bitacora_acto",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("acto", sa.String(length=80), nullable=False),
        sa.Column("permiso", sa.String(length=80), nullable=False),
        sa.Column("orden", sa.Text(), nullable=False),
        sa.Column("estacion", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bitacora_acto")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "core_solicitud",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("acto", sa.String(length=80), nullable=False),
        sa.Column("modulo", sa.Text(), nullable=False),
        sa.Column("objeto", sa.Text(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("orden", sa.Text(), nullable=False),
        sa.Column("vence", sa.BigInteger(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("length(motivo) >= 5", name=op.f("ck_core_solicitud_motivo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_solicitud")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "core_usuario",
        sa.Column("login", sa.String(length=63), nullable=False),
        sa.Column("nombre", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_core_usuario")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_caja",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("clave", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Text(), nullable=False),
        sa.Column("sede", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_caja")),
        sa.UniqueConstraint("clave", name=op.f("uq_hacienda_caja_clave")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_contribuyente",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("nombre", sa.Text(), nullable=False),
        sa.Column("tipo", sa.String(length=1), nullable=False),
        sa.Column("rfc", sa.Text(), nullable=True),
        sa.Column("curp", sa.Text(), nullable=True),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("tipo IN ('F', 'M')", name=op.f("ck_hacienda_contribuyente_tipo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_contribuyente")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_ente",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("clave", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Text(), nullable=False),
        sa.Column("rfc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_ente")),
        sa.UniqueConstraint("clave", name=op.f("uq_hacienda_ente_clave")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_municipio",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("clave", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Text(), nullable=False),
        sa.Column("estado", sa.Text(), nullable=False),
        sa.Column("zona_horaria", sa.Text(), nullable=False),
        sa.Column("modo", sa.Text(), nullable=False),
        sa.Column("grupos_clave", sa.Text(), nullable=False),
        sa.Column("paquete", sa.Text(), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("modo IN ('capacitacion', 'produccion')", name=op.f("ck_hacienda_municipio_modo")),
        sa.CheckConstraint("id = 1", name=op.f("ck_hacienda_municipio_uno")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_municipio")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_parametro",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("modulo", sa.Text(), nullable=False),
        sa.Column("clave", sa.Text(), nullable=False),
        sa.Column("variante", sa.Text(), nullable=False),
        sa.Column("desde", sa.Date(), nullable=False),
        sa.Column("hasta", sa.Date(), nullable=True),
        sa.Column("numero", sa.BigInteger(), nullable=False),
        sa.Column("escala", sa.SmallInteger(), nullable=False),
        sa.Column("alcance", sa.Text(), nullable=False),
        sa.Column("datos", sa.Text(), nullable=False),
        sa.Column("fundamento", sa.Text(), nullable=False),
        sa.Column("ejemplo", sa.SmallInteger(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("escala BETWEEN 0 AND 8", name=op.f("ck_hacienda_parametro_escala")),
        sa.CheckConstraint("hasta IS NULL OR hasta >= desde", name=op.f("ck_hacienda_parametro_vigencia")),
        sa.CheckConstraint("numero >= 0", name=op.f("ck_hacienda_parametro_numero")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_parametro")),
        sa.UniqueConstraint(
            "modulo",
            "clave",
            "variante",
            "desde",
            name=op.f("uq_hacienda_parametro_modulo_clave_variante_desde"),
        ),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "core_frase",
        sa.Column("login", sa.String(length=63), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("verificador", sa.Text(), nullable=False),
        sa.Column("vence", sa.BigInteger(), nullable=True),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["core_usuario.login"], name=op.f("fk_core_frase_login")),
        sa.PrimaryKeyConstraint("login", "n", name=op.f("pk_core_frase")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "core_resolucion",
        sa.Column("solicitud_id", sa.String(length=36), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("nota", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("decision IN ('APROBADA', 'RECHAZADA')", name=op.f("ck_core_resolucion_decision")),
        sa.ForeignKeyConstraint(
            ["solicitud_id"], ["core_solicitud.id"], name=op.f("fk_core_resolucion_solicitud_id")
        ),
        sa.PrimaryKeyConstraint("solicitud_id", name=op.f("pk_core_resolucion")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "core_usuario_evento",
        sa.Column("login", sa.String(length=63), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("tipo", sa.String(length=20), nullable=False),
        sa.Column("perfil", sa.String(length=30), nullable=False),
        sa.Column("activo", sa.SmallInteger(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["core_usuario.login"], name=op.f("fk_core_usuario_evento_login")),
        sa.PrimaryKeyConstraint("login", "n", name=op.f("pk_core_usuario_evento")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_caja_asignacion",
        sa.Column("caja_id", sa.BigInteger(), nullable=False),
        sa.Column("cajero", sa.String(length=63), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("desde", sa.Date(), nullable=False),
        sa.Column("permitida", sa.SmallInteger(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("permitida IN (0, 1)", name=op.f("ck_hacienda_caja_asignacion_permitida")),
        sa.ForeignKeyConstraint(
            ["caja_id"], ["hacienda_caja.id"], name=op.f("fk_hacienda_caja_asignacion_caja_id")
        ),
        sa.PrimaryKeyConstraint("caja_id", "cajero", "n", name=op.f("pk_hacienda_caja_asignacion")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_concepto",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ente_id", sa.BigInteger(), nullable=False),
        sa.Column("modulo", sa.Text(), nullable=False),
        sa.Column("papel", sa.Text(), nullable=False),
        sa.Column("departamento", sa.String(length=2), nullable=False),
        sa.Column("clave", sa.String(length=4), nullable=False),
        sa.Column("nombre", sa.Text(), nullable=False),
        sa.Column("cri", sa.Text(), nullable=False),
        sa.Column("cuenta_contable", sa.Text(), nullable=False),
        sa.Column("fundamento", sa.Text(), nullable=False),
        sa.Column("ejemplo", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["ente_id"], ["hacienda_ente.id"], name=op.f("fk_hacienda_concepto_ente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_concepto")),
        sa.UniqueConstraint(
            "ente_id", "departamento", "clave", name=op.f("uq_hacienda_concepto_ente_id_departamento_clave")
        ),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_cuenta",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ente_id", sa.BigInteger(), nullable=False),
        sa.Column("modulo", sa.Text(), nullable=False),
        sa.Column("clave", sa.Text(), nullable=False),
        sa.Column("titular_id", sa.BigInteger(), nullable=False),
        sa.Column("titular", sa.Text(), nullable=False),
        sa.Column("domicilio", sa.Text(), nullable=False),
        sa.Column(
            "busqueda",
            sa.Text(),
            sa.Computed(
                "normaliza(clave || ' ' || replace(clave, '-', '') || ' ' || titular || ' ' || domicilio)",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.ForeignKeyConstraint(["ente_id"], ["hacienda_ente.id"], name=op.f("fk_hacienda_cuenta_ente_id")),
        sa.ForeignKeyConstraint(
            ["titular_id"], ["hacienda_contribuyente.id"], name=op.f("fk_hacienda_cuenta_titular_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_cuenta")),
        sa.UniqueConstraint("modulo", "clave", name=op.f("uq_hacienda_cuenta_modulo_clave")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_index("ix_hacienda_cuenta_titular_id", "hacienda_cuenta", ["titular_id"], unique=False)
    op.create_table(
        "hacienda_membrete",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ente_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("dependencia", sa.Text(), nullable=False),
        sa.Column("domicilio", sa.Text(), nullable=False),
        sa.Column("telefono", sa.Text(), nullable=False),
        sa.Column("leyenda", sa.Text(), nullable=False),
        sa.Column("ejemplo", sa.SmallInteger(), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.ForeignKeyConstraint(["ente_id"], ["hacienda_ente.id"], name=op.f("fk_hacienda_membrete_ente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_membrete")),
        sa.UniqueConstraint("ente_id", "version", name=op.f("uq_hacienda_membrete_ente_id_version")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_serie",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ente_id", sa.BigInteger(), nullable=False),
        sa.Column("caja_id", sa.BigInteger(), nullable=False),
        sa.Column("clave", sa.Text(), nullable=False),
        sa.Column("ultimo_folio", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("ultimo_hash", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.ForeignKeyConstraint(["caja_id"], ["hacienda_caja.id"], name=op.f("fk_hacienda_serie_caja_id")),
        sa.ForeignKeyConstraint(["ente_id"], ["hacienda_ente.id"], name=op.f("fk_hacienda_serie_ente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_serie")),
        sa.UniqueConstraint("caja_id", "ente_id", name=op.f("uq_hacienda_serie_caja_id_ente_id")),
        sa.UniqueConstraint("clave", name=op.f("uq_hacienda_serie_clave")),
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_turno",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("caja_id", sa.BigInteger(), nullable=False),
        sa.Column("fondo", sa.BigInteger(), nullable=False),
        sa.Column("estacion", sa.Text(), nullable=False),
        sa.Column("fecha", sa.Date(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("fondo BETWEEN 0 AND 99999999", name=op.f("ck_hacienda_turno_fondo")),
        sa.ForeignKeyConstraint(["caja_id"], ["hacienda_caja.id"], name=op.f("fk_hacienda_turno_caja_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_turno")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_index("ix_hacienda_turno_caja_id", "hacienda_turno", ["caja_id"], unique=False)
    op.create_index("ix_hacienda_turno_usuario", "hacienda_turno", ["usuario"], unique=False)
    op.create_table(
        "hacienda_cargo",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("cuenta_id", sa.BigInteger(), nullable=False),
        sa.Column("concepto_id", sa.BigInteger(), nullable=False),
        sa.Column("ejercicio", sa.SmallInteger(), nullable=False),
        sa.Column("periodo", sa.SmallInteger(), nullable=False),
        sa.Column("referencia", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("vence", sa.Date(), nullable=False),
        sa.Column("origen", sa.Text(), nullable=False),
        sa.Column("parametro_id", sa.BigInteger(), nullable=True),
        sa.Column("memoria", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "origen IN ('EMISION', 'HEREDADO', 'ORDEN')", name=op.f("ck_hacienda_cargo_origen")
        ),
        sa.CheckConstraint(
            "importe > 0 AND importe <= 99999999999999", name=op.f("ck_hacienda_cargo_importe")
        ),
        sa.CheckConstraint("periodo BETWEEN 0 AND 6", name=op.f("ck_hacienda_cargo_periodo")),
        sa.ForeignKeyConstraint(
            ["concepto_id"], ["hacienda_concepto.id"], name=op.f("fk_hacienda_cargo_concepto_id")
        ),
        sa.ForeignKeyConstraint(
            ["cuenta_id"], ["hacienda_cuenta.id"], name=op.f("fk_hacienda_cargo_cuenta_id")
        ),
        sa.ForeignKeyConstraint(
            ["parametro_id"], ["hacienda_parametro.id"], name=op.f("fk_hacienda_cargo_parametro_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_cargo")),
        sa.UniqueConstraint(
            "cuenta_id",
            "concepto_id",
            "ejercicio",
            "periodo",
            "referencia",
            name=op.f("uq_hacienda_cargo_cuenta_id_concepto_id_ejercicio_periodo_referencia"),
        ),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_conteo",
        sa.Column("turno_id", sa.String(length=36), nullable=False),
        sa.Column("vez", sa.SmallInteger(), nullable=False),
        sa.Column("denominacion", sa.BigInteger(), nullable=False),
        sa.Column("piezas", sa.BigInteger(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("denominacion > 0", name=op.f("ck_hacienda_conteo_denominacion")),
        sa.CheckConstraint("piezas BETWEEN 0 AND 1000000", name=op.f("ck_hacienda_conteo_piezas")),
        sa.ForeignKeyConstraint(
            ["turno_id"], ["hacienda_turno.id"], name=op.f("fk_hacienda_conteo_turno_id")
        ),
        sa.PrimaryKeyConstraint("turno_id", "vez", "denominacion", name=op.f("pk_hacienda_conteo")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_corte",
        sa.Column("turno_id", sa.String(length=36), nullable=False),
        sa.Column("caja_id", sa.BigInteger(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("numero", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("esperado", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("contado", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("recibos", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("total", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("hash_previo", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("hash", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.ForeignKeyConstraint(["caja_id"], ["hacienda_caja.id"], name=op.f("fk_hacienda_corte_caja_id")),
        sa.ForeignKeyConstraint(["turno_id"], ["hacienda_turno.id"], name=op.f("fk_hacienda_corte_turno_id")),
        sa.PrimaryKeyConstraint("turno_id", name=op.f("pk_hacienda_corte")),
        sa.UniqueConstraint("caja_id", "numero", name=op.f("uq_hacienda_corte_caja_id_numero")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_operacion",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("turno_id", sa.String(length=36), nullable=False),
        sa.Column("tipo", sa.Text(), nullable=False),
        sa.Column("recibos", sa.SmallInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("huella", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "tipo IN ('COBRO', 'CANCELACION', 'ANULADA')", name=op.f("ck_hacienda_operacion_tipo")
        ),
        sa.ForeignKeyConstraint(
            ["turno_id"], ["hacienda_turno.id"], name=op.f("fk_hacienda_operacion_turno_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_operacion")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_recibo",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("operacion_id", sa.String(length=36), nullable=False),
        sa.Column("ente_id", sa.BigInteger(), nullable=False),
        sa.Column("serie_id", sa.BigInteger(), nullable=False),
        sa.Column("turno_id", sa.String(length=36), nullable=False),
        sa.Column("cuenta_id", sa.BigInteger(), nullable=False),
        sa.Column("membrete_id", sa.BigInteger(), nullable=False),
        sa.Column("tipo", sa.Text(), nullable=False),
        sa.Column("reversa_de", sa.String(length=36), nullable=True),
        sa.Column("solicitud_id", sa.String(length=36), nullable=True),
        sa.Column("pagador", sa.Text(), nullable=False),
        sa.Column("cuenta_etiqueta", sa.Text(), nullable=False),
        sa.Column("domicilio", sa.Text(), nullable=False),
        sa.Column("fecha_pago", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("folio", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("hash_previo", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("hash", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint(
            "(tipo = 'REVERSA') = (reversa_de IS NOT NULL AND solicitud_id IS NOT NULL)",
            name=op.f("ck_hacienda_recibo_reversa"),
        ),
        sa.CheckConstraint("tipo IN ('COBRO', 'REVERSA')", name=op.f("ck_hacienda_recibo_tipo")),
        sa.ForeignKeyConstraint(
            ["cuenta_id"], ["hacienda_cuenta.id"], name=op.f("fk_hacienda_recibo_cuenta_id")
        ),
        sa.ForeignKeyConstraint(["ente_id"], ["hacienda_ente.id"], name=op.f("fk_hacienda_recibo_ente_id")),
        sa.ForeignKeyConstraint(
            ["membrete_id"], ["hacienda_membrete.id"], name=op.f("fk_hacienda_recibo_membrete_id")
        ),
        sa.ForeignKeyConstraint(
            ["operacion_id"],
            ["hacienda_operacion.id"],
            name=op.f("fk_hacienda_recibo_operacion_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reversa_de"], ["hacienda_recibo.id"], name=op.f("fk_hacienda_recibo_reversa_de")
        ),
        sa.ForeignKeyConstraint(
            ["serie_id"], ["hacienda_serie.id"], name=op.f("fk_hacienda_recibo_serie_id")
        ),
        sa.ForeignKeyConstraint(
            ["turno_id"], ["hacienda_turno.id"], name=op.f("fk_hacienda_recibo_turno_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacienda_recibo")),
        sa.UniqueConstraint("reversa_de", name=op.f("uq_hacienda_recibo_reversa_de")),
        sa.UniqueConstraint("serie_id", "folio", name=op.f("uq_hacienda_recibo_serie_id_folio")),
        sa.UniqueConstraint("solicitud_id", name=op.f("uq_hacienda_recibo_solicitud_id")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_index("ix_hacienda_recibo_cuenta_id", "hacienda_recibo", ["cuenta_id"], unique=False)
    op.create_index("ix_hacienda_recibo_operacion_id", "hacienda_recibo", ["operacion_id"], unique=False)
    op.create_index("ix_hacienda_recibo_turno_id", "hacienda_recibo", ["turno_id"], unique=False)
    op.create_table(
        "hacienda_impresion",
        sa.Column("recibo_id", sa.String(length=36), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("estacion", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.CheckConstraint("n >= 1", name=op.f("ck_hacienda_impresion_n")),
        sa.ForeignKeyConstraint(
            ["recibo_id"], ["hacienda_recibo.id"], name=op.f("fk_hacienda_impresion_recibo_id")
        ),
        sa.PrimaryKeyConstraint("recibo_id", "n", name=op.f("pk_hacienda_impresion")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_pago",
        sa.Column("recibo_id", sa.String(length=36), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("forma", sa.String(length=2), nullable=False),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("recibido", sa.BigInteger(), nullable=False),
        sa.Column("cambio", sa.BigInteger(), nullable=False),
        sa.Column("referencia", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(length=63), server_default=sa.text("(usuario())"), nullable=False),
        sa.CheckConstraint(
            "recibido = importe + cambio AND cambio >= 0", name=op.f("ck_hacienda_pago_cambio")
        ),
        sa.ForeignKeyConstraint(
            ["recibo_id"],
            ["hacienda_recibo.id"],
            name=op.f("fk_hacienda_pago_recibo_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("recibo_id", "n", name=op.f("pk_hacienda_pago")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_table(
        "hacienda_renglon",
        sa.Column("recibo_id", sa.String(length=36), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("cargo_id", sa.BigInteger(), nullable=False),
        sa.Column("concepto_id", sa.BigInteger(), nullable=False),
        sa.Column("clase", sa.Text(), nullable=False),
        sa.Column("importe", sa.BigInteger(), nullable=False),
        sa.Column("texto", sa.Text(), nullable=False),
        sa.Column("fundamento", sa.Text(), nullable=False),
        sa.Column("fecha_pago", sa.Date(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("parametro_id", sa.BigInteger(), nullable=True),
        sa.Column("parametro_base_id", sa.BigInteger(), nullable=True),
        sa.Column("meses", sa.SmallInteger(), nullable=True),
        sa.Column("factor", sa.BigInteger(), nullable=True),
        sa.Column("reversa_de", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "clase IN ('principal', 'actualizacion', 'recargo', 'gasto', 'multa', 'descuento', 'redondeo')",
            name=op.f("ck_hacienda_renglon_clase"),
        ),
        sa.CheckConstraint("importe <> 0", name=op.f("ck_hacienda_renglon_importe")),
        sa.ForeignKeyConstraint(
            ["cargo_id"], ["hacienda_cargo.id"], name=op.f("fk_hacienda_renglon_cargo_id")
        ),
        sa.ForeignKeyConstraint(
            ["concepto_id"], ["hacienda_concepto.id"], name=op.f("fk_hacienda_renglon_concepto_id")
        ),
        sa.ForeignKeyConstraint(
            ["parametro_base_id"],
            ["hacienda_parametro.id"],
            name=op.f("fk_hacienda_renglon_parametro_base_id"),
        ),
        sa.ForeignKeyConstraint(
            ["parametro_id"], ["hacienda_parametro.id"], name=op.f("fk_hacienda_renglon_parametro_id")
        ),
        sa.ForeignKeyConstraint(
            ["recibo_id"],
            ["hacienda_recibo.id"],
            name=op.f("fk_hacienda_renglon_recibo_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("recibo_id", "n", name=op.f("pk_hacienda_renglon")),
        info={"solo_crece": True},
        sqlite_strict=True,
    )
    op.create_index("ix_hacienda_renglon_cargo_id", "hacienda_renglon", ["cargo_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_hacienda_renglon_cargo_id", table_name="hacienda_renglon")
    op.drop_table("hacienda_renglon")
    op.drop_table("hacienda_pago")
    op.drop_table("hacienda_impresion")
    op.drop_index("ix_hacienda_recibo_turno_id", table_name="hacienda_recibo")
    op.drop_index("ix_hacienda_recibo_operacion_id", table_name="hacienda_recibo")
    op.drop_index("ix_hacienda_recibo_cuenta_id", table_name="hacienda_recibo")
    op.drop_table("hacienda_recibo")
    op.drop_table("hacienda_operacion")
    op.drop_table("hacienda_corte")
    op.drop_table("hacienda_conteo")
    op.drop_table("hacienda_cargo")
    op.drop_index("ix_hacienda_turno_usuario", table_name="hacienda_turno")
    op.drop_index("ix_hacienda_turno_caja_id", table_name="hacienda_turno")
    op.drop_table("hacienda_turno")
    op.drop_table("hacienda_serie")
    op.drop_table("hacienda_membrete")
    op.drop_index("ix_hacienda_cuenta_titular_id", table_name="hacienda_cuenta")
    op.drop_table("hacienda_cuenta")
    op.drop_table("hacienda_concepto")
    op.drop_table("hacienda_caja_asignacion")
    op.drop_table("core_usuario_evento")
    op.drop_table("core_resolucion")
    op.drop_table("core_frase")
    op.drop_table("hacienda_parametro")
    op.drop_table("hacienda_municipio")
    op.drop_table("hacienda_ente")
    op.drop_table("hacienda_contribuyente")
    op.drop_table("hacienda_caja")
    op.drop_table("core_usuario")
    op.drop_table("core_solicitud")
    op.drop_table("bitacora_acto")
