#!/bin/sh
# Run by the postgres image when it makes a new database: Temporal gets a role and databases of its own, apart from ours.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$TEMPORAL_DB_PASSWORD" --username postgres --dbname postgres <<'SQL'
create role temporal login password :'password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
SQL
