-- The ledger's locks on SQLite, twins of postgresql.sql. usuario(), ahora(), canon(), sha256_hex(), fecha_local(),
-- proporcion() and meses_o_fraccion() are registered by each connection (db/motor.py). BEGIN IMMEDIATE is the row lock.
CREATE TRIGGER candado_renglon BEFORE INSERT ON hacienda_renglon BEGIN
  SELECT RAISE(ABORT, 'LD110') WHERE EXISTS (SELECT 1 FROM hacienda_recibo WHERE id = NEW.recibo_id);
  SELECT RAISE(ABORT, 'LD122') WHERE NEW.reversa_de IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM hacienda_renglon o WHERE o.recibo_id = NEW.reversa_de AND o.n = NEW.n AND o.reversa_de IS NULL
       AND o.importe = -NEW.importe AND o.cargo_id = NEW.cargo_id AND o.concepto_id = NEW.concepto_id
       AND o.clase = NEW.clase AND o.texto = NEW.texto);
  SELECT RAISE(ABORT, 'LD119') WHERE NEW.reversa_de IS NULL
     AND (NEW.clase NOT IN ('principal', 'descuento', 'recargo', 'actualizacion')
          OR (NEW.clase = 'principal' AND NEW.importe <= 0)
          -- What a supervisor signed or a tariff fixed bears no surcharge and no discount of another law.
          OR (NEW.clase <> 'principal' AND 'ORDEN' = (SELECT origen FROM hacienda_cargo WHERE id = NEW.cargo_id)));
  -- The revenue is that of the debt, or of its módulo's rezago, recargo and actualización.
  SELECT RAISE(ABORT, 'LD119') WHERE NEW.reversa_de IS NULL AND EXISTS (
    SELECT 1 FROM hacienda_cargo c JOIN hacienda_cuenta d ON d.id = c.cuenta_id
      JOIN hacienda_concepto k ON k.id = NEW.concepto_id AND k.ente_id = d.ente_id
     WHERE c.id = NEW.cargo_id AND NOT ((k.id = c.concepto_id AND NEW.clase IN ('principal', 'descuento'))
       OR (k.modulo = d.modulo AND c.origen <> 'ORDEN'
         AND k.papel = CASE NEW.clase WHEN 'recargo' THEN 'RECARGO' WHEN 'actualizacion' THEN 'ACTUALIZACION'
                       ELSE 'REZAGO' END
         AND (k.papel <> 'REZAGO' OR c.ejercicio < CAST(substr(NEW.fecha_pago, 1, 4) AS INTEGER)))));
  SELECT RAISE(ABORT, 'LD160') WHERE NEW.reversa_de IS NULL AND NEW.clase = 'principal' AND EXISTS (
    SELECT 1 FROM hacienda_cargo c JOIN hacienda_orden o ON o.cuenta_id = c.cuenta_id AND o.concepto_id = c.concepto_id
     WHERE c.id = NEW.cargo_id AND c.origen = 'ORDEN' AND (o.vence < NEW.fecha_pago
        OR EXISTS (SELECT 1 FROM hacienda_orden_evento e WHERE e.cuenta_id = o.cuenta_id)));
  SELECT RAISE(ABORT, 'LD117') WHERE NEW.reversa_de IS NULL AND NEW.clase = 'descuento' AND NOT EXISTS (
    SELECT 1 FROM hacienda_parametro p JOIN hacienda_cargo c ON c.id = NEW.cargo_id
     WHERE p.id = NEW.parametro_id AND p.clave = 'descuento' AND p.desde <= NEW.fecha_pago
       AND p.modulo = (SELECT modulo FROM hacienda_cuenta WHERE id = c.cuenta_id)
       AND (p.hasta IS NULL OR p.hasta >= NEW.fecha_pago) AND coalesce(NEW.base, 0) > 0
       AND (c.vence >= NEW.fecha_pago OR json_extract(p.datos, '$.vencidos') IS 1)
       AND NEW.importe = -proporcion(NEW.base, p.numero, CAST('1' || substr('00000000', 1, p.escala) AS INTEGER))
       AND (p.alcance <> 'EJERCICIO_ACTUAL' OR c.ejercicio = CAST(substr(NEW.fecha_pago, 1, 4) AS INTEGER)));
  SELECT RAISE(ABORT, 'LD118') WHERE NEW.reversa_de IS NULL AND NEW.clase = 'recargo' AND NOT EXISTS (
    SELECT 1 FROM hacienda_parametro p JOIN hacienda_cargo c ON c.id = NEW.cargo_id
     WHERE p.id = NEW.parametro_id AND p.clave = 'recargo_mensual' AND p.desde <= NEW.fecha_pago
       AND p.modulo = (SELECT modulo FROM hacienda_cuenta WHERE id = c.cuenta_id)
       AND (p.hasta IS NULL OR p.hasta > c.vence)
       AND coalesce(NEW.base, 0) > 0 AND coalesce(NEW.meses, 0) > 0
       AND NEW.importe = proporcion(NEW.base, p.numero * NEW.meses,
                                    CAST('1' || substr('00000000', 1, p.escala) AS INTEGER)));
  SELECT RAISE(ABORT, 'LD118') WHERE NEW.reversa_de IS NULL AND NEW.clase = 'actualizacion' AND NOT EXISTS (
    SELECT 1 FROM hacienda_parametro p JOIN hacienda_parametro b ON b.id = NEW.parametro_base_id
      JOIN hacienda_cargo c ON c.id = NEW.cargo_id
     WHERE p.id = NEW.parametro_id AND p.clave = 'inpc' AND b.clave = 'inpc' AND p.desde <= NEW.fecha_pago
       AND (p.hasta IS NULL OR p.hasta >= NEW.fecha_pago) AND coalesce(NEW.base, 0) > 0
       AND b.variante = strftime('%Y-%m', c.vence, 'start of month', '-1 month')
       AND p.variante = (SELECT max(variante) FROM hacienda_parametro
                          WHERE clave = 'inpc' AND desde <= NEW.fecha_pago
                            AND variante <= strftime('%Y-%m', NEW.fecha_pago, 'start of month', '-1 month'))
       AND NEW.factor = max(10000, p.numero * 10000 / b.numero)
       AND NEW.importe = proporcion(NEW.base, coalesce(NEW.factor, 10000) - 10000, 10000));
