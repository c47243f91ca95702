-- The ledger's locks on PostgreSQL. Trigger functions belong to the schema's owner (SECURITY DEFINER, fixed path):
-- they see every row, whoever writes. Each refusal has a code that db/fallos.py turns into one sentence.
-- Dates are written by to_char: a cast to text would obey the session's DateStyle, and the seal with it.
CREATE OR REPLACE FUNCTION hoy() RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mun, pg_temp AS
$$ SELECT (transaction_timestamp() AT TIME ZONE (SELECT zona_horaria FROM hacienda_municipio))::date $$
--;;
CREATE OR REPLACE FUNCTION meses_o_fraccion(vence date, pago date) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = mun, pg_temp AS
$$ SELECT CASE WHEN pago <= vence THEN 0 ELSE
     (extract(year FROM pago)::bigint - extract(year FROM vence)::bigint) * 12
     + extract(month FROM pago)::bigint - extract(month FROM vence)::bigint
     + CASE WHEN extract(day FROM pago) > least(extract(day FROM vence),
              extract(day FROM date_trunc('month', pago) + interval '1 month - 1 day')) THEN 1 ELSE 0 END END $$
--;;
CREATE OR REPLACE FUNCTION bloquear_cargos(ids bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  PERFORM 1 FROM hacienda_cargo WHERE id = ANY (ids) ORDER BY id FOR UPDATE;
END $$
--;;
CREATE OR REPLACE FUNCTION exigir_aislamiento() RETURNS void
LANGUAGE plpgsql SET search_path = mun, pg_temp AS $$
BEGIN
  -- An old snapshot would not see what others sealed while this one waited for a lock.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'LD000' USING ERRCODE = 'LD000';
  END IF;
END $$
--;;
CREATE OR REPLACE FUNCTION sin_sellar(recibo text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  PERFORM exigir_aislamiento();
  -- One transaction writes a receipt: another's line, unseen by the seal, would pass its foreign key after it.
  PERFORM pg_advisory_xact_lock(hashtextextended(recibo, 0));
  IF EXISTS (SELECT 1 FROM hacienda_recibo WHERE id = recibo) THEN
    RAISE EXCEPTION 'LD110' USING ERRCODE = 'LD110';
  END IF;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_renglon() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE
  p hacienda_parametro; b hacienda_parametro; c hacienda_cargo; original hacienda_renglon; k hacienda_concepto;
BEGIN
  PERFORM sin_sellar(NEW.recibo_id);
  -- What its foreign key will lock in a moment: an order is not cancelled between this look and that one.
  SELECT * INTO c FROM hacienda_cargo WHERE id = NEW.cargo_id FOR KEY SHARE;
  IF NEW.reversa_de IS NOT NULL THEN
    SELECT * INTO original FROM hacienda_renglon WHERE recibo_id = NEW.reversa_de AND n = NEW.n;
    IF original.n IS NULL OR original.reversa_de IS NOT NULL OR original.importe <> -NEW.importe
       OR (original.cargo_id, original.concepto_id, original.clase, original.texto)
          IS DISTINCT FROM (NEW.cargo_id, NEW.concepto_id, NEW.clase, NEW.texto) THEN
      RAISE EXCEPTION 'LD122' USING ERRCODE = 'LD122';
    END IF;
    RETURN NEW;
  END IF;
  -- The revenue is that of the debt, or of its módulo's rezago, recargo and actualización.
  SELECT * INTO k FROM hacienda_concepto
   WHERE id = NEW.concepto_id AND ente_id = (SELECT ente_id FROM hacienda_cuenta WHERE id = c.cuenta_id);
  IF k.id IS NOT NULL AND NEW.clase IN ('principal', 'descuento', 'recargo', 'actualizacion') AND NOT coalesce(
       (k.id = c.concepto_id AND NEW.clase IN ('principal', 'descuento'))
       OR (k.modulo = (SELECT modulo FROM hacienda_cuenta WHERE id = c.cuenta_id) AND c.origen <> 'ORDEN'
           AND k.papel = CASE NEW.clase WHEN 'recargo' THEN 'RECARGO' WHEN 'actualizacion' THEN 'ACTUALIZACION'
                         ELSE 'REZAGO' END
           AND (k.papel <> 'REZAGO' OR c.ejercicio < extract(year FROM NEW.fecha_pago))), false) THEN
    RAISE EXCEPTION 'LD119' USING ERRCODE = 'LD119';
  END IF;
  IF NEW.clase = 'principal' THEN
    IF NEW.importe <= 0 THEN RAISE EXCEPTION 'LD119' USING ERRCODE = 'LD119'; END IF;
    IF c.origen = 'ORDEN' AND EXISTS (
         SELECT 1 FROM hacienda_orden o WHERE o.cuenta_id = c.cuenta_id AND o.concepto_id = c.concepto_id
            AND (o.vence < NEW.fecha_pago OR EXISTS (
                   SELECT 1 FROM hacienda_orden_evento e WHERE e.cuenta_id = o.cuenta_id))) THEN
      RAISE EXCEPTION 'LD160' USING ERRCODE = 'LD160';
    END IF;
    RETURN NEW;
  END IF;
  -- What a supervisor signed or a tariff fixed bears no surcharge and no discount of another law.
  IF c.origen = 'ORDEN' THEN RAISE EXCEPTION 'LD119' USING ERRCODE = 'LD119'; END IF;
  SELECT * INTO p FROM hacienda_parametro WHERE id = NEW.parametro_id
     AND desde <= NEW.fecha_pago AND (hasta IS NULL OR hasta >= NEW.fecha_pago OR clave = 'recargo_mensual')
     AND (clave = 'inpc' OR modulo = (SELECT modulo FROM hacienda_cuenta WHERE id = c.cuenta_id));
  IF NEW.clase = 'descuento' THEN
    IF p.id IS NULL OR p.clave <> 'descuento' OR coalesce(NEW.base, 0) <= 0
       OR NEW.importe <> -proporcion(NEW.base, p.numero, (10 ^ p.escala)::bigint)
       OR (p.alcance = 'EJERCICIO_ACTUAL' AND c.ejercicio <> extract(year FROM NEW.fecha_pago))
       OR (c.vence < NEW.fecha_pago AND p.datos::json ->> 'vencidos' IS DISTINCT FROM 'true') THEN
      RAISE EXCEPTION 'LD117' USING ERRCODE = 'LD117';
    END IF;
  ELSIF NEW.clase = 'recargo' THEN
    IF p.id IS NULL OR p.clave <> 'recargo_mensual' OR coalesce(NEW.base, 0) <= 0 OR coalesce(NEW.meses, 0) <= 0
       OR p.hasta <= c.vence
       OR NEW.importe <> proporcion(NEW.base, p.numero * NEW.meses, (10 ^ p.escala)::bigint) THEN
      RAISE EXCEPTION 'LD118' USING ERRCODE = 'LD118';
    END IF;
  ELSIF NEW.clase = 'actualizacion' THEN
    SELECT * INTO b FROM hacienda_parametro WHERE id = NEW.parametro_base_id;
    IF p.id IS NULL OR p.clave <> 'inpc' OR b.id IS NULL OR b.clave <> 'inpc' OR coalesce(NEW.base, 0) <= 0
       OR b.variante <> to_char(date_trunc('month', c.vence) - interval '1 month', 'YYYY-MM')
       OR p.variante IS DISTINCT FROM (
            SELECT max(variante) FROM hacienda_parametro WHERE clave = 'inpc' AND desde <= NEW.fecha_pago
               AND variante <= to_char(date_trunc('month', NEW.fecha_pago) - interval '1 month', 'YYYY-MM'))
       OR NEW.factor IS DISTINCT FROM greatest(10000, p.numero * 10000 / b.numero)
       OR NEW.importe <> proporcion(NEW.base, NEW.factor - 10000, 10000) THEN
      RAISE EXCEPTION 'LD118' USING ERRCODE = 'LD118';
    END IF;
  ELSE
    RAISE EXCEPTION 'LD119' USING ERRCODE = 'LD119';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_pago() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user;
  PERFORM sin_sellar(NEW.recibo_id);
  IF NEW.cambio <> 0 AND (NEW.forma <> '01' OR NEW.importe < 0) THEN
    RAISE EXCEPTION 'LD121' USING ERRCODE = 'LD121';
  END IF;
  -- Another form could never be deposited: its money would be nobody's.
  IF NEW.forma NOT IN ('01', '02', '03', '04', '17', '28') THEN RAISE EXCEPTION 'LD103' USING ERRCODE = 'LD103'; END IF;
  IF NEW.forma <> '01' AND btrim(NEW.referencia) = '' THEN RAISE EXCEPTION 'LD126' USING ERRCODE = 'LD126'; END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION revisar_renglones(recibo text, es_reversa boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  IF NOT es_reversa AND EXISTS (
       SELECT 1 FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id,
              LATERAL (SELECT coalesce(sum(x.importe) FILTER (WHERE x.clase = 'principal'), 0) AS principal,
                              coalesce(sum(x.importe) FILTER (WHERE x.clase = 'actualizacion'), 0) AS actualizacion,
                              coalesce(sum(x.meses) FILTER (WHERE x.clase = 'recargo'), 0) AS meses,
                              coalesce(-sum(x.importe) FILTER (WHERE x.clase = 'descuento'), 0) AS descuento,
                              count(*) FILTER (WHERE x.clase = 'actualizacion') AS actualizaciones
                         FROM hacienda_renglon x WHERE x.recibo_id = recibo AND x.cargo_id = r.cargo_id) s
        WHERE r.recibo_id = recibo
          AND ((r.clase = 'recargo' AND r.base <> s.principal + s.actualizacion)
            OR (r.clase = 'actualizacion' AND (r.base <> s.principal OR s.actualizaciones > 1))
            OR s.meses > meses_o_fraccion(c.vence, r.fecha_pago)
            OR s.principal = 0)) THEN
    RAISE EXCEPTION 'LD118' USING ERRCODE = 'LD118';
  END IF;
  IF NOT es_reversa AND EXISTS (
       SELECT 1 FROM hacienda_renglon r WHERE r.recibo_id = recibo AND r.clase = 'descuento'
          AND (r.base <> (SELECT sum(x.importe) FROM hacienda_renglon x
                           WHERE x.recibo_id = recibo AND x.cargo_id = r.cargo_id AND x.clase = 'principal')
            OR 1 <> (SELECT count(*) FROM hacienda_renglon x
                      WHERE x.recibo_id = recibo AND x.cargo_id = r.cargo_id AND x.clase = 'descuento'))) THEN
    RAISE EXCEPTION 'LD117' USING ERRCODE = 'LD117';
  END IF;
  IF EXISTS (SELECT 1 FROM hacienda_cargo c
              WHERE c.id IN (SELECT cargo_id FROM hacienda_renglon WHERE recibo_id = recibo)
                AND (SELECT sum(x.importe) FROM hacienda_renglon x WHERE x.cargo_id = c.id AND x.clase = 'principal')
                    NOT BETWEEN 0 AND c.importe) THEN
    RAISE EXCEPTION 'LD113' USING ERRCODE = 'LD113';
  END IF;
  IF (SELECT modo FROM hacienda_municipio) = 'produccion' AND EXISTS (
       SELECT 1 FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id
         JOIN hacienda_parametro p ON p.id IN (r.parametro_id, r.parametro_base_id, c.parametro_id)
        WHERE r.recibo_id = recibo AND p.ejemplo = 1) THEN
    RAISE EXCEPTION 'LD123' USING ERRCODE = 'LD123';
  END IF;
END $$
--;;
CREATE OR REPLACE FUNCTION revisar_reversa(recibo text, original text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  IF (SELECT count(*) FROM hacienda_renglon WHERE recibo_id = recibo AND reversa_de = original)
       <> (SELECT count(*) FROM hacienda_renglon WHERE recibo_id = original)
     OR EXISTS (SELECT 1 FROM hacienda_renglon WHERE recibo_id = recibo AND reversa_de IS DISTINCT FROM original)
     OR EXISTS (SELECT 1 FROM hacienda_recibo WHERE reversa_de = original)
     OR EXISTS (SELECT 1 FROM hacienda_pago d WHERE d.recibo_id = recibo AND NOT EXISTS (
          SELECT 1 FROM hacienda_pago o
           WHERE o.recibo_id = original AND (o.n, o.forma, o.importe) = (d.n, d.forma, -d.importe)))
     OR (SELECT count(*) FROM hacienda_pago WHERE recibo_id = recibo)
       <> (SELECT count(*) FROM hacienda_pago WHERE recibo_id = original) THEN
    RAISE EXCEPTION 'LD122' USING ERRCODE = 'LD122';
  END IF;
END $$
--;;
CREATE OR REPLACE FUNCTION contenido_de_recibo(recibo text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mun, pg_temp AS $$
  SELECT coalesce((SELECT string_agg(canon(n::text, cargo_id::text, concepto_id::text, clase, importe::text, texto,
             fundamento, to_char(fecha_pago, 'YYYY-MM-DD'), base::text, parametro_id::text, parametro_base_id::text,
             meses::text, factor::text, reversa_de), '' ORDER BY n) FROM hacienda_renglon WHERE recibo_id = recibo), '')
      || coalesce((SELECT string_agg(canon(n::text, forma, importe::text, recibido::text, cambio::text, referencia,
             usuario), '' ORDER BY n) FROM hacienda_pago WHERE recibo_id = recibo), '') $$
--;;
CREATE OR REPLACE FUNCTION candado_recibo() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE t hacienda_turno; s hacienda_serie; su_caja hacienda_caja;
BEGIN
  PERFORM exigir_aislamiento();
  -- A receipt is worth waiting for the disk, whatever the session asked.
  PERFORM set_config('synchronous_commit', 'on', true);
  NEW.usuario := session_user; NEW.creado := ahora();
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.operacion_id, 0));
  IF EXISTS (SELECT 1 FROM hacienda_operacion WHERE id = NEW.operacion_id) THEN
    RAISE EXCEPTION 'LD110' USING ERRCODE = 'LD110';
  END IF;
  PERFORM 1 FROM hacienda_cargo
    WHERE id IN (SELECT cargo_id FROM hacienda_renglon WHERE recibo_id = NEW.id) ORDER BY id FOR UPDATE;
  SELECT * INTO t FROM hacienda_turno WHERE id = NEW.turno_id FOR SHARE;
  IF t.id IS NULL OR t.usuario <> session_user
     OR EXISTS (SELECT 1 FROM hacienda_corte WHERE turno_id = t.id)
     OR EXISTS (SELECT 1 FROM hacienda_conteo WHERE turno_id = t.id AND vez > 0) THEN
    RAISE EXCEPTION 'LD111' USING ERRCODE = 'LD111';
  END IF;
  SELECT * INTO su_caja FROM hacienda_caja WHERE id = t.caja_id;
  -- Nor may a transaction that was left open since another day seal with that day's law. A channel's payment was
  -- made when its own paper says.
  IF (su_caja.tipo = 'VENTANILLA' AND (NEW.fecha_pago <> hoy() OR NEW.fecha_pago <> (
       SELECT (clock_timestamp() AT TIME ZONE zona_horaria)::date FROM hacienda_municipio)))
     OR NEW.fecha_pago > hoy()
     OR EXISTS (SELECT 1 FROM hacienda_renglon WHERE recibo_id = NEW.id AND fecha_pago <> NEW.fecha_pago) THEN
    RAISE EXCEPTION 'LD116' USING ERRCODE = 'LD116';
  END IF;
  IF (su_caja.horas = 0 AND t.fecha <> hoy())
     OR (su_caja.horas > 0 AND ahora() > t.creado + su_caja.horas * 3600000000::bigint) THEN
    RAISE EXCEPTION 'LD138' USING ERRCODE = 'LD138';
  END IF;
  IF NEW.total IS DISTINCT FROM (SELECT sum(importe) FROM hacienda_renglon WHERE recibo_id = NEW.id)
     OR NEW.total <> coalesce((SELECT sum(importe) FROM hacienda_pago WHERE recibo_id = NEW.id), 0)
     OR (NEW.tipo = 'COBRO' AND (NEW.total < 0
         OR EXISTS (SELECT 1 FROM hacienda_pago WHERE recibo_id = NEW.id AND importe <= 0))) THEN
    RAISE EXCEPTION 'LD112' USING ERRCODE = 'LD112';
  END IF;
  PERFORM revisar_saldos(NEW.id, NEW.reversa_de);
  IF EXISTS (SELECT 1 FROM hacienda_renglon r JOIN hacienda_concepto k ON k.id = r.concepto_id
               JOIN hacienda_cargo c ON c.id = r.cargo_id
              WHERE r.recibo_id = NEW.id AND (k.ente_id <> NEW.ente_id
                OR NEW.ente_id <> (SELECT ente_id FROM hacienda_cuenta WHERE id = c.cuenta_id)))
     OR NEW.ente_id <> (SELECT ente_id FROM hacienda_membrete WHERE id = NEW.membrete_id) THEN
    RAISE EXCEPTION 'LD115' USING ERRCODE = 'LD115';
  END IF;
  IF NOT coalesce((SELECT count(DISTINCT c.cuenta_id) = NEW.cuentas AND bool_or(c.cuenta_id = NEW.cuenta_id)
         FROM hacienda_renglon r JOIN hacienda_cargo c ON c.id = r.cargo_id WHERE r.recibo_id = NEW.id), false) THEN
    RAISE EXCEPTION 'LD128' USING ERRCODE = 'LD128';
  END IF;
  IF NEW.tipo = 'REVERSA' THEN
    PERFORM revisar_reversa(NEW.id, NEW.reversa_de);
  ELSIF NEW.reversa_de IS NOT NULL OR NEW.solicitud_id IS NOT NULL
     OR EXISTS (SELECT 1 FROM hacienda_renglon WHERE recibo_id = NEW.id AND reversa_de IS NOT NULL) THEN
    RAISE EXCEPTION 'LD122' USING ERRCODE = 'LD122';
  END IF;
  PERFORM revisar_renglones(NEW.id, NEW.tipo = 'REVERSA');
  SELECT * INTO s FROM hacienda_serie WHERE id = NEW.serie_id FOR UPDATE;
  IF s.id IS NULL OR s.ente_id <> NEW.ente_id OR s.caja_id <> t.caja_id THEN
    RAISE EXCEPTION 'LD114' USING ERRCODE = 'LD114';
  END IF;
  NEW.folio := s.ultimo_folio + 1;
  NEW.hash_previo := s.ultimo_hash;
  NEW.hash := sha256_hex(canon('recibo/1', NEW.id, NEW.operacion_id, NEW.ente_id::text, s.clave, NEW.folio::text,
    NEW.turno_id, NEW.cuenta_id::text, NEW.membrete_id::text, NEW.tipo, NEW.reversa_de, NEW.solicitud_id, NEW.pagador,
    NEW.cuenta_etiqueta, NEW.domicilio, to_char(NEW.fecha_pago, 'YYYY-MM-DD'), NEW.total::text, NEW.usuario,
    NEW.creado::text, NEW.hash_previo, contenido_de_recibo(NEW.id)));
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION avanza_serie() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  UPDATE hacienda_serie SET ultimo_folio = NEW.folio, ultimo_hash = NEW.hash WHERE id = NEW.serie_id;
  RETURN NULL;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_serie() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  IF NEW.ultimo_folio <> OLD.ultimo_folio + 1 OR (NEW.id, NEW.ente_id, NEW.caja_id, NEW.clave)
       IS DISTINCT FROM (OLD.id, OLD.ente_id, OLD.caja_id, OLD.clave)
     OR NOT EXISTS (SELECT 1 FROM hacienda_recibo
                     WHERE serie_id = OLD.id AND folio = NEW.ultimo_folio AND hash = NEW.ultimo_hash) THEN
    RAISE EXCEPTION 'LD100' USING ERRCODE = 'LD100';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_serie_alta() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  IF starts_with(NEW.clave, 'CAP-') <> ((SELECT modo FROM hacienda_municipio) = 'capacitacion')
     OR NEW.ultimo_folio <> 0 OR NEW.ultimo_hash <> '' THEN
    RAISE EXCEPTION 'LD114' USING ERRCODE = 'LD114';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_operacion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  -- As with a receipt: no other transaction may seal into this operación while it closes.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.id, 0));
  IF NOT EXISTS (SELECT 1 FROM hacienda_turno WHERE id = NEW.turno_id AND usuario = session_user) THEN
    RAISE EXCEPTION 'LD111' USING ERRCODE = 'LD111';
  END IF;
  IF NEW.recibos <> (SELECT count(*) FROM hacienda_recibo WHERE operacion_id = NEW.id)
     OR NEW.total <> coalesce((SELECT sum(total) FROM hacienda_recibo WHERE operacion_id = NEW.id), 0)
     OR (NEW.tipo = 'ANULADA') <> (NEW.recibos = 0)
     OR EXISTS (SELECT 1 FROM hacienda_recibo WHERE operacion_id = NEW.id
                   AND (turno_id <> NEW.turno_id OR (tipo = 'REVERSA') <> (NEW.tipo = 'CANCELACION'))) THEN
    RAISE EXCEPTION 'LD120' USING ERRCODE = 'LD120';
  END IF;
  IF NEW.tipo = 'COBRO' AND (btrim(NEW.nota) = '' OR NOT EXISTS (
       SELECT 1 FROM hacienda_parametro WHERE modulo = 'caja' AND clave = 'saltar_adeudo' AND numero = 1
          AND desde <= hoy() AND (hasta IS NULL OR hasta >= hoy()))) AND salta_adeudos(NEW.id) THEN
    RAISE EXCEPTION 'LD127' USING ERRCODE = 'LD127';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE TRIGGER candado_renglon BEFORE INSERT ON hacienda_renglon FOR EACH ROW EXECUTE FUNCTION candado_renglon()
--;;
CREATE OR REPLACE TRIGGER candado_pago BEFORE INSERT ON hacienda_pago FOR EACH ROW EXECUTE FUNCTION candado_pago()
--;;
CREATE OR REPLACE TRIGGER candado_recibo BEFORE INSERT ON hacienda_recibo FOR EACH ROW EXECUTE FUNCTION candado_recibo()
--;;
CREATE OR REPLACE TRIGGER candado_recibo_avanza AFTER INSERT ON hacienda_recibo FOR EACH ROW EXECUTE FUNCTION avanza_serie()
--;;
CREATE OR REPLACE TRIGGER candado_serie BEFORE UPDATE ON hacienda_serie FOR EACH ROW EXECUTE FUNCTION candado_serie()
--;;
CREATE OR REPLACE TRIGGER candado_serie_borra BEFORE DELETE ON hacienda_serie FOR EACH ROW EXECUTE FUNCTION candado_crece()
--;;
CREATE OR REPLACE TRIGGER candado_serie_vacia BEFORE TRUNCATE ON hacienda_serie EXECUTE FUNCTION candado_crece()
--;;
CREATE OR REPLACE TRIGGER candado_serie_alta BEFORE INSERT ON hacienda_serie FOR EACH ROW EXECUTE FUNCTION candado_serie_alta()
--;;
CREATE OR REPLACE TRIGGER candado_operacion BEFORE INSERT ON hacienda_operacion FOR EACH ROW EXECUTE FUNCTION candado_operacion()
