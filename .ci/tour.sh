#!/usr/bin/env bash
# Runs the README's tour and that of docs/analysts.md (their blocks marked "sh tour") word for word, each with a store of its
# own. Every command must succeed.
set -euo pipefail
cd "$(dirname "$0")/.."
aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT
awk '/^```sh tour$/ { on = 1; next } /^```$/ { on = 0 } on' README.md > "$aside/tour.sh"
test "$(grep -c '^chancery ' "$aside/tour.sh")" -ge 10 || { echo ".ci/tour.sh: no tour in README.md" >&2; exit 1; }

mkdir -p target
# Exports replace nothing; what an earlier tour left goes first.
rm -rf target/tables target/graph.nq target/claims.jsonl target/claims.schema.json
export CHANCERY_STORE="$aside/kg"
# Where cargo builds elsewhere than in target/.
export PATH="${CARGO_TARGET_DIR:-$PWD/target}/release:$PATH"
bash -euo pipefail -x "$aside/tour.sh" > "$aside/out" || { tail -n 40 "$aside/out"; exit 1; }

# Something came out.
for file in target/graph.svg target/pakistan.svg target/tables/nodes.csv target/tables/edges.csv target/tables/facts.csv target/tables/facts.parquet \
  target/graph.nq target/claims.jsonl target/claims.schema.json; do
  test -s "$file" || { echo ".ci/tour.sh: $file is empty" >&2; exit 1; }
done
grep -q 'by hand' "$aside/out" || { echo ".ci/tour.sh: the loaded claims do not stand behind the fact" >&2; exit 1; }
echo "the tour of README.md: $(grep -c '^chancery ' "$aside/tour.sh") commands, $(wc -l < "$aside/out") lines shown"

awk '/^```sh tour$/ { on = 1; next } /^```$/ { on = 0 } on' docs/analysts.md > "$aside/analysts.sh"
test "$(grep -c '^chancery ' "$aside/analysts.sh")" -ge 10 || { echo ".ci/tour.sh: no tour in docs/analysts.md" >&2; exit 1; }
CHANCERY_STORE="$aside/analysts" bash -euo pipefail -x "$aside/analysts.sh" > "$aside/out" || { tail -n 40 "$aside/out"; exit 1; }
for file in target/holdings.csv target/sheets/facts.csv target/bans.csv; do
  test "$(wc -l < "$file")" -ge 2 || { echo ".ci/tour.sh: $file is empty" >&2; exit 1; }
done
echo "the tour of docs/analysts.md: $(grep -c '^chancery ' "$aside/analysts.sh") commands, $(wc -l < "$aside/out") lines shown"
