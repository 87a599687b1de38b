#!/usr/bin/env bash
# Every named question on a graph of some million quads, here, in pyoxigraph and in rdflib.
# Usage: benches/queries/run.sh [DOCUMENTS [RDFLIB_SECONDS]]    (6,000 and 0, which leaves rdflib out; Python 3.11 or later with venv)
set -euo pipefail
cd "$(dirname "$0")/../.."
documents=${1:-6000} limit=${2:-0}
folder=${CHANCERY_BENCH:-target/bench-queries}
mkdir -p "$folder"
# The bench runs in a folder of its own.
folder=$(realpath "$folder")

[ -d "$folder/venv" ] || python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --requirement benches/queries/requirements.txt
cargo build --release --bin chancery
program=${CARGO_TARGET_DIR:-target}/release/chancery

store=$folder/kg-$documents
if [ ! -d "$store" ]; then
  # The examples of the questions speak of the fixture's things.
  python3 benches/queries/generate.py "$documents" | cat tests/fixtures/queries.jsonl - > "$folder/claims.jsonl"
  "$program" load --store "$store" "$folder/claims.jsonl"
fi
cargo bench --bench queries -- "$store" > "$folder/times.jsonl"
"$folder/venv/bin/python" benches/queries/compare.py "$folder/times.jsonl" "$store/generations/$(cat "$store/current")/graph.nq" "$limit"
