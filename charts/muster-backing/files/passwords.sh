#!/usr/bin/env bash
# Gives the roles that databases.sql has made their passwords, when PostgreSQL's data folder is made: both files stand in
# /docker-entrypoint-initdb.d, whose order is that of the alphabet. In production CloudNativePG does it (managed roles).
#
# Passwords: AUTH_SERVICE_PASSWORD, AUTH_MIGRATOR_PASSWORD and so on for each role, or the same as NAME_FILE.
set -Eeuo pipefail

# The value of a variable, or of the file that NAME_FILE names; without the last line break.
muster_password() {
  local name=$1 file="${1}_FILE"
  if [ -n "${!file:-}" ]; then
    cat "${!file}"
  elif [ -n "${!name:-}" ]; then
    printf '%s' "${!name}"
  else
    echo "passwords: neither $name nor $file is set" >&2
    return 1
  fi
}

muster_psql() {
  psql --no-psqlrc --no-password --quiet -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres "$@"
}

muster_roles=$(muster_psql --tuples-only --no-align --command "select rolname from pg_roles where rolname ~ '_(service|migrator)\$' order by 1")
for muster_role in $muster_roles; do
  # It goes by the environment: a command line is for every process to read.
  ROLE_PASSWORD=$(muster_password "${muster_role^^}_PASSWORD")
  export ROLE_PASSWORD
  muster_psql -v role="$muster_role" <<'SQL'
\getenv role_password ROLE_PASSWORD
alter role :"role" password :'role_password';
SQL
  unset ROLE_PASSWORD
done
