-- Approvals and accounts on SQLite. The profile is the one of the account's last event.
CREATE TRIGGER candado_resolucion BEFORE INSERT ON core_resolucion BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD143') WHERE NOT EXISTS (
    SELECT 1 FROM core_solicitud WHERE id = NEW.solicitud_id AND vence >= ahora())
    OR EXISTS (SELECT 1 FROM core_resolucion WHERE solicitud_id = NEW.solicitud_id);
  SELECT RAISE(ABORT, 'LD141') FROM core_solicitud WHERE id = NEW.solicitud_id AND usuario = usuario();
  SELECT RAISE(ABORT, 'LD142') WHERE 'supervisor' IS NOT (
    SELECT perfil FROM core_usuario_evento WHERE login = usuario() AND activo = 1 ORDER BY n DESC LIMIT 1);
END
--;;
CREATE TRIGGER candado_solicitud BEFORE INSERT ON core_solicitud BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD143') WHERE NEW.vence <= ahora() OR NEW.vence > ahora() + 172800000000;
  -- An amount said twice could be read as one by who signs and as the other by the lock.
  SELECT RAISE(ABORT, 'LD145') WHERE NEW.acto IN ('caja.retiro', 'ordenes.importe_libre') AND (
    NOT json_valid(NEW.orden) OR instr(NEW.orden, char(92)) > 0);
  SELECT RAISE(ABORT, 'LD145') WHERE NEW.acto IN ('caja.retiro', 'ordenes.importe_libre') AND (
    SELECT count(*) <> count(DISTINCT key) FROM json_each(NEW.orden));
END
--;;
CREATE TRIGGER candado_recibo_reversa BEFORE INSERT ON hacienda_recibo WHEN NEW.tipo = 'REVERSA' BEGIN
  SELECT RAISE(ABORT, 'LD140') WHERE NOT EXISTS (
    SELECT 1 FROM core_solicitud s JOIN core_resolucion r ON r.solicitud_id = s.id
     WHERE s.id = NEW.solicitud_id AND s.acto IN ('caja.cancelar_recibo', 'caja.cheque_devuelto')
       AND s.objeto = NEW.reversa_de
       AND s.usuario = usuario() AND r.decision = 'APROBADA' AND r.usuario <> usuario() AND s.vence >= ahora());
  -- A receipt is cancelled in its own turno; what a cheque paid is reversed in the turno of a channel.
  SELECT RAISE(ABORT, 'LD122') WHERE EXISTS (
    SELECT 1 FROM hacienda_recibo o JOIN core_solicitud s ON s.id = NEW.solicitud_id
     WHERE o.id = NEW.reversa_de AND (o.tipo <> 'COBRO' OR o.cuenta_id <> NEW.cuenta_id OR CASE s.acto
       WHEN 'caja.cancelar_recibo' THEN o.turno_id <> NEW.turno_id
       ELSE NOT EXISTS (SELECT 1 FROM hacienda_pago WHERE recibo_id = o.id AND forma = '02')
         OR NOT EXISTS (SELECT 1 FROM hacienda_turno t JOIN hacienda_caja k ON k.id = t.caja_id
                         WHERE t.id = NEW.turno_id AND k.tipo <> 'VENTANILLA') END));
END
--;;
CREATE TRIGGER candado_impresion BEFORE INSERT ON hacienda_impresion BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD124') WHERE NOT EXISTS (
      SELECT 1 FROM hacienda_recibo WHERE id = NEW.recibo_id AND (usuario = usuario() OR 'supervisor' IS (
        SELECT perfil FROM core_usuario_evento WHERE login = usuario() AND activo = 1 ORDER BY n DESC LIMIT 1)));
  SELECT RAISE(ABORT, 'LD125')
    WHERE NEW.n <> (SELECT count(*) + 1 FROM hacienda_impresion WHERE recibo_id = NEW.recibo_id);
END
--;;
-- What seg_alta and seg_mi_clave refuse on the server. The installer alone makes the first administrador.
CREATE TRIGGER candado_usuario BEFORE INSERT ON core_usuario BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD150') WHERE NEW.login NOT GLOB '[a-z][a-z0-9._][a-z0-9._]*' OR length(NEW.login) > 30
     OR NEW.login GLOB '*[^a-z0-9._]*' OR NEW.login GLOB 'pg_*' OR NEW.login GLOB 'mun_*'
     OR NEW.login GLOB 'postgres*' OR NEW.login = 'instalador';
END
--;;
CREATE TRIGGER candado_usuario_evento BEFORE INSERT ON core_usuario_evento BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD151') WHERE NEW.perfil = 'administrador' AND usuario() <> 'instalador' AND NOT EXISTS (
    SELECT 1 FROM core_usuario_evento WHERE login = NEW.login AND perfil = 'administrador');
END
--;;
CREATE TRIGGER candado_frase BEFORE INSERT ON core_frase BEGIN
  SELECT RAISE(ABORT, 'LD101') WHERE NEW.usuario <> usuario() OR NEW.creado <> ahora();
  SELECT RAISE(ABORT, 'LD152') WHERE NEW.verificador NOT GLOB 'scrypt$[0-9]*$?*$?*';
END