END
--;;
CREATE TRIGGER candado_pago BEFORE INSERT ON hacienda_pago BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario();
  SELECT RAISE(ABORT, 'LD110') WHERE EXISTS (SELECT 1 FROM hacienda_recibo WHERE id = NEW.recibo_id);
  SELECT RAISE(ABORT, 'LD121') WHERE NEW.cambio <> 0 AND (NEW.forma <> '01' OR NEW.importe < 0);
  -- Another form could never be deposited: its money would be nobody's.
  SELECT RAISE(ABORT, 'LD103') WHERE NEW.forma NOT IN ('01', '02', '03', '04', '17', '28');
  SELECT RAISE(ABORT, 'LD126') WHERE NEW.forma <> '01' AND trim(NEW.referencia) = '';
END
--;;
CREATE TRIGGER candado_turno BEFORE INSERT ON hacienda_turno BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD116') WHERE NEW.fecha <> fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio));
  SELECT RAISE(ABORT, 'LD170') WHERE 'CERRADO' = (
    SELECT estado FROM hacienda_dia_evento WHERE fecha = NEW.fecha ORDER BY n DESC LIMIT 1);
  SELECT RAISE(ABORT, 'LD132') WHERE 1 IS NOT (
    SELECT permitida FROM hacienda_caja_asignacion
     WHERE caja_id = NEW.caja_id AND cajero = usuario() AND desde <= NEW.fecha ORDER BY n DESC LIMIT 1);
  SELECT RAISE(ABORT, 'LD131') WHERE EXISTS (SELECT 1 FROM hacienda_turno t WHERE t.usuario = usuario()
    AND NOT EXISTS (SELECT 1 FROM hacienda_corte c WHERE c.turno_id = t.id));
  SELECT RAISE(ABORT, 'LD130') WHERE EXISTS (SELECT 1 FROM hacienda_turno t WHERE t.caja_id = NEW.caja_id
    AND NOT EXISTS (SELECT 1 FROM hacienda_corte c WHERE c.turno_id = t.id));
