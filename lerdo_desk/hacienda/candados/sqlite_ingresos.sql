-- The locks of órdenes, saldos a favor, deposits and other channels on SQLite, twins of postgresql_ingresos.sql.
CREATE TRIGGER candado_saldo BEFORE INSERT ON hacienda_saldo BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD129') WHERE NOT EXISTS (
    SELECT 1 FROM hacienda_cargo c JOIN hacienda_concepto k ON k.id = c.concepto_id
      JOIN hacienda_renglon x ON x.cargo_id = c.id AND x.recibo_id = NEW.recibo_id AND x.clase = 'principal'
      JOIN hacienda_recibo r ON r.id = x.recibo_id
     WHERE c.id = NEW.cargo_id AND c.cuenta_id = NEW.cuenta_id AND k.papel = 'SALDO_A_FAVOR'
       AND x.importe = NEW.importe AND c.importe = NEW.importe AND r.usuario = usuario());
END
--;;
CREATE TRIGGER candado_ficha_corte BEFORE INSERT ON hacienda_ficha_corte BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD172') WHERE EXISTS (SELECT 1 FROM hacienda_ficha WHERE id = NEW.ficha_id)
     OR NEW.forma NOT IN ('01', '02', '03', '04', '28') OR NEW.importe = 0
     OR NOT EXISTS (SELECT 1 FROM hacienda_corte_evento WHERE turno_id = NEW.turno_id AND estado = 'RECIBIDO')
     -- What is over or short in the drawer goes with the first ente's cash.
     OR NEW.importe <> coalesce((SELECT sum(p.importe) FROM hacienda_recibo r JOIN hacienda_pago p ON p.recibo_id = r.id
           WHERE r.turno_id = NEW.turno_id AND r.ente_id = NEW.ente_id AND p.forma = NEW.forma), 0)
         + CASE WHEN NEW.forma = '01' AND NEW.ente_id = (SELECT min(id) FROM hacienda_ente)
                THEN (SELECT contado - esperado FROM hacienda_corte WHERE turno_id = NEW.turno_id) ELSE 0 END;
END
--;;
CREATE TRIGGER candado_ficha BEFORE INSERT ON hacienda_ficha BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD172') WHERE NEW.fecha > fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio))
     OR NEW.importe IS NOT (SELECT sum(importe) FROM hacienda_ficha_corte WHERE ficha_id = NEW.id)
     OR EXISTS (SELECT 1 FROM hacienda_ficha_corte WHERE ficha_id = NEW.id AND (creado <> NEW.creado
          OR ente_id <> (SELECT ente_id FROM hacienda_cuenta_bancaria WHERE id = NEW.cuenta_bancaria_id)));
END
--;;
CREATE TRIGGER candado_pago_externo BEFORE INSERT ON hacienda_pago_externo BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD173') WHERE NOT EXISTS (
    SELECT 1 FROM hacienda_operacion o JOIN hacienda_turno t ON t.id = o.turno_id JOIN hacienda_caja k ON k.id = t.caja_id
     WHERE o.id = NEW.operacion_id AND o.tipo = 'COBRO' AND o.total = NEW.importe AND o.usuario = usuario()
       AND k.id = NEW.caja_id AND k.tipo <> 'VENTANILLA')
    OR EXISTS (SELECT 1 FROM hacienda_recibo r LEFT JOIN hacienda_pago p ON p.recibo_id = r.id
                WHERE r.operacion_id = NEW.operacion_id AND (r.fecha_pago <> NEW.fecha_pago OR p.forma IS NOT NEW.forma));
END
--;;
CREATE TRIGGER candado_orden BEFORE INSERT ON hacienda_orden BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD161')
    WHERE NEW.consecutivo <> (SELECT coalesce(max(consecutivo), 0) + 1 FROM hacienda_orden
                               WHERE concepto_id = NEW.concepto_id)
     OR NEW.vence < fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio)) OR NEW.vence > date(fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio)), '+366 days')
     OR NOT EXISTS (SELECT 1 FROM hacienda_cuenta c JOIN hacienda_concepto k ON k.id = NEW.concepto_id
                     WHERE c.id = NEW.cuenta_id AND c.modulo = 'ordenes' AND c.ente_id = k.ente_id
                       AND c.clave = k.departamento || k.clave || substr('00000000' || NEW.consecutivo, -8));
  SELECT RAISE(ABORT, 'LD161') WHERE NEW.parametro_id IS NOT NULL AND NEW.importe IS NOT (
    SELECT CASE p.alcance
        WHEN 'FIJO' THEN proporcion(p.numero * NEW.cantidad, 100, CAST('1' || substr('0000000000000000', 1, p.escala) AS INTEGER))
        WHEN 'UMA' THEN proporcion(p.numero * NEW.cantidad, u.numero * 100, CAST('1' || substr('0000000000000000', 1, p.escala + u.escala) AS INTEGER))
        WHEN 'PORCENTAJE' THEN proporcion(NEW.base, p.numero, CAST('1' || substr('0000000000000000', 1, p.escala) AS INTEGER)) END
      FROM hacienda_parametro p JOIN hacienda_concepto k ON k.id = NEW.concepto_id
      LEFT JOIN hacienda_parametro u ON u.id = NEW.uma_id AND u.clave = 'uma' AND u.desde <= fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio))
           AND (u.hasta IS NULL OR u.hasta >= fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio)))
     WHERE p.id = NEW.parametro_id AND p.modulo = 'ordenes' AND p.clave = 'tarifa'
       AND p.variante = k.departamento || '-' || k.clave AND p.desde <= fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio))
       AND (p.hasta IS NULL OR p.hasta >= fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio))));
END
--;;
CREATE TRIGGER candado_orden_evento BEFORE INSERT ON hacienda_orden_evento BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD160') WHERE NEW.n <> 1 OR EXISTS (
    SELECT 1 FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id WHERE c.cuenta_id = NEW.cuenta_id
     GROUP BY c.cuenta_id HAVING sum(r.importe) <> 0);
END
--;;
CREATE TRIGGER candado_caja BEFORE INSERT ON hacienda_caja BEGIN
  SELECT RAISE(ABORT, 'LD104') WHERE NEW.tipo NOT IN ('VENTANILLA', 'WEB', 'BANCO', 'PAPEL')
     OR NEW.horas NOT BETWEEN 0 AND 24 OR (NEW.tipo <> 'VENTANILLA' AND NEW.horas <> 0);
END
--;;
CREATE TRIGGER candado_caja_asignacion BEFORE INSERT ON hacienda_caja_asignacion BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  -- The last one decides: one numbered far ahead could never be answered.
  SELECT RAISE(ABORT, 'LD105') WHERE NEW.n <> (
    SELECT coalesce(max(n), 0) + 1 FROM hacienda_caja_asignacion WHERE caja_id = NEW.caja_id AND cajero = NEW.cajero);
END
--;;
CREATE TRIGGER candado_contacto BEFORE INSERT ON hacienda_contacto BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  -- The last one counts: one numbered far ahead could never be mended.
  SELECT RAISE(ABORT, 'LD105') WHERE NEW.n <> (
    SELECT coalesce(max(n), 0) + 1 FROM hacienda_contacto
     WHERE contribuyente_id = NEW.contribuyente_id AND tipo = NEW.tipo);
END
