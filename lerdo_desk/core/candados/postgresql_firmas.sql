-- Who may sign which step on PostgreSQL: drops, cortes, closed days, free amounts, cargos, accounts and loads.
CREATE OR REPLACE FUNCTION perfil_de_sesion() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mun, pg_temp AS $$
  SELECT perfil FROM core_usuario_evento WHERE login = session_user ORDER BY n DESC LIMIT 1 $$
--;;
CREATE OR REPLACE FUNCTION firmada_para_mi(solicitud text, acto_dado text) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mun, pg_temp AS $$
  SELECT s.orden::json FROM core_solicitud s JOIN core_resolucion r ON r.solicitud_id = s.id
   WHERE s.id = solicitud AND s.acto = acto_dado AND s.usuario = session_user AND r.decision = 'APROBADA'
     AND r.usuario <> session_user AND s.vence >= ahora() $$
--;;
CREATE OR REPLACE FUNCTION candado_retiro() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE t hacienda_turno; firmada json;
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  SELECT * INTO t FROM hacienda_turno WHERE id = NEW.turno_id AND usuario = session_user FOR UPDATE;
  IF t.id IS NULL OR EXISTS (SELECT 1 FROM hacienda_corte WHERE turno_id = t.id)
     OR EXISTS (SELECT 1 FROM hacienda_conteo WHERE turno_id = t.id AND vez > 0) THEN
    RAISE EXCEPTION 'LD111' USING ERRCODE = 'LD111';
  END IF;
  firmada := firmada_para_mi(NEW.solicitud_id, 'caja.retiro');
  IF firmada IS NULL OR (firmada ->> 'turno_id') IS DISTINCT FROM NEW.turno_id::text
     OR (firmada ->> 'importe')::bigint IS DISTINCT FROM NEW.importe
     OR NEW.n <> (SELECT count(*) + 1 FROM hacienda_retiro WHERE turno_id = t.id) THEN
    RAISE EXCEPTION 'LD140' USING ERRCODE = 'LD140';
  END IF;
  IF NEW.importe > t.fondo
       + coalesce((SELECT sum(p.importe) FROM hacienda_recibo r JOIN hacienda_pago p ON p.recibo_id = r.id
                    WHERE r.turno_id = t.id AND p.forma = '01'), 0)
       - coalesce((SELECT sum(importe) FROM hacienda_retiro WHERE turno_id = t.id), 0) THEN
    RAISE EXCEPTION 'LD139' USING ERRCODE = 'LD139';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_corte_evento() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE c hacienda_corte;
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  SELECT * INTO c FROM hacienda_corte WHERE turno_id = NEW.turno_id FOR UPDATE;
  IF c.turno_id IS NULL OR NEW.n <> (SELECT count(*) + 1 FROM hacienda_corte_evento WHERE turno_id = c.turno_id)
     OR NOT coalesce(CASE NEW.n
          WHEN 1 THEN c.usuario <> session_user AND perfil_de_sesion() IN ('supervisor', 'tesorero')
          WHEN 2 THEN c.usuario = session_user OR perfil_de_sesion() = 'supervisor'
          WHEN 3 THEN perfil_de_sesion() = 'tesorero' AND NOT EXISTS (
            SELECT 1 FROM hacienda_corte_evento WHERE turno_id = c.turno_id AND n = 2 AND usuario = session_user)
        END, false) THEN
    RAISE EXCEPTION 'LD144' USING ERRCODE = 'LD144';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_dia_evento() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE ultimo text;
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  -- The same rows that opening a turno locks: no till opens while its day closes.
  PERFORM 1 FROM hacienda_caja ORDER BY id FOR UPDATE;
  SELECT estado INTO ultimo FROM hacienda_dia_evento WHERE fecha = NEW.fecha ORDER BY n DESC LIMIT 1;
  IF NEW.fecha > hoy() OR NEW.n <> (SELECT count(*) + 1 FROM hacienda_dia_evento WHERE fecha = NEW.fecha)
     OR NEW.estado IS NOT DISTINCT FROM ultimo OR (NEW.estado = 'REABIERTO' AND ultimo IS NULL)
     OR coalesce(perfil_de_sesion() <> 'tesorero', true) THEN
    RAISE EXCEPTION 'LD170' USING ERRCODE = 'LD170';
  END IF;
  IF NEW.estado = 'CERRADO' AND EXISTS (
       SELECT 1 FROM hacienda_turno t WHERE t.fecha <= NEW.fecha AND NOT EXISTS (
         SELECT 1 FROM hacienda_corte_evento e WHERE e.turno_id = t.id AND e.n = 1)) THEN
    RAISE EXCEPTION 'LD171' USING ERRCODE = 'LD171';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_saldo_uso() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE s hacienda_saldo;
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  SELECT * INTO s FROM hacienda_saldo WHERE cargo_id = NEW.cargo_id FOR UPDATE;
  IF NEW.recibo_id IS NOT NULL THEN PERFORM sin_sellar(NEW.recibo_id); END IF;
  IF s.cargo_id IS NULL OR NEW.importe > saldo_disponible(s.cargo_id)
     OR NEW.n <> (SELECT count(*) + 1 FROM hacienda_saldo_uso WHERE cargo_id = s.cargo_id)
     -- Only the same person's debts, unless the tesorero has found whose money it is.
     OR (coalesce(perfil_de_sesion(), '') <> 'tesorero' AND (NEW.recibo_id IS NULL OR NOT EXISTS (
           SELECT 1 FROM hacienda_renglon WHERE recibo_id = NEW.recibo_id) OR EXISTS (
           SELECT 1 FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id
             JOIN hacienda_cuenta d ON d.id = c.cuenta_id
            WHERE r.recibo_id = NEW.recibo_id
              AND d.titular_id <> (SELECT titular_id FROM hacienda_cuenta WHERE id = s.cuenta_id))))
     -- Nor another ente's.
     OR EXISTS (SELECT 1 FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id
                  JOIN hacienda_cuenta d ON d.id = c.cuenta_id WHERE r.recibo_id = NEW.recibo_id
                   AND d.ente_id <> (SELECT ente_id FROM hacienda_cuenta WHERE id = s.cuenta_id)) THEN
    RAISE EXCEPTION 'LD129' USING ERRCODE = 'LD129';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_orden_firma() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE firmada json;
