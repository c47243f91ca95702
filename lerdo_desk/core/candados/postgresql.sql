-- Approvals, acts and accounts on PostgreSQL. Identity is session_user, which nobody can forge.
CREATE OR REPLACE FUNCTION tiene_perfil(perfil text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mun, pg_temp AS $$
  SELECT coalesce((SELECT e.perfil = $1 AND e.activo = 1 FROM core_usuario_evento e
                    WHERE e.login = session_user ORDER BY n DESC LIMIT 1), false)
     AND pg_has_role(session_user, 'mun_' || $1, 'member') $$
--;;
CREATE OR REPLACE FUNCTION candado_resolucion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE s core_solicitud;
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  SELECT * INTO s FROM core_solicitud WHERE id = NEW.solicitud_id FOR UPDATE;
  IF s.id IS NULL OR s.vence < ahora() OR EXISTS (SELECT 1 FROM core_resolucion WHERE solicitud_id = s.id) THEN
    RAISE EXCEPTION 'LD143' USING ERRCODE = 'LD143';
  END IF;
  IF s.usuario = session_user THEN RAISE EXCEPTION 'LD141' USING ERRCODE = 'LD141'; END IF;
  IF NOT tiene_perfil('supervisor') THEN RAISE EXCEPTION 'LD142' USING ERRCODE = 'LD142'; END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_solicitud() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  IF NEW.vence <= ahora() OR NEW.vence > ahora() + 172800000000 THEN
    RAISE EXCEPTION 'LD143' USING ERRCODE = 'LD143';
  END IF;
  -- An amount said twice could be read as one by who signs and as the other by the lock.
  IF NEW.acto IN ('caja.retiro', 'ordenes.importe_libre') AND (strpos(NEW.orden, chr(92)) > 0 OR (
       SELECT count(*) <> count(DISTINCT clave) FROM json_object_keys(NEW.orden::json) AS clave)) THEN
    RAISE EXCEPTION 'LD145' USING ERRCODE = 'LD145';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_recibo_reversa() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM core_solicitud s JOIN core_resolucion r ON r.solicitud_id = s.id
     WHERE s.id = NEW.solicitud_id AND s.acto IN ('caja.cancelar_recibo', 'caja.cheque_devuelto')
       AND s.objeto = NEW.reversa_de
       AND s.usuario = session_user AND r.decision = 'APROBADA' AND r.usuario <> session_user AND s.vence >= ahora()) THEN
    RAISE EXCEPTION 'LD140' USING ERRCODE = 'LD140';
  END IF;
  -- A receipt is cancelled in its own turno; what a cheque paid is reversed in the turno of a channel.
  IF EXISTS (SELECT 1 FROM hacienda_recibo o JOIN core_solicitud s ON s.id = NEW.solicitud_id
      WHERE o.id = NEW.reversa_de AND (o.tipo <> 'COBRO' OR o.cuenta_id <> NEW.cuenta_id OR CASE s.acto
         WHEN 'caja.cancelar_recibo' THEN o.turno_id <> NEW.turno_id
         ELSE NOT EXISTS (SELECT 1 FROM hacienda_pago WHERE recibo_id = o.id AND forma = '02')
           OR NOT EXISTS (SELECT 1 FROM hacienda_turno t JOIN hacienda_caja k ON k.id = t.caja_id
                           WHERE t.id = NEW.turno_id AND k.tipo <> 'VENTANILLA') END)) THEN
    RAISE EXCEPTION 'LD122' USING ERRCODE = 'LD122';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION candado_impresion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  IF NOT EXISTS (SELECT 1 FROM hacienda_recibo WHERE id = NEW.recibo_id
                    AND (usuario = session_user OR tiene_perfil('supervisor'))) THEN
    RAISE EXCEPTION 'LD124' USING ERRCODE = 'LD124';
  END IF;
  IF NEW.n <> (SELECT count(*) + 1 FROM hacienda_impresion WHERE recibo_id = NEW.recibo_id) THEN
    RAISE EXCEPTION 'LD125' USING ERRCODE = 'LD125';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE OR REPLACE FUNCTION anotar_acto(acto text, permiso text, orden text, estacion text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = mun, pg_temp AS
$$ INSERT INTO bitacora_acto (acto, permiso, orden, estacion) VALUES ($1, $2, $3, $4) $$
--;;
CREATE OR REPLACE TRIGGER candado_resolucion BEFORE INSERT ON core_resolucion FOR EACH ROW EXECUTE FUNCTION candado_resolucion()
--;;
CREATE OR REPLACE TRIGGER candado_solicitud BEFORE INSERT ON core_solicitud FOR EACH ROW EXECUTE FUNCTION candado_solicitud()
--;;
CREATE OR REPLACE TRIGGER candado_recibo_reversa BEFORE INSERT ON hacienda_recibo
FOR EACH ROW WHEN (NEW.tipo = 'REVERSA') EXECUTE FUNCTION candado_recibo_reversa()
--;;
CREATE OR REPLACE TRIGGER candado_impresion BEFORE INSERT ON hacienda_impresion FOR EACH ROW EXECUTE FUNCTION candado_impresion()
