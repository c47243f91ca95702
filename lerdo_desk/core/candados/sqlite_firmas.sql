-- Who may sign which step on SQLite, twins of postgresql_firmas.sql. Nobody's profile is the installer's.
CREATE TRIGGER candado_retiro BEFORE INSERT ON hacienda_retiro BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD111') WHERE NOT EXISTS (
      SELECT 1 FROM hacienda_turno WHERE id = NEW.turno_id AND usuario = usuario())
     OR EXISTS (SELECT 1 FROM hacienda_corte WHERE turno_id = NEW.turno_id)
     OR EXISTS (SELECT 1 FROM hacienda_conteo WHERE turno_id = NEW.turno_id AND vez > 0);
  SELECT RAISE(ABORT, 'LD140') WHERE NEW.n <> (SELECT count(*) + 1 FROM hacienda_retiro WHERE turno_id = NEW.turno_id)
     OR NOT EXISTS (
    SELECT 1 FROM core_solicitud s JOIN core_resolucion r ON r.solicitud_id = s.id
     WHERE s.id = NEW.solicitud_id AND s.acto = 'caja.retiro' AND s.usuario = usuario() AND r.decision = 'APROBADA'
       AND r.usuario <> usuario() AND s.vence >= ahora() AND json_extract(s.orden, '$.turno_id') = NEW.turno_id
       AND json_extract(s.orden, '$.importe') = NEW.importe);
  SELECT RAISE(ABORT, 'LD139') WHERE NEW.importe > (SELECT fondo FROM hacienda_turno WHERE id = NEW.turno_id)
     + coalesce((SELECT sum(p.importe) FROM hacienda_recibo r JOIN hacienda_pago p ON p.recibo_id = r.id
                  WHERE r.turno_id = NEW.turno_id AND p.forma = '01'), 0)
     - coalesce((SELECT sum(importe) FROM hacienda_retiro WHERE turno_id = NEW.turno_id), 0);
END
--;;
CREATE TRIGGER candado_corte_evento BEFORE INSERT ON hacienda_corte_evento BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD144')
    WHERE NEW.n <> (SELECT count(*) + 1 FROM hacienda_corte_evento WHERE turno_id = NEW.turno_id)
     OR 1 IS NOT CASE NEW.n
       WHEN 1 THEN usuario() <> (SELECT usuario FROM hacienda_corte WHERE turno_id = NEW.turno_id)
         AND (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1) IN ('supervisor', 'tesorero')
       WHEN 2 THEN usuario() = (SELECT usuario FROM hacienda_corte WHERE turno_id = NEW.turno_id)
         OR (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1) = 'supervisor'
       WHEN 3 THEN (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1) = 'tesorero'
         AND NOT EXISTS (SELECT 1 FROM hacienda_corte_evento WHERE turno_id = NEW.turno_id AND n = 2
                            AND usuario = usuario()) END;
END
--;;
CREATE TRIGGER candado_dia_evento BEFORE INSERT ON hacienda_dia_evento BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD170') WHERE NEW.fecha > fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio))
     OR NEW.n <> (SELECT count(*) + 1 FROM hacienda_dia_evento WHERE fecha = NEW.fecha)
     OR NEW.estado IS (SELECT estado FROM hacienda_dia_evento WHERE fecha = NEW.fecha ORDER BY n DESC LIMIT 1)
     OR (NEW.estado = 'REABIERTO' AND NEW.n = 1)
     OR 'tesorero' IS NOT (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1);
  SELECT RAISE(ABORT, 'LD171') WHERE NEW.estado = 'CERRADO' AND EXISTS (
    SELECT 1 FROM hacienda_turno t WHERE t.fecha <= NEW.fecha AND NOT EXISTS (
      SELECT 1 FROM hacienda_corte_evento e WHERE e.turno_id = t.id AND e.n = 1));