END
--;;
CREATE TRIGGER candado_conteo BEFORE INSERT ON hacienda_conteo BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD111') WHERE NOT EXISTS (
    SELECT 1 FROM hacienda_turno WHERE id = NEW.turno_id AND usuario = usuario());
  SELECT RAISE(ABORT, 'LD133') WHERE EXISTS (SELECT 1 FROM hacienda_corte WHERE turno_id = NEW.turno_id);
  -- A count is one act, and the next one is another: the fund's (0) comes with its turno, recounts in order.
  SELECT RAISE(ABORT, 'LD136') WHERE NEW.vez < 0 OR EXISTS (
    SELECT 1 FROM hacienda_conteo
     WHERE turno_id = NEW.turno_id AND (vez > NEW.vez OR (vez = NEW.vez AND creado <> NEW.creado)))
    OR (NEW.vez = 0 AND NOT EXISTS (SELECT 1 FROM hacienda_turno WHERE id = NEW.turno_id AND creado = NEW.creado))
    OR (NEW.vez > 1 AND NOT EXISTS (
          SELECT 1 FROM hacienda_conteo WHERE turno_id = NEW.turno_id AND vez = NEW.vez - 1));
END
--;;
CREATE TRIGGER candado_corte BEFORE INSERT ON hacienda_corte BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora() OR NEW.hash <> ''
     OR NEW.numero <> 0;
  SELECT RAISE(ABORT, 'LD111') WHERE NOT EXISTS (
    SELECT 1 FROM hacienda_turno WHERE id = NEW.turno_id AND usuario = usuario() AND caja_id = NEW.caja_id);
  SELECT RAISE(ABORT, 'LD134')
    WHERE NOT EXISTS (SELECT 1 FROM hacienda_conteo WHERE turno_id = NEW.turno_id AND vez > 0);
  SELECT RAISE(ABORT, 'LD137') FROM hacienda_turno WHERE id = NEW.turno_id AND fondo <> (
    SELECT sum(denominacion * piezas) FROM hacienda_conteo WHERE turno_id = NEW.turno_id AND vez = 0);
