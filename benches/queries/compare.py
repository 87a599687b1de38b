"""Times the queries of `cargo bench --bench queries` in pyoxigraph and rdflib, and writes a table in Markdown.

Usage: compare.py TIMES GRAPH.nq [RDFLIB_SECONDS]
TIMES is the output of the bench, GRAPH.nq the graph it read. rdflib gets so many seconds for each query (0: it is left out).
Exits with 1 where an engine has another number of rows, or where ours takes more than 1.1 times as long as pyoxigraph.
"""

import json
import multiprocessing
import sys
import time

import pyoxigraph

RUNS, MOST_RUNS, SECONDS = 3, 30, 3.0
BAR = 1.1
# Below this many milliseconds the clock and a neighbour's process decide.
NOISE = 1.0


def timed(run):
    """Rows, and the best and the median time in milliseconds, of runs until the time is spent."""
    times, begun = [], time.perf_counter()
    while len(times) < RUNS or (len(times) < MOST_RUNS and time.perf_counter() - begun < SECONDS):
        start = time.perf_counter()
        rows = run()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return rows, times[0], times[len(times) // 2]


def count(rows):
    return sum(1 for _ in rows)


def in_rdflib(path, queries, limit):
    """Rows and milliseconds of one run of each query, else why there are none."""
    import rdflib

    graph = rdflib.Dataset(default_union=True)
    begun = time.perf_counter()
    graph.parse(path, format="nquads")
    print(f"rdflib loaded the graph in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    fork, found = multiprocessing.get_context("fork"), {}

    def run(query, pipe):
        start = time.perf_counter()
        try:
            rows = count(graph.query(query["sparql"]))
        except Exception:  # A part of SPARQL that it does not do, or does otherwise.
            pipe.send("fails")
        else:
            pipe.send((rows, (time.perf_counter() - start) * 1000))

    for query in queries:
        ours, theirs = fork.Pipe(False)
        # A process of its own: rdflib cannot be interrupted.
        child = fork.Process(target=run, args=(query, theirs))
        child.start()
        theirs.close()
        found[query["name"]] = ours.recv() if ours.poll(limit) else f"over {limit:.0f} s"
        child.kill()
        child.join()
    return found


def main():
    with open(sys.argv[1]) as lines:
        queries = [json.loads(line) for line in lines]
    store = pyoxigraph.Store()
    begun = time.perf_counter()
    store.bulk_load(path=sys.argv[2], format=pyoxigraph.RdfFormat.N_QUADS)
    print(f"pyoxigraph loaded {len(store)} quads in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    found = {}
    for query in queries:
        found[query["name"]] = timed(lambda: count(store.query(query["sparql"], use_default_graph_as_union=True)))
    del store
    # Only now: what it keeps in memory slows everything else in Python down.
    limit = float(sys.argv[3]) if len(sys.argv) > 3 else 0
    rdflib = in_rdflib(sys.argv[2], queries, limit) if limit else {}
    wrong = 0
    print("| query | rows | chancery, ms | pyoxigraph, ms | ratio | rdflib, ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for query in queries:
        rows, best, _ = found[query["name"]]
        ratio = query["best"] / best
        slow = ratio > BAR and query["best"] - best > NOISE
        other = rdflib.get(query["name"], "")
        note = "" if rows == query["rows"] and not slow else " (!)"
        wrong += bool(note)
        shown = other if isinstance(other, str) else f"{other[1]:.0f}" + ("" if other[0] == rows else f" ({other[0]} rows)")
        print(f"| {query['name']} | {rows} | {query['best']:.2f} | {best:.2f} | {ratio:.2f}{note} | {shown} |")
    sys.exit(1 if wrong else 0)


main()
