#!/bin/sh
# Brings Temporal's tables up to date. On an empty database the update fails for want of its version table, which is made then.
set -eu
schema=/etc/temporal/schema/postgresql/v12

tool() {
  temporal-sql-tool --plugin postgres12 --ep "$SQL_HOST" -p 5432 -u "$SQL_USER" "$@" # the password is in SQL_PASSWORD
}

setup() {
  if tool --db "$1" update-schema -d "$schema/$2/versioned"; then return; fi
  tool --db "$1" setup-schema -v 0.0
  tool --db "$1" update-schema -d "$schema/$2/versioned"
}

setup temporal temporal
setup temporal_visibility visibility
