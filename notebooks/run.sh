#!/usr/bin/env bash
# Executes the notebooks and the round trips in a virtual environment of their own, and renders the notebooks to
# target/notebooks. Uses the program of $CHANCERY, else target/release/chancery.
set -euo pipefail
cd "$(dirname "$0")/.."
export CHANCERY="${CHANCERY:-$PWD/target/release/chancery}"
CHANCERY="$(realpath -m "$CHANCERY")"
if [ ! -x "$CHANCERY" ]; then
  echo "notebooks/run.sh: there is no program at $CHANCERY: run cargo build --release, or set CHANCERY" >&2
  exit 2
fi
out=target/notebooks
# The environment is made anew whenever the requirements or the interpreter change.
wanted="$(python3 -c 'import sys; print(sys.version)' | cat - notebooks/requirements.txt | sha256sum | cut -d' ' -f1)"
if [ "$(cat "$out/venv/made-of" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$out/venv"
  mkdir -p "$out"
  python3 -m venv "$out/venv"
  "$out/venv/bin/pip" install --quiet --disable-pip-version-check -r notebooks/requirements.txt
  echo "$wanted" > "$out/venv/made-of"
fi
# Without the user's own settings, themes and kernels.
export MPLCONFIGDIR="$PWD/$out/settings" IPYTHONDIR="$PWD/$out/settings" JUPYTER_CONFIG_DIR="$PWD/$out/settings"
export PATH="$PWD/$out/venv/bin:$PATH"
for notebook in first-look explore; do
  python notebooks/execute.py "notebooks/$notebook.ipynb" "$out/$notebook.html"
done
python notebooks/roundtrip.py
python notebooks/page.py > "$out/page.txt" || { cat "$out/page.txt"; exit 1; }
tail -n 1 "$out/page.txt"