END
--;;
CREATE TRIGGER candado_saldo_uso BEFORE INSERT ON hacienda_saldo_uso BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD110') WHERE EXISTS (SELECT 1 FROM hacienda_recibo WHERE id = NEW.recibo_id);
  SELECT RAISE(ABORT, 'LD129') WHERE NOT EXISTS (SELECT 1 FROM hacienda_saldo WHERE cargo_id = NEW.cargo_id)
     OR NEW.n <> (SELECT count(*) + 1 FROM hacienda_saldo_uso WHERE cargo_id = NEW.cargo_id)
     OR NEW.importe > (SELECT CASE WHEN EXISTS (SELECT 1 FROM hacienda_recibo v WHERE v.reversa_de = s.recibo_id) THEN 0
                                   ELSE s.importe END FROM hacienda_saldo s WHERE s.cargo_id = NEW.cargo_id)
       - coalesce((SELECT sum(u.importe) FROM hacienda_saldo_uso u WHERE u.cargo_id = NEW.cargo_id AND NOT EXISTS (
           SELECT 1 FROM hacienda_recibo v WHERE v.reversa_de = u.recibo_id)), 0);
  -- Only the same person's debts, unless the tesorero has found whose money it is.
  SELECT RAISE(ABORT, 'LD129') WHERE 'tesorero' IS NOT (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1)
     AND (NEW.recibo_id IS NULL OR NOT EXISTS (SELECT 1 FROM hacienda_renglon WHERE recibo_id = NEW.recibo_id)
       OR EXISTS (
       SELECT 1 FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id
         JOIN hacienda_cuenta d ON d.id = c.cuenta_id
        WHERE r.recibo_id = NEW.recibo_id AND d.titular_id <> (
          SELECT k.titular_id FROM hacienda_saldo s JOIN hacienda_cuenta k ON k.id = s.cuenta_id
           WHERE s.cargo_id = NEW.cargo_id)));
  -- Nor another ente's.
  SELECT RAISE(ABORT, 'LD129') WHERE EXISTS (
    SELECT 1 FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id JOIN hacienda_cuenta d ON d.id = c.cuenta_id
     WHERE r.recibo_id = NEW.recibo_id AND d.ente_id <> (
       SELECT k.ente_id FROM hacienda_saldo s JOIN hacienda_cuenta k ON k.id = s.cuenta_id
        WHERE s.cargo_id = NEW.cargo_id));
END
--;;
CREATE TRIGGER candado_orden_firma BEFORE INSERT ON hacienda_orden WHEN NEW.solicitud_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'LD161') WHERE NOT EXISTS (
    SELECT 1 FROM core_solicitud s JOIN core_resolucion r ON r.solicitud_id = s.id
     WHERE s.id = NEW.solicitud_id AND s.acto = 'ordenes.importe_libre' AND s.usuario = usuario() AND r.decision = 'APROBADA'
       AND r.usuario <> usuario() AND s.vence >= ahora() AND json_extract(s.orden, '$.importe') = NEW.importe
       AND json_extract(s.orden, '$.concepto') = (SELECT departamento || '-' || clave FROM hacienda_concepto
                                                    WHERE id = NEW.concepto_id));
END
--;;
CREATE TRIGGER candado_cargo BEFORE INSERT ON hacienda_cargo BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD162') WHERE NEW.origen <> 'ORDEN'
     AND (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1) <> 'tesorero';
  -- An inherited debt is a row of the load that this same act confirms, and its memoria says which one.
  SELECT RAISE(ABORT, 'LD162') WHERE NEW.origen = 'HEREDADO'
     AND EXISTS (SELECT 1 FROM core_usuario_evento WHERE login = usuario())
     AND (NEW.periodo <> 0 OR NEW.referencia <> '' OR NOT EXISTS (
       SELECT 1 FROM core_carga_evento e JOIN core_carga_fila f ON f.carga_id = e.carga_id
        WHERE e.estado = 'CONFIRMADA' AND e.usuario = usuario() AND e.creado = ahora()
          AND f.n = CAST(substr(NEW.memoria, instr(NEW.memoria, 'renglón ') + 8) AS INTEGER)
          AND json_extract(f.datos, '$.cuenta') = NEW.cuenta_id AND json_extract(f.datos, '$.concepto') = NEW.concepto_id
          AND json_extract(f.datos, '$.ejercicio') = NEW.ejercicio AND json_extract(f.datos, '$.importe') = NEW.importe
          AND json_extract(f.datos, '$.vence') = NEW.vence));
  SELECT RAISE(ABORT, 'LD162') WHERE NEW.origen = 'ORDEN' AND NOT (
    (EXISTS (SELECT 1 FROM hacienda_orden o WHERE o.cuenta_id = NEW.cuenta_id AND o.concepto_id = NEW.concepto_id
                AND o.importe = NEW.importe AND o.vence = NEW.vence AND o.parametro_id IS NEW.parametro_id)
     AND NOT EXISTS (SELECT 1 FROM hacienda_cargo WHERE cuenta_id = NEW.cuenta_id AND concepto_id = NEW.concepto_id))
    OR ('tesorero' IS (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1) AND CASE (SELECT papel FROM hacienda_concepto WHERE id = NEW.concepto_id)
      WHEN 'SALDO_A_FAVOR' THEN 1
      WHEN 'INDEMNIZACION_CHEQUE' THEN EXISTS (
        SELECT 1 FROM hacienda_parametro p WHERE p.id = NEW.parametro_id AND p.clave = 'indemnizacion_cheque'
           AND p.desde <= fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio)) AND (p.hasta IS NULL OR p.hasta >= fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio)))
           AND NEW.importe = proporcion((
                 SELECT -sum(g.importe) FROM hacienda_recibo r JOIN hacienda_pago g ON g.recibo_id = r.id
                  WHERE r.operacion_id = NEW.referencia AND r.tipo = 'REVERSA' AND g.forma = '02'),
               p.numero, CAST('1' || substr('0000000000000000', 1, p.escala) AS INTEGER)))
        -- Once for each reversal, on an account that it gave its debt back.
        AND NOT EXISTS (SELECT 1 FROM hacienda_cargo
                         WHERE concepto_id = NEW.concepto_id AND referencia = NEW.referencia)
        AND EXISTS (SELECT 1 FROM hacienda_recibo
                     WHERE operacion_id = NEW.referencia AND cuenta_id = NEW.cuenta_id)
      ELSE 0 END));
