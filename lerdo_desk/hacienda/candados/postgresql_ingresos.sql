-- The locks of órdenes, skipped debts, saldos a favor, deposits and other channels on PostgreSQL.
CREATE OR REPLACE FUNCTION salta_adeudos(operacion text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mun, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM (SELECT c.cuenta_id, max(c.vence) AS hasta, max(r.fecha_pago) AS dia
                     FROM hacienda_recibo r JOIN hacienda_renglon x ON x.recibo_id = r.id
                     JOIN hacienda_cargo c ON c.id = x.cargo_id
                    WHERE r.operacion_id = operacion AND c.origen <> 'ORDEN' GROUP BY c.cuenta_id) p
      JOIN hacienda_cargo c ON c.cuenta_id = p.cuenta_id
     WHERE c.origen <> 'ORDEN' AND c.vence < p.hasta AND c.vence < p.dia
       AND c.importe > coalesce((SELECT sum(y.importe) FROM hacienda_renglon y
                                  WHERE y.cargo_id = c.id AND y.clase = 'principal'), 0)) $$
--;;
CREATE OR REPLACE FUNCTION saldo_disponible(cargo bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mun, pg_temp AS $$
  SELECT (CASE WHEN EXISTS (SELECT 1 FROM hacienda_recibo v WHERE v.reversa_de = s.recibo_id) THEN 0
               ELSE s.importe END
    - coalesce((SELECT sum(u.importe) FROM hacienda_saldo_uso u WHERE u.cargo_id = s.cargo_id AND NOT EXISTS (
        SELECT 1 FROM hacienda_recibo v WHERE v.reversa_de = u.recibo_id)), 0))::bigint
    FROM hacienda_saldo s WHERE s.cargo_id = cargo $$
--;;
CREATE OR REPLACE FUNCTION revisar_saldos(recibo text, original text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  -- Whoever is using what this reversal would take away is waited for, and seen.
  PERFORM 1 FROM hacienda_saldo WHERE recibo_id = original ORDER BY cargo_id FOR UPDATE;
  -- What is paid with a saldo a favor is what was taken from one; what was already used is not given back.
  IF coalesce((SELECT sum(importe) FROM hacienda_pago WHERE recibo_id = recibo AND forma = '17' AND importe > 0), 0)
       <> coalesce((SELECT sum(importe) FROM hacienda_saldo_uso WHERE recibo_id = recibo), 0)
     OR EXISTS (SELECT 1 FROM hacienda_saldo s WHERE s.recibo_id = original
                   AND saldo_disponible(s.cargo_id) <> s.importe) THEN
    RAISE EXCEPTION 'LD129' USING ERRCODE = 'LD129';
  END IF;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_saldo() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  IF NOT EXISTS (
    SELECT 1 FROM hacienda_cargo c JOIN hacienda_concepto k ON k.id = c.concepto_id
      JOIN hacienda_renglon x ON x.cargo_id = c.id AND x.recibo_id = NEW.recibo_id AND x.clase = 'principal'
      JOIN hacienda_recibo r ON r.id = x.recibo_id
     WHERE c.id = NEW.cargo_id AND c.cuenta_id = NEW.cuenta_id AND k.papel = 'SALDO_A_FAVOR'
       AND x.importe = NEW.importe AND c.importe = NEW.importe AND r.usuario = session_user) THEN
    RAISE EXCEPTION 'LD129' USING ERRCODE = 'LD129';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION dinero_de_corte(turno text, ente bigint, forma_dada text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mun, pg_temp AS $$
  SELECT (coalesce((SELECT sum(p.importe) FROM hacienda_recibo r JOIN hacienda_pago p ON p.recibo_id = r.id
                     WHERE r.turno_id = turno AND r.ente_id = ente AND p.forma = forma_dada), 0)
    -- What is over or short in the drawer goes with the first ente's cash.
    + CASE WHEN forma_dada = '01' AND ente = (SELECT min(id) FROM hacienda_ente)
           THEN (SELECT contado - esperado FROM hacienda_corte WHERE turno_id = turno) ELSE 0 END)::bigint $$
--;;
CREATE OR REPLACE FUNCTION candado_ficha_corte() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  -- One transaction writes a slip: another's part, unseen by its sum, would pass its foreign key after it.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.ficha_id, 0));
  PERFORM 1 FROM hacienda_corte WHERE turno_id = NEW.turno_id FOR UPDATE;
  IF EXISTS (SELECT 1 FROM hacienda_ficha WHERE id = NEW.ficha_id) OR NEW.forma NOT IN ('01', '02', '03', '04', '28')
     OR NOT EXISTS (SELECT 1 FROM hacienda_corte_evento WHERE turno_id = NEW.turno_id AND estado = 'RECIBIDO')
     OR NEW.importe = 0 OR NEW.importe <> dinero_de_corte(NEW.turno_id, NEW.ente_id, NEW.forma) THEN
    RAISE EXCEPTION 'LD172' USING ERRCODE = 'LD172';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_ficha() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  IF NEW.fecha > hoy() OR NEW.importe IS DISTINCT FROM (SELECT sum(importe) FROM hacienda_ficha_corte WHERE ficha_id = NEW.id)
     OR EXISTS (SELECT 1 FROM hacienda_ficha_corte WHERE ficha_id = NEW.id AND (creado <> NEW.creado
          OR ente_id <> (SELECT ente_id FROM hacienda_cuenta_bancaria WHERE id = NEW.cuenta_bancaria_id))) THEN
    RAISE EXCEPTION 'LD172' USING ERRCODE = 'LD172';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_pago_externo() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  IF NOT EXISTS (
    SELECT 1 FROM hacienda_operacion o JOIN hacienda_turno t ON t.id = o.turno_id
      JOIN hacienda_caja k ON k.id = t.caja_id
     WHERE o.id = NEW.operacion_id AND o.tipo = 'COBRO' AND o.total = NEW.importe AND o.usuario = session_user
       AND k.id = NEW.caja_id AND k.tipo <> 'VENTANILLA')
     OR EXISTS (SELECT 1 FROM hacienda_recibo r LEFT JOIN hacienda_pago p ON p.recibo_id = r.id
                 WHERE r.operacion_id = NEW.operacion_id
                   AND (r.fecha_pago <> NEW.fecha_pago OR p.forma IS DISTINCT FROM NEW.forma)) THEN
    RAISE EXCEPTION 'LD173' USING ERRCODE = 'LD173';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_orden() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE k hacienda_concepto; p hacienda_parametro; u hacienda_parametro;
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  SELECT * INTO k FROM hacienda_concepto WHERE id = NEW.concepto_id FOR UPDATE;
  IF NEW.consecutivo <> (SELECT coalesce(max(consecutivo), 0) + 1 FROM hacienda_orden WHERE concepto_id = k.id)
     OR NEW.vence NOT BETWEEN hoy() AND hoy() + 366
     OR NOT EXISTS (SELECT 1 FROM hacienda_cuenta WHERE id = NEW.cuenta_id AND modulo = 'ordenes'
                       AND ente_id = k.ente_id
                       AND clave = k.departamento || k.clave || lpad(NEW.consecutivo::text, 8, '0')) THEN
    RAISE EXCEPTION 'LD161' USING ERRCODE = 'LD161';
  END IF;
  IF NEW.parametro_id IS NOT NULL THEN
    SELECT * INTO p FROM hacienda_parametro WHERE id = NEW.parametro_id AND modulo = 'ordenes' AND clave = 'tarifa'
       AND variante = k.departamento || '-' || k.clave AND desde <= hoy() AND (hasta IS NULL OR hasta >= hoy());
    SELECT * INTO u FROM hacienda_parametro WHERE id = NEW.uma_id AND clave = 'uma'
       AND desde <= hoy() AND (hasta IS NULL OR hasta >= hoy());
    IF NEW.importe IS DISTINCT FROM (CASE p.alcance
         WHEN 'FIJO' THEN proporcion(p.numero * NEW.cantidad, 100, (10 ^ p.escala)::bigint)
         WHEN 'UMA' THEN proporcion(p.numero * NEW.cantidad, u.numero * 100, (10 ^ (p.escala + u.escala))::bigint)
         WHEN 'PORCENTAJE' THEN proporcion(NEW.base, p.numero, (10 ^ p.escala)::bigint) END) THEN
      RAISE EXCEPTION 'LD161' USING ERRCODE = 'LD161';
    END IF;
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_orden_evento() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM 1 FROM hacienda_cargo WHERE cuenta_id = NEW.cuenta_id ORDER BY id FOR UPDATE;
  IF NEW.n <> 1 OR EXISTS (
       SELECT 1 FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id WHERE c.cuenta_id = NEW.cuenta_id
       GROUP BY c.cuenta_id HAVING sum(r.importe) <> 0) THEN
    RAISE EXCEPTION 'LD160' USING ERRCODE = 'LD160';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE TRIGGER candado_saldo BEFORE INSERT ON hacienda_saldo FOR EACH ROW EXECUTE FUNCTION candado_saldo()
--;;
CREATE OR REPLACE TRIGGER candado_ficha_corte BEFORE INSERT ON hacienda_ficha_corte FOR EACH ROW EXECUTE FUNCTION candado_ficha_corte()
--;;
CREATE OR REPLACE TRIGGER candado_ficha BEFORE INSERT ON hacienda_ficha FOR EACH ROW EXECUTE FUNCTION candado_ficha()
--;;
CREATE OR REPLACE TRIGGER candado_pago_externo BEFORE INSERT ON hacienda_pago_externo FOR EACH ROW EXECUTE FUNCTION candado_pago_externo()
--;;
CREATE OR REPLACE TRIGGER candado_orden BEFORE INSERT ON hacienda_orden FOR EACH ROW EXECUTE FUNCTION candado_orden()
--;;
CREATE OR REPLACE TRIGGER candado_orden_evento BEFORE INSERT ON hacienda_orden_evento FOR EACH ROW EXECUTE FUNCTION candado_orden_evento()
--;;
CREATE OR REPLACE FUNCTION candado_contacto() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  -- The last one counts: one numbered far ahead could never be mended.
  IF NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM hacienda_contacto
                WHERE contribuyente_id = NEW.contribuyente_id AND tipo = NEW.tipo) THEN
    RAISE EXCEPTION 'LD105' USING ERRCODE = 'LD105';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE TRIGGER candado_contacto BEFORE INSERT ON hacienda_contacto FOR EACH ROW EXECUTE FUNCTION candado_contacto()