END
--;;
CREATE TRIGGER candado_corte_sella AFTER INSERT ON hacienda_corte BEGIN
  UPDATE hacienda_corte SET
    numero = coalesce((SELECT max(numero) FROM hacienda_corte WHERE caja_id = NEW.caja_id), 0) + 1,
    hash_previo = coalesce((SELECT hash FROM hacienda_corte WHERE caja_id = NEW.caja_id AND hash <> ''
                             ORDER BY numero DESC LIMIT 1), ''),
    esperado = (SELECT fondo FROM hacienda_turno WHERE id = NEW.turno_id)
      + coalesce((SELECT sum(p.importe) FROM hacienda_recibo r JOIN hacienda_pago p ON p.recibo_id = r.id
                   WHERE r.turno_id = NEW.turno_id AND p.forma = '01'), 0)
      - coalesce((SELECT sum(importe) FROM hacienda_retiro WHERE turno_id = NEW.turno_id), 0),
    contado = (SELECT sum(denominacion * piezas) FROM hacienda_conteo WHERE turno_id = NEW.turno_id
                AND vez = (SELECT max(vez) FROM hacienda_conteo WHERE turno_id = NEW.turno_id)),
    recibos = (SELECT count(*) FROM hacienda_recibo WHERE turno_id = NEW.turno_id),
    total = (SELECT coalesce(sum(total), 0) FROM hacienda_recibo WHERE turno_id = NEW.turno_id)
    WHERE turno_id = NEW.turno_id;
  SELECT RAISE(ABORT, 'LD135') FROM hacienda_corte
    WHERE turno_id = NEW.turno_id AND contado <> esperado AND trim(motivo) = '';
  UPDATE hacienda_corte SET hash = sha256_hex(canon('corte/1', turno_id, caja_id, numero,
      (SELECT fondo FROM hacienda_turno WHERE id = NEW.turno_id), esperado, contado, recibos, total, motivo, usuario,
      creado, hash_previo,
      (SELECT group_concat(x, '') FROM (SELECT canon(denominacion, piezas) AS x FROM hacienda_conteo
         WHERE turno_id = NEW.turno_id AND vez = (SELECT max(vez) FROM hacienda_conteo WHERE turno_id = NEW.turno_id)
         ORDER BY denominacion)),
      (SELECT group_concat(x, '') FROM (SELECT canon(clave, ultimo_folio, ultimo_hash) AS x FROM hacienda_serie
         WHERE caja_id = NEW.caja_id ORDER BY clave))))
    WHERE turno_id = NEW.turno_id;
END
--;;
CREATE TRIGGER candado_corte_cambia BEFORE UPDATE ON hacienda_corte WHEN OLD.hash <> '' BEGIN
  SELECT RAISE(ABORT, 'LD100');
