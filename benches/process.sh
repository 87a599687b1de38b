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
import json, os, pathlib, shlex, subprocess, sys, time

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


best, median = spent([program, "--version"], 40)
print(f"--version: best {best:.1f} ms, median {median:.1f} ms")

# Each named question as its first example asks it, where the sample articles have an answer to that.
questions = [line.split("chancery query ", 1)[1] for path in sorted(pathlib.Path("queries").glob("*.rq"))
             for line in path.read_text().splitlines() if line.startswith("# example:")]
seen, slowest = set(), []
for words in map(shlex.split, questions):
    if words[0] not in seen:
        seen.add(words[0])
        command = [program, "query", "--quiet", "--store", f"{folder}/kg", *words]
        if subprocess.run(command, stdout=subprocess.DEVNULL).returncode != 0:
            continue
        best, median = spent(command, 20)
        slowest.append((median, best, words[0]))
slowest.sort(reverse=True)
print(f"query, {len(slowest)} questions with an answer: medians from {slowest[-1][0]:.1f} to {slowest[0][0]:.1f} ms; the slowest three:")
for median, best, name in slowest[:3]:
    print(f"  {name}: best {best:.1f} ms, median {median:.1f} ms")

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
