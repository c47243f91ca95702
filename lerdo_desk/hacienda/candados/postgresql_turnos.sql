-- The locks of a turno on PostgreSQL: its opening, its counts and its corte.
CREATE OR REPLACE FUNCTION candado_turno() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE permiso smallint;
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  PERFORM 1 FROM hacienda_caja ORDER BY id FOR UPDATE;
  IF NEW.fecha <> hoy() THEN RAISE EXCEPTION 'LD116' USING ERRCODE = 'LD116'; END IF;
  IF 'CERRADO' = (SELECT estado FROM hacienda_dia_evento WHERE fecha = NEW.fecha ORDER BY n DESC LIMIT 1) THEN
    RAISE EXCEPTION 'LD170' USING ERRCODE = 'LD170';
  END IF;
  SELECT permitida INTO permiso FROM hacienda_caja_asignacion
   WHERE caja_id = NEW.caja_id AND cajero = session_user AND desde <= hoy() ORDER BY n DESC LIMIT 1;
  IF coalesce(permiso, 0) = 0 THEN RAISE EXCEPTION 'LD132' USING ERRCODE = 'LD132'; END IF;
  IF EXISTS (SELECT 1 FROM hacienda_turno t WHERE t.usuario = session_user
                AND NOT EXISTS (SELECT 1 FROM hacienda_corte c WHERE c.turno_id = t.id)) THEN
    RAISE EXCEPTION 'LD131' USING ERRCODE = 'LD131';
  END IF;
  IF EXISTS (SELECT 1 FROM hacienda_turno t WHERE t.caja_id = NEW.caja_id
                AND NOT EXISTS (SELECT 1 FROM hacienda_corte c WHERE c.turno_id = t.id)) THEN
    RAISE EXCEPTION 'LD130' USING ERRCODE = 'LD130';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_conteo() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  PERFORM 1 FROM hacienda_turno WHERE id = NEW.turno_id AND usuario = session_user FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'LD111' USING ERRCODE = 'LD111'; END IF;
  IF EXISTS (SELECT 1 FROM hacienda_corte WHERE turno_id = NEW.turno_id) THEN
    RAISE EXCEPTION 'LD133' USING ERRCODE = 'LD133';
  END IF;
  -- A count is one act, and the next one is another: the fund's (0) comes with its turno, recounts in order.
  IF NEW.vez < 0 OR EXISTS (SELECT 1 FROM hacienda_conteo WHERE turno_id = NEW.turno_id
                 AND (vez > NEW.vez OR (vez = NEW.vez AND creado <> NEW.creado)))
     OR (NEW.vez = 0 AND NOT EXISTS (SELECT 1 FROM hacienda_turno WHERE id = NEW.turno_id AND creado = NEW.creado))
     OR (NEW.vez > 1 AND NOT EXISTS (
           SELECT 1 FROM hacienda_conteo WHERE turno_id = NEW.turno_id AND vez = NEW.vez - 1)) THEN
    RAISE EXCEPTION 'LD136' USING ERRCODE = 'LD136';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_corte() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE t hacienda_turno;
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM exigir_aislamiento();
  SELECT * INTO t FROM hacienda_turno WHERE id = NEW.turno_id FOR UPDATE;
  IF t.id IS NULL OR t.usuario <> session_user OR t.caja_id <> NEW.caja_id THEN
    RAISE EXCEPTION 'LD111' USING ERRCODE = 'LD111';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM hacienda_conteo WHERE turno_id = t.id AND vez > 0) THEN
    RAISE EXCEPTION 'LD134' USING ERRCODE = 'LD134';
  END IF;
  IF t.fondo <> (SELECT sum(denominacion * piezas) FROM hacienda_conteo WHERE turno_id = t.id AND vez = 0) THEN
    RAISE EXCEPTION 'LD137' USING ERRCODE = 'LD137';
  END IF;
  PERFORM 1 FROM hacienda_caja WHERE id = t.caja_id FOR UPDATE;
  SELECT t.fondo + coalesce(sum(p.importe) FILTER (WHERE p.forma = '01'), 0) INTO NEW.esperado
    FROM hacienda_recibo r JOIN hacienda_pago p ON p.recibo_id = r.id WHERE r.turno_id = t.id;
  NEW.esperado := NEW.esperado - (SELECT coalesce(sum(importe), 0) FROM hacienda_retiro WHERE turno_id = t.id);
  SELECT count(*), coalesce(sum(total), 0) INTO NEW.recibos, NEW.total FROM hacienda_recibo WHERE turno_id = t.id;
  SELECT sum(denominacion * piezas) INTO NEW.contado FROM hacienda_conteo
   WHERE turno_id = t.id AND vez = (SELECT max(vez) FROM hacienda_conteo WHERE turno_id = t.id);
  IF NEW.contado <> NEW.esperado AND btrim(NEW.motivo) = '' THEN
    RAISE EXCEPTION 'LD135' USING ERRCODE = 'LD135';
  END IF;
  SELECT coalesce(max(numero), 0) + 1 INTO NEW.numero FROM hacienda_corte WHERE caja_id = t.caja_id;
  SELECT coalesce((SELECT hash FROM hacienda_corte WHERE caja_id = t.caja_id AND numero = NEW.numero - 1), '')
    INTO NEW.hash_previo;
  NEW.hash := sha256_hex(canon('corte/1', NEW.turno_id, NEW.caja_id::text, NEW.numero::text, t.fondo::text,
    NEW.esperado::text, NEW.contado::text, NEW.recibos::text, NEW.total::text, NEW.motivo, NEW.usuario,
    NEW.creado::text, NEW.hash_previo,
    (SELECT string_agg(canon(denominacion::text, piezas::text), '' ORDER BY denominacion) FROM hacienda_conteo
      WHERE turno_id = t.id AND vez = (SELECT max(vez) FROM hacienda_conteo WHERE turno_id = t.id)),
    (SELECT string_agg(canon(clave, ultimo_folio::text, ultimo_hash), '' ORDER BY clave COLLATE "C")
       FROM hacienda_serie WHERE caja_id = t.caja_id)));
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE TRIGGER candado_turno BEFORE INSERT ON hacienda_turno FOR EACH ROW EXECUTE FUNCTION candado_turno()
--;;
CREATE OR REPLACE TRIGGER candado_conteo BEFORE INSERT ON hacienda_conteo FOR EACH ROW EXECUTE FUNCTION candado_conteo()
--;;
CREATE OR REPLACE TRIGGER candado_corte BEFORE INSERT ON hacienda_corte FOR EACH ROW EXECUTE FUNCTION candado_corte()
--;;
CREATE OR REPLACE FUNCTION candado_caja() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  IF NEW.tipo NOT IN ('VENTANILLA', 'WEB', 'BANCO', 'PAPEL') OR NEW.horas NOT BETWEEN 0 AND 24
     OR (NEW.tipo <> 'VENTANILLA' AND NEW.horas <> 0) THEN
    RAISE EXCEPTION 'LD104' USING ERRCODE = 'LD104';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_caja_asignacion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  -- The last one decides: one numbered far ahead could never be answered.
  IF NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM hacienda_caja_asignacion
                WHERE caja_id = NEW.caja_id AND cajero = NEW.cajero) THEN
    RAISE EXCEPTION 'LD105' USING ERRCODE = 'LD105';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE TRIGGER candado_caja BEFORE INSERT ON hacienda_caja FOR EACH ROW EXECUTE FUNCTION candado_caja()
--;;
CREATE OR REPLACE TRIGGER candado_caja_asignacion BEFORE INSERT ON hacienda_caja_asignacion FOR EACH ROW EXECUTE FUNCTION candado_caja_asignacion()
