#!/usr/bin/env bash
# A database and two roles for each service, made when PostgreSQL's data folder is (/docker-entrypoint-initdb.d). The
# same as provision() in libs/platform/src/database/provision.ts; in production CloudNativePG makes them.
#
# Passwords: AUTH_SERVICE_PASSWORD, AUTH_MIGRATOR_PASSWORD and so on for each service, or the same as NAME_FILE.
set -Eeuo pipefail

# The value of a variable, or of the file that NAME_FILE names; without the last line break.
muster_password() {
  local name=$1 file="${1}_FILE"
  if [ -n "${!file:-}" ]; then
    cat "${!file}"
  elif [ -n "${!name:-}" ]; then
    printf '%s' "${!name}"
  else
    echo "provision: neither $name nor $file is set" >&2
    return 1
  fi
}

muster_psql() {
  psql --no-psqlrc --no-password --quiet -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" "$@"
}

# Passwords go by the environment: a command line is for every process to read.
muster_provision() {
  local service=$1 upper=${1^^}
  SERVICE_PASSWORD=$(muster_password "${upper}_SERVICE_PASSWORD")
  MIGRATOR_PASSWORD=$(muster_password "${upper}_MIGRATOR_PASSWORD")
  export SERVICE_PASSWORD MIGRATOR_PASSWORD
  muster_psql --dbname postgres -v database="muster_$service" -v service="${service}_service" -v migrator="${service}_migrator" <<'SQL'
\getenv service_password SERVICE_PASSWORD
\getenv migrator_password MIGRATOR_PASSWORD
create role :"service" login password :'service_password';
create role :"migrator" login password :'migrator_password';
grant :"migrator" to current_user;
create database :"database" owner :"migrator" template template0 encoding 'UTF8';
revoke all on database :"database" from public;
grant connect on database :"database" to :"service";
SQL
  muster_psql --dbname "muster_$service" -v service="${service}_service" -v migrator="${service}_migrator" <<'SQL'
alter schema public owner to :"migrator";
revoke create on schema public from public;
grant usage on schema public to :"service";
SQL
  unset SERVICE_PASSWORD MIGRATOR_PASSWORD
}

for muster_service in auth user matching communication notification; do
  muster_provision "$muster_service"
done
