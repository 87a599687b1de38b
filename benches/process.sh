#!/usr/bin/env bash
# Whole processes: `query` on the sample store from start to end, and the peak memory of `extract` over a stream.
# Usage: benches/process.sh [ARTICLES]    (10,000 of them unless told; needs `cargo build --release` and Python 3)
set -euo pipefail
cd "$(dirname "$0")/.."
program=${CHANCERY:-target/release/chancery}
articles=${1:-10000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" build -q --store "$folder/kg" data/articles

python3 - "$program" "$folder" "$articles" <<'PYTHON'
import json, os, pathlib, subprocess, sys, time

program, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])


def spent(command, runs):
    """Best and median wall time in milliseconds."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return times[0], times[len(times) // 2]


for words in (["--version"], ["query", "--store", f"{folder}/kg", "bans"], ["query", "--store", f"{folder}/kg", "imf-programmes"]):
    best, median = spent([program, *words], 40)
    name = " ".join(w for w in words if not w.startswith((folder, "--store")))
    print(f"{name}: best {best:.1f} ms, median {median:.1f} ms")

one = f"{folder}/one.txt"
pathlib.Path(one).write_text("Ghana signed a treaty with Kenya in May 2025.\n")
best, median = spent([program, "extract", one], 40)
print(f"extract of one sentence: best {best:.1f} ms, median {median:.1f} ms")

# The sample articles again and again, each time under another id.
samples = []
for path in sorted(pathlib.Path("data/articles").glob("*.md")):
    _, front, text = path.read_text().split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line)
    fields = {key: value.strip('"') for key, value in fields.items()}
    samples.append({"title": fields["title"], "date": fields["date"], "language": fields["language"], "text": text.strip()})
stream, size = f"{folder}/articles.jsonl", 0
with open(stream, "w") as out:
    for number in range(count):
        article = samples[number % len(samples)]
        size += len((article["title"] + article["text"]).encode())
        # A number in the text keeps the texts apart.
        out.write(json.dumps({**article, "id": f"n-{number}", "text": f"{article['text']}\n\n{number}."}) + "\n")

for threads in ("1", "2"):
    begun = time.perf_counter()
    with open(stream) as articles, open(os.devnull, "w") as nowhere:
        child = subprocess.Popen([program, "extract", "--threads", threads, "-"], stdin=articles, stdout=nowhere)
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    assert status == 0, status
    print(
        f"extract of {count} articles, {size / 1e6:.1f} MB, {threads} thread(s): {wall:.1f} s, {size / 1e6 / wall:.2f} MB/s, "
        f"peak memory {usage.ru_maxrss / 1024:.0f} MB"
    )
PYTHON
