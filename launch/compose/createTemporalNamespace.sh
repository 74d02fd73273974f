#!/bin/sh
# TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE are read by the CLI itself. A try that comes too early is made again by Docker.
set -eu
temporal operator cluster health
temporal operator namespace describe > /dev/null 2>&1 ||
  temporal operator namespace create --retention "$RETENTION" --namespace "$TEMPORAL_NAMESPACE"