END
--;;
CREATE TRIGGER candado_recibo BEFORE INSERT ON hacienda_recibo BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora() OR NEW.folio <> 0
     OR NEW.hash <> '' OR NEW.hash_previo <> '';
  SELECT RAISE(ABORT, 'LD110') WHERE EXISTS (SELECT 1 FROM hacienda_operacion WHERE id = NEW.operacion_id);
  SELECT RAISE(ABORT, 'LD111') WHERE NOT EXISTS (
      SELECT 1 FROM hacienda_turno WHERE id = NEW.turno_id AND usuario = usuario())
     OR EXISTS (SELECT 1 FROM hacienda_corte WHERE turno_id = NEW.turno_id)
     OR EXISTS (SELECT 1 FROM hacienda_conteo WHERE turno_id = NEW.turno_id AND vez > 0);
  -- A channel's payment was made when its own paper says.
  SELECT RAISE(ABORT, 'LD116')
    WHERE NEW.fecha_pago > fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio))
     OR (NEW.fecha_pago <> fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio)) AND 'VENTANILLA' = (
           SELECT k.tipo FROM hacienda_turno t JOIN hacienda_caja k ON k.id = t.caja_id WHERE t.id = NEW.turno_id))
     OR EXISTS (SELECT 1 FROM hacienda_renglon WHERE recibo_id = NEW.id AND fecha_pago <> NEW.fecha_pago);
  SELECT RAISE(ABORT, 'LD138') FROM hacienda_turno t JOIN hacienda_caja k ON k.id = t.caja_id
    WHERE t.id = NEW.turno_id AND CASE k.horas
      WHEN 0 THEN t.fecha <> fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio))
      ELSE ahora() > t.creado + k.horas * 3600000000 END;
  SELECT RAISE(ABORT, 'LD112') WHERE NEW.total IS NOT (SELECT sum(importe) FROM hacienda_renglon WHERE recibo_id = NEW.id)
     OR NEW.total <> coalesce((SELECT sum(importe) FROM hacienda_pago WHERE recibo_id = NEW.id), 0)
     OR (NEW.tipo = 'COBRO' AND (NEW.total < 0
         OR EXISTS (SELECT 1 FROM hacienda_pago WHERE recibo_id = NEW.id AND importe <= 0)));
  SELECT RAISE(ABORT, 'LD115') WHERE EXISTS (
      SELECT 1 FROM hacienda_renglon r JOIN hacienda_concepto k ON k.id = r.concepto_id
        JOIN hacienda_cargo c ON c.id = r.cargo_id
       WHERE r.recibo_id = NEW.id AND (k.ente_id <> NEW.ente_id
         OR NEW.ente_id <> (SELECT ente_id FROM hacienda_cuenta WHERE id = c.cuenta_id)))
     OR NEW.ente_id IS NOT (SELECT ente_id FROM hacienda_membrete WHERE id = NEW.membrete_id);
  SELECT RAISE(ABORT, 'LD128') FROM (
      SELECT count(DISTINCT c.cuenta_id) AS cuentas, max(c.cuenta_id = NEW.cuenta_id) AS suya
        FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id WHERE r.recibo_id = NEW.id) s
    WHERE s.cuentas <> NEW.cuentas OR s.suya IS NOT 1;
  -- What is paid with a saldo a favor is what was taken from one; what was already used is not given back.
  SELECT RAISE(ABORT, 'LD129') WHERE coalesce((
      SELECT sum(importe) FROM hacienda_pago WHERE recibo_id = NEW.id AND forma = '17' AND importe > 0), 0)
    <> coalesce((SELECT sum(importe) FROM hacienda_saldo_uso WHERE recibo_id = NEW.id), 0);
  SELECT RAISE(ABORT, 'LD129') FROM hacienda_saldo s JOIN hacienda_saldo_uso u ON u.cargo_id = s.cargo_id
    WHERE s.recibo_id = NEW.reversa_de
      AND NOT EXISTS (SELECT 1 FROM hacienda_recibo v WHERE v.reversa_de = u.recibo_id);
  SELECT RAISE(ABORT, 'LD122') WHERE NEW.tipo = 'REVERSA' AND (
     (SELECT count(*) FROM hacienda_renglon WHERE recibo_id = NEW.id AND reversa_de = NEW.reversa_de)
       <> (SELECT count(*) FROM hacienda_renglon WHERE recibo_id = NEW.reversa_de)
     OR EXISTS (SELECT 1 FROM hacienda_renglon WHERE recibo_id = NEW.id AND reversa_de IS NOT NEW.reversa_de)
     OR EXISTS (SELECT 1 FROM hacienda_recibo WHERE reversa_de = NEW.reversa_de)
     OR EXISTS (SELECT 1 FROM hacienda_pago d WHERE d.recibo_id = NEW.id AND NOT EXISTS (
          SELECT 1 FROM hacienda_pago o
           WHERE o.recibo_id = NEW.reversa_de AND o.n = d.n AND o.forma = d.forma AND o.importe = -d.importe))
     OR (SELECT count(*) FROM hacienda_pago WHERE recibo_id = NEW.id)
       <> (SELECT count(*) FROM hacienda_pago WHERE recibo_id = NEW.reversa_de));
  SELECT RAISE(ABORT, 'LD122') WHERE NEW.tipo = 'COBRO' AND (
     NEW.reversa_de IS NOT NULL OR NEW.solicitud_id IS NOT NULL
     OR EXISTS (SELECT 1 FROM hacienda_renglon WHERE recibo_id = NEW.id AND reversa_de IS NOT NULL));
  SELECT RAISE(ABORT, 'LD118') WHERE NEW.tipo = 'COBRO' AND EXISTS (
     SELECT 1 FROM (SELECT c.id, c.vence,
              coalesce(sum(CASE WHEN r.clase = 'principal' THEN r.importe END), 0) AS principal,
              coalesce(sum(CASE WHEN r.clase = 'actualizacion' THEN r.importe END), 0) AS actualizacion,
              coalesce(sum(CASE WHEN r.clase = 'recargo' THEN r.meses END), 0) AS meses,
              count(CASE WHEN r.clase = 'actualizacion' THEN 1 END) AS actualizaciones
         FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id WHERE r.recibo_id = NEW.id GROUP BY c.id) s
       JOIN hacienda_renglon x ON x.recibo_id = NEW.id AND x.cargo_id = s.id
      WHERE (x.clase = 'recargo' AND x.base <> s.principal + s.actualizacion)
         OR (x.clase = 'actualizacion' AND (x.base <> s.principal OR s.actualizaciones > 1))
         OR s.meses > meses_o_fraccion(s.vence, NEW.fecha_pago) OR s.principal = 0);
  SELECT RAISE(ABORT, 'LD117') WHERE NEW.tipo = 'COBRO' AND EXISTS (
     SELECT 1 FROM hacienda_renglon r WHERE r.recibo_id = NEW.id AND r.clase = 'descuento'
        AND (r.base IS NOT (SELECT sum(x.importe) FROM hacienda_renglon x
                             WHERE x.recibo_id = NEW.id AND x.cargo_id = r.cargo_id AND x.clase = 'principal')
          OR 1 <> (SELECT count(*) FROM hacienda_renglon x
                    WHERE x.recibo_id = NEW.id AND x.cargo_id = r.cargo_id AND x.clase = 'descuento')));
  SELECT RAISE(ABORT, 'LD113') FROM hacienda_cargo c
    WHERE c.id IN (SELECT cargo_id FROM hacienda_renglon WHERE recibo_id = NEW.id)
      AND (SELECT sum(x.importe) FROM hacienda_renglon x WHERE x.cargo_id = c.id AND x.clase = 'principal')
          NOT BETWEEN 0 AND c.importe;
  SELECT RAISE(ABORT, 'LD123') WHERE (SELECT modo FROM hacienda_municipio) = 'produccion' AND EXISTS (
     SELECT 1 FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id
       JOIN hacienda_parametro p ON p.id IN (r.parametro_id, r.parametro_base_id, c.parametro_id)
      WHERE r.recibo_id = NEW.id AND p.ejemplo = 1);
  SELECT RAISE(ABORT, 'LD114') WHERE NOT EXISTS (
     SELECT 1 FROM hacienda_serie s JOIN hacienda_turno t ON t.id = NEW.turno_id
      WHERE s.id = NEW.serie_id AND s.ente_id = NEW.ente_id AND s.caja_id = t.caja_id);
