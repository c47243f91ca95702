-- What the defaults and the locks of every table call. Same names as the functions that SQLite's connections register.
CREATE OR REPLACE FUNCTION usuario() RETURNS text LANGUAGE sql STABLE AS $$ SELECT session_user::text $$
--;;
CREATE OR REPLACE FUNCTION ahora() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint $$
--;;
CREATE OR REPLACE FUNCTION normaliza(valor text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT btrim(regexp_replace(upper(translate(normalize(valor, NFC), '{con_acento}', '{sin_acento}') COLLATE "C"),
                               '[^A-Z0-9]+' COLLATE "C", ' ', 'g')) $$
--;;
CREATE OR REPLACE FUNCTION canon(VARIADIC valores text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT coalesce(string_agg(CASE WHEN v IS NULL THEN '~,' ELSE octet_length(v)::text || ':' || v || ',' END, ''
                              ORDER BY orden), '')
     FROM unnest(valores) WITH ORDINALITY AS lista(v, orden) $$
--;;
CREATE OR REPLACE FUNCTION sha256_hex(valor text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT encode(sha256(convert_to(valor, 'UTF8')), 'hex') $$
--;;
CREATE OR REPLACE FUNCTION proporcion(centavos bigint, numerador bigint, denominador bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT (sign(centavos::numeric * numerador)
           * div(2 * abs(centavos::numeric * numerador) + denominador, 2 * denominador::numeric))::bigint $$