BEGIN
  firmada := firmada_para_mi(NEW.solicitud_id, 'ordenes.importe_libre');
  IF firmada IS NULL OR (firmada ->> 'importe')::bigint IS DISTINCT FROM NEW.importe
     OR (firmada ->> 'concepto') IS DISTINCT FROM (
          SELECT departamento || '-' || clave FROM hacienda_concepto WHERE id = NEW.concepto_id) THEN
    RAISE EXCEPTION 'LD161' USING ERRCODE = 'LD161';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_cargo() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE su_papel text; perfil text := perfil_de_sesion();
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  IF NEW.origen <> 'ORDEN' THEN
    IF perfil <> 'tesorero' THEN RAISE EXCEPTION 'LD162' USING ERRCODE = 'LD162'; END IF;
    -- An inherited debt is a row of the load that this same act confirms, and its memoria says which one.
    IF NEW.origen = 'HEREDADO' AND perfil IS NOT NULL AND (NEW.periodo <> 0 OR NEW.referencia <> '' OR NOT EXISTS (
         SELECT 1 FROM core_carga_evento e JOIN core_carga_fila f ON f.carga_id = e.carga_id
          WHERE e.estado = 'CONFIRMADA' AND e.usuario = session_user AND e.creado = ahora()
            AND f.n = substring(NEW.memoria FROM 'renglón ([0-9]{1,9}) ')::integer
            AND (f.datos::json ->> 'cuenta')::bigint = NEW.cuenta_id
            AND (f.datos::json ->> 'concepto')::bigint = NEW.concepto_id
            AND (f.datos::json ->> 'ejercicio')::bigint = NEW.ejercicio
            AND (f.datos::json ->> 'importe')::bigint = NEW.importe
            AND (f.datos::json ->> 'vence')::date = NEW.vence)) THEN
      RAISE EXCEPTION 'LD162' USING ERRCODE = 'LD162';
    END IF;
    RETURN NEW;
  END IF;
  SELECT papel INTO su_papel FROM hacienda_concepto WHERE id = NEW.concepto_id;
  IF EXISTS (SELECT 1 FROM hacienda_orden o WHERE o.cuenta_id = NEW.cuenta_id AND o.concepto_id = NEW.concepto_id
                AND o.importe = NEW.importe AND o.vence = NEW.vence
                AND o.parametro_id IS NOT DISTINCT FROM NEW.parametro_id)
     AND NOT EXISTS (SELECT 1 FROM hacienda_cargo WHERE cuenta_id = NEW.cuenta_id AND concepto_id = NEW.concepto_id) THEN
    RETURN NEW;
  END IF;
  IF perfil = 'tesorero' AND (su_papel = 'SALDO_A_FAVOR' OR (su_papel = 'INDEMNIZACION_CHEQUE' AND EXISTS (
       SELECT 1 FROM hacienda_parametro p WHERE p.id = NEW.parametro_id AND p.clave = 'indemnizacion_cheque'
          AND p.desde <= hoy() AND (p.hasta IS NULL OR p.hasta >= hoy())
          AND NEW.importe = proporcion((
                SELECT -sum(g.importe) FROM hacienda_recibo r JOIN hacienda_pago g ON g.recibo_id = r.id
                 WHERE r.operacion_id = NEW.referencia AND r.tipo = 'REVERSA' AND g.forma = '02')::bigint,
              p.numero, (10 ^ p.escala)::bigint))
       -- Once for each reversal, on an account that it gave its debt back.
       AND NOT EXISTS (SELECT 1 FROM hacienda_cargo WHERE concepto_id = NEW.concepto_id AND referencia = NEW.referencia)
       AND EXISTS (SELECT 1 FROM hacienda_recibo
                    WHERE operacion_id = NEW.referencia AND cuenta_id = NEW.cuenta_id))) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'LD162' USING ERRCODE = 'LD162';
