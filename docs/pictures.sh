#!/bin/sh
# Draws the pictures of the README again, from the hand-written claims in data/examples: sh docs/pictures.sh [PROGRAM]
set -eu
cd "$(dirname "$0")/.."
program=${1:-target/release/chancery}
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT
chancery() { "$program" --quiet --store "$store/kg" "$@"; }
chancery load data/examples/letter-of-intent.jsonl
letter=$(chancery query letters-of-intent --format csv | sed -n '2s/.*\/\(f[0-9a-f]*\).*/\1/p')
mkdir -p docs/pictures
chancery export svg docs/pictures/around.svg --force --focus "El Salvador" --depth 2
chancery export svg docs/pictures/timeline.svg --force --view timeline --focus "El Salvador"
chancery export svg docs/pictures/provenance.svg --force --view provenance --fact "$letter"