END
--;;
CREATE TRIGGER candado_recibo_sella AFTER INSERT ON hacienda_recibo BEGIN
  UPDATE hacienda_recibo SET
    folio = (SELECT ultimo_folio + 1 FROM hacienda_serie WHERE id = NEW.serie_id),
    hash_previo = (SELECT ultimo_hash FROM hacienda_serie WHERE id = NEW.serie_id)
    WHERE id = NEW.id;
  UPDATE hacienda_recibo SET hash = sha256_hex(canon('recibo/1', id, operacion_id, ente_id,
      (SELECT clave FROM hacienda_serie WHERE id = NEW.serie_id), folio, turno_id, cuenta_id, membrete_id, tipo,
      reversa_de, solicitud_id, pagador, cuenta_etiqueta, domicilio, fecha_pago, total, usuario, creado, hash_previo,
      coalesce((SELECT group_concat(x, '') FROM (SELECT canon(n, cargo_id, concepto_id, clase, importe, texto,
         fundamento, fecha_pago, base, parametro_id, parametro_base_id, meses, factor, reversa_de) AS x
         FROM hacienda_renglon WHERE recibo_id = NEW.id ORDER BY n)), '')
      || coalesce((SELECT group_concat(x, '') FROM (SELECT canon(n, forma, importe, recibido, cambio, referencia, usuario)
         AS x FROM hacienda_pago WHERE recibo_id = NEW.id ORDER BY n)), '')))
    WHERE id = NEW.id;
  UPDATE hacienda_serie SET ultimo_folio = ultimo_folio + 1,
      ultimo_hash = (SELECT hash FROM hacienda_recibo WHERE id = NEW.id)
    WHERE id = NEW.serie_id;