END $$
--;;
CREATE OR REPLACE FUNCTION candado_cuenta() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  IF NEW.modulo <> 'ordenes' AND perfil_de_sesion() <> 'capturista' THEN
    RAISE EXCEPTION 'LD163' USING ERRCODE = 'LD163';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_cuenta_sola() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  -- A folio without its order would stop the next one of that concepto. A channel's own account has another clave.
  IF NEW.clave ~ '^[0-9]{14}$' AND NOT EXISTS (SELECT 1 FROM hacienda_orden WHERE cuenta_id = NEW.id) THEN
    RAISE EXCEPTION 'LD163' USING ERRCODE = 'LD163';
  END IF;
  RETURN NULL;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_orden_cancela() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  IF perfil_de_sesion() <> 'supervisor' THEN RAISE EXCEPTION 'LD142' USING ERRCODE = 'LD142'; END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_carga_evento() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  IF coalesce(perfil_de_sesion() <> 'tesorero', true) OR NOT EXISTS (
       SELECT 1 FROM core_carga WHERE id = NEW.carga_id AND usuario <> session_user) THEN
    RAISE EXCEPTION 'LD174' USING ERRCODE = 'LD174';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE TRIGGER candado_retiro BEFORE INSERT ON hacienda_retiro FOR EACH ROW EXECUTE FUNCTION candado_retiro()
