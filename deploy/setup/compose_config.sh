#!/usr/bin/env bash
# Reads the compose files as docker compose does: as they are, and with everything on top of one another. Needs no engine.
set -euo pipefail
cd "$(dirname "$0")/.."

compose() { ../.venv/bin/docker-compose --env-file /dev/null "$@"; }
check() { ../.venv/bin/check-jsonschema --builtin-schema vendor.compose-spec --quiet "$@"; }

everything=(--profile trial --profile tools --profile observability -f compose.yaml -f compose.production.yaml)
merged=$(mktemp --suffix=.yaml)
trap 'rm -f "$merged"' EXIT

check compose.yaml
compose -f compose.yaml config -q
compose "${everything[@]}" config > "$merged" # `!reset` and `!override` are resolved in it: the schema knows neither
check "$merged"
echo "Compose reads its files." >&2
