#!/bin/sh
# Run by the image when the data directory is new: one database and one role for each service that
# has a store.
set -eu

for name in auth messages; do
  psql -v ON_ERROR_STOP=1 -v name="$name" -v password="$(cat "/run/parley/postgres/$name")" \
    --username postgres --no-password --dbname postgres <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