END
--;;
CREATE TRIGGER candado_cuenta BEFORE INSERT ON hacienda_cuenta BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD163') WHERE NEW.modulo <> 'ordenes'
     AND (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1) <> 'capturista';
END
--;;
CREATE TRIGGER candado_orden_cancela BEFORE INSERT ON hacienda_orden_evento BEGIN
  SELECT RAISE(ABORT, 'LD142')
    WHERE (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1) <> 'supervisor';
END
--;;
CREATE TRIGGER candado_carga_evento BEFORE INSERT ON core_carga_evento BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD174') WHERE 'tesorero' IS NOT (SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1)
     OR NOT EXISTS (SELECT 1 FROM core_carga WHERE id = NEW.carga_id AND usuario <> usuario());
END
--;;
CREATE TRIGGER candado_personal BEFORE INSERT ON core_personal WHEN NEW.usuario <> usuario() BEGIN
  SELECT RAISE(ABORT, 'LD101');
END
--;;
CREATE TRIGGER candado_personal_cambia BEFORE UPDATE ON core_personal
WHEN OLD.usuario <> usuario() OR NEW.usuario <> OLD.usuario BEGIN
  SELECT RAISE(ABORT, 'LD100');
END
--;;
CREATE TRIGGER candado_personal_borra BEFORE DELETE ON core_personal WHEN OLD.usuario <> usuario() BEGIN
  SELECT RAISE(ABORT, 'LD100');
END
--;;
CREATE TRIGGER candado_carga_fila BEFORE INSERT ON core_carga_fila BEGIN
  -- Rows come with their load: none is added to what somebody is about to confirm.
  SELECT RAISE(ABORT, 'LD100') WHERE NOT EXISTS (
    SELECT 1 FROM core_carga WHERE id = NEW.carga_id AND usuario = usuario() AND creado = ahora());
END
--;;
CREATE TRIGGER candado_turno_canal BEFORE INSERT ON hacienda_turno BEGIN
  -- A channel takes days that are past: only Tesorería opens one, and sits at no till.
  SELECT RAISE(ABORT, 'LD132')
    WHERE ((SELECT tipo FROM hacienda_caja WHERE id = NEW.caja_id) = 'VENTANILLA')
        = ((SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1) = 'tesorero');
END
--;;
CREATE TRIGGER candado_recibo_saldo BEFORE INSERT ON hacienda_recibo BEGIN
  -- Asked again of every line: some may have come after the saldo was taken.
  SELECT RAISE(ABORT, 'LD129') WHERE EXISTS (
    SELECT 1 FROM hacienda_saldo_uso u JOIN hacienda_saldo s ON s.cargo_id = u.cargo_id
      JOIN hacienda_cuenta suya ON suya.id = s.cuenta_id
      JOIN hacienda_renglon r ON r.recibo_id = u.recibo_id
      JOIN hacienda_cargo c ON c.id = r.cargo_id JOIN hacienda_cuenta d ON d.id = c.cuenta_id
      JOIN hacienda_contribuyente quien ON quien.id = d.titular_id
     WHERE u.recibo_id = NEW.id AND (d.ente_id <> suya.ente_id
       -- Nobody's money is nobody's to use at a till, nor does an order in another's name use somebody's.
       OR ((d.titular_id <> suya.titular_id OR suya.clave GLOB 'XCANAL-*'
            OR (d.modulo = 'ordenes' AND normaliza(d.titular) <> normaliza(quien.nombre)))
           AND 'tesorero' IS NOT (
             SELECT perfil FROM core_usuario_evento WHERE login = usuario() ORDER BY n DESC LIMIT 1))));
END