END
--;;
CREATE TRIGGER candado_recibo_cambia BEFORE UPDATE ON hacienda_recibo WHEN OLD.hash <> '' BEGIN
  SELECT RAISE(ABORT, 'LD100');
END
--;;
CREATE TRIGGER candado_serie BEFORE UPDATE ON hacienda_serie BEGIN
  SELECT RAISE(ABORT, 'LD100') WHERE NEW.ultimo_folio <> OLD.ultimo_folio + 1 OR NEW.clave <> OLD.clave
     OR NEW.id <> OLD.id OR NEW.ente_id <> OLD.ente_id OR NEW.caja_id <> OLD.caja_id
     OR NOT EXISTS (SELECT 1 FROM hacienda_recibo
                     WHERE serie_id = OLD.id AND folio = NEW.ultimo_folio AND hash = NEW.ultimo_hash);
END
--;;
CREATE TRIGGER candado_serie_borra BEFORE DELETE ON hacienda_serie BEGIN
  SELECT RAISE(ABORT, 'LD100');
END
--;;
CREATE TRIGGER candado_serie_alta BEFORE INSERT ON hacienda_serie BEGIN
  SELECT RAISE(ABORT, 'LD114')
    WHERE (NEW.clave GLOB 'CAP-*') <> ((SELECT modo FROM hacienda_municipio) = 'capacitacion')
       OR NEW.ultimo_folio <> 0 OR NEW.ultimo_hash <> '';
END
--;;
CREATE TRIGGER candado_operacion BEFORE INSERT ON hacienda_operacion BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD111') WHERE NOT EXISTS (
    SELECT 1 FROM hacienda_turno WHERE id = NEW.turno_id AND usuario = usuario());
  SELECT RAISE(ABORT, 'LD120') WHERE NEW.recibos <> (SELECT count(*) FROM hacienda_recibo WHERE operacion_id = NEW.id)
     OR NEW.total <> coalesce((SELECT sum(total) FROM hacienda_recibo WHERE operacion_id = NEW.id), 0)
     OR (NEW.tipo = 'ANULADA') <> (NEW.recibos = 0)
     OR EXISTS (SELECT 1 FROM hacienda_recibo WHERE operacion_id = NEW.id
                   AND (turno_id <> NEW.turno_id OR (tipo = 'REVERSA') <> (NEW.tipo = 'CANCELACION')));
  SELECT RAISE(ABORT, 'LD127') WHERE NEW.tipo = 'COBRO' AND (trim(NEW.nota) = '' OR NOT EXISTS (
      SELECT 1 FROM hacienda_parametro WHERE modulo = 'caja' AND clave = 'saltar_adeudo' AND numero = 1
         AND desde <= fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio))
         AND (hasta IS NULL OR hasta >= fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio)))))
    AND EXISTS (
      SELECT 1 FROM (SELECT c.cuenta_id, max(c.vence) AS hasta, max(r.fecha_pago) AS dia
                       FROM hacienda_recibo r JOIN hacienda_renglon x ON x.recibo_id = r.id
                       JOIN hacienda_cargo c ON c.id = x.cargo_id
                      WHERE r.operacion_id = NEW.id AND c.origen <> 'ORDEN' GROUP BY c.cuenta_id) p
        JOIN hacienda_cargo c ON c.cuenta_id = p.cuenta_id
       WHERE c.origen <> 'ORDEN' AND c.vence < p.hasta AND c.vence < p.dia
         AND c.importe > coalesce((SELECT sum(y.importe) FROM hacienda_renglon y
                                    WHERE y.cargo_id = c.id AND y.clase = 'principal'), 0));
END
