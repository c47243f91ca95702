-- Accounts: the only way in which a login is born or changes; owned by mun_cuentas, the one role with CREATEROLE.
CREATE OR REPLACE FUNCTION seg_alta(login text, nombre text, perfil text, verificador text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
DECLARE de_casa boolean := (SELECT rolsuper FROM pg_roles WHERE rolname = session_user);
BEGIN
  IF login IS NULL OR login !~ '^[a-z][a-z0-9._]{2,29}$' OR login ~ '^(pg_|mun_|postgres)' THEN
    RAISE EXCEPTION 'LD150' USING ERRCODE = 'LD150';
  END IF;
  IF perfil IS NULL OR perfil NOT IN ({perfiles}) OR (perfil = 'administrador' AND NOT de_casa) THEN
    RAISE EXCEPTION 'LD151' USING ERRCODE = 'LD151';
  END IF;
  IF verificador IS NULL OR verificador !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$' THEN
    RAISE EXCEPTION 'LD152' USING ERRCODE = 'LD152';
  END IF;
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = login) THEN
    RAISE EXCEPTION 'LD153' USING ERRCODE = 'LD153';
  END IF;
  EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 12 '
                 'PASSWORD %L VALID UNTIL %L', login, verificador, (now() + interval '72 hours')::text);
  EXECUTE format('GRANT mun_%s TO %I', perfil, login);
  INSERT INTO core_usuario (login, nombre) VALUES (seg_alta.login, seg_alta.nombre);
  INSERT INTO core_usuario_evento (login, n, tipo, perfil, activo)
  VALUES (seg_alta.login, 1, 'ALTA', seg_alta.perfil, 1);
END $$
--;;
CREATE OR REPLACE FUNCTION seg_mi_clave(verificador text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mun, pg_temp AS $$
BEGIN
  IF verificador IS NULL OR verificador !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$' THEN
    RAISE EXCEPTION 'LD152' USING ERRCODE = 'LD152';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM core_usuario WHERE login = session_user) THEN
    RAISE EXCEPTION 'LD150' USING ERRCODE = 'LD150';
  END IF;
  EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL ''infinity''', session_user, verificador);
  INSERT INTO core_usuario_evento (login, n, tipo, perfil, activo)
  SELECT e.login, e.n + 1, 'CLAVE', e.perfil, e.activo FROM core_usuario_evento e
   WHERE e.login = session_user ORDER BY e.n DESC LIMIT 1;
END $$