--;;
CREATE OR REPLACE TRIGGER candado_corte_evento BEFORE INSERT ON hacienda_corte_evento FOR EACH ROW EXECUTE FUNCTION candado_corte_evento()
--;;
CREATE OR REPLACE TRIGGER candado_dia_evento BEFORE INSERT ON hacienda_dia_evento FOR EACH ROW EXECUTE FUNCTION candado_dia_evento()
--;;
CREATE OR REPLACE TRIGGER candado_saldo_uso BEFORE INSERT ON hacienda_saldo_uso FOR EACH ROW EXECUTE FUNCTION candado_saldo_uso()
--;;
CREATE OR REPLACE TRIGGER candado_orden_firma BEFORE INSERT ON hacienda_orden
FOR EACH ROW WHEN (NEW.solicitud_id IS NOT NULL) EXECUTE FUNCTION candado_orden_firma()
--;;
CREATE OR REPLACE TRIGGER candado_cargo BEFORE INSERT ON hacienda_cargo FOR EACH ROW EXECUTE FUNCTION candado_cargo()
--;;
CREATE OR REPLACE TRIGGER candado_cuenta BEFORE INSERT ON hacienda_cuenta FOR EACH ROW EXECUTE FUNCTION candado_cuenta()
--;;
CREATE CONSTRAINT TRIGGER candado_cuenta_sola AFTER INSERT ON hacienda_cuenta DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.modulo = 'ordenes') EXECUTE FUNCTION candado_cuenta_sola()
--;;
CREATE OR REPLACE TRIGGER candado_orden_cancela BEFORE INSERT ON hacienda_orden_evento
FOR EACH ROW EXECUTE FUNCTION candado_orden_cancela()
--;;
CREATE OR REPLACE TRIGGER candado_carga_evento BEFORE INSERT ON core_carga_evento FOR EACH ROW EXECUTE FUNCTION candado_carga_evento()
--;;
CREATE OR REPLACE FUNCTION candado_carga_fila() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  -- Rows come with their load: none is added to what somebody is about to confirm.
  IF NOT EXISTS (SELECT 1 FROM core_carga WHERE id = NEW.carga_id AND usuario = session_user AND creado = ahora()) THEN
    RAISE EXCEPTION 'LD100' USING ERRCODE = 'LD100';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_turno_canal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  -- A channel takes days that are past: only Tesorería opens one, and sits at no till.
  IF ((SELECT tipo FROM hacienda_caja WHERE id = NEW.caja_id) = 'VENTANILLA') = (perfil_de_sesion() = 'tesorero') THEN
    RAISE EXCEPTION 'LD132' USING ERRCODE = 'LD132';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_recibo_saldo() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  -- Asked again of every line: some may have come after the saldo was taken.
  IF EXISTS (
       SELECT 1 FROM hacienda_saldo_uso u JOIN hacienda_saldo s ON s.cargo_id = u.cargo_id
         JOIN hacienda_cuenta suya ON suya.id = s.cuenta_id
         JOIN hacienda_renglon r ON r.recibo_id = u.recibo_id
         JOIN hacienda_cargo c ON c.id = r.cargo_id JOIN hacienda_cuenta d ON d.id = c.cuenta_id
         JOIN hacienda_contribuyente quien ON quien.id = d.titular_id
        WHERE u.recibo_id = NEW.id AND (d.ente_id <> suya.ente_id
           -- Nobody's money is nobody's to use at a till, nor does an order in another's name use somebody's.
           OR ((d.titular_id <> suya.titular_id OR starts_with(suya.clave, 'XCANAL-')
                OR (d.modulo = 'ordenes' AND normaliza(d.titular) <> normaliza(quien.nombre)))
               AND coalesce(perfil_de_sesion(), '') <> 'tesorero'))) THEN
    RAISE EXCEPTION 'LD129' USING ERRCODE = 'LD129';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE TRIGGER candado_carga_fila BEFORE INSERT ON core_carga_fila FOR EACH ROW EXECUTE FUNCTION candado_carga_fila()
--;;
CREATE OR REPLACE TRIGGER candado_turno_canal BEFORE INSERT ON hacienda_turno FOR EACH ROW EXECUTE FUNCTION candado_turno_canal()
--;;
CREATE OR REPLACE TRIGGER candado_recibo_saldo BEFORE INSERT ON hacienda_recibo FOR EACH ROW EXECUTE FUNCTION candado_recibo_saldo()
