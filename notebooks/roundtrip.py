#!/usr/bin/env python3
"""Read chancery's exports with the programs that people read them with, and count on both sides.

usage: roundtrip.py [--store DIR] [--chancery PROGRAM]

Without --store, the sample articles are built first. Exits with 1, and says where, if a count differs.
"""
import argparse, io, os, subprocess, sys, tempfile
from pathlib import Path

import networkx as nx
import pandas as pd
import rdflib

ROOT = Path(__file__).resolve().parent.parent
RDF = {"trig": "trig", "turtle": "turtle", "jsonld": "json-ld", "rdfxml": "xml"}
failures = []


def same(what, found, expected):
    ok = found == expected
    print(f"{'ok  ' if ok else 'FAIL'}  {what}: {found}" + ("" if ok else f", expected {expected}"))
    if not ok:
        failures.append(what)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--store"), ap.add_argument("--chancery")
    args = ap.parse_args()
    program = args.chancery or os.environ.get("CHANCERY") or str(ROOT / "target/release/chancery")
    with tempfile.TemporaryDirectory() as scratch:
        store = args.store or str(Path(scratch) / "kg")

        def chancery(*words):
            done = subprocess.run([program, *words, "--store", store], capture_output=True, text=True, encoding="utf-8")
            if done.returncode:
                sys.exit(f"chancery {' '.join(words)}: {done.stderr}")
            return done.stdout

        if not args.store:
            chancery("build", "-q", str(ROOT / "data/articles"))
        rdf(chancery)
        tables(chancery, Path(scratch) / "tables")
        graphs(chancery)
    sys.exit(f"{len(failures)} counts differ: {', '.join(failures)}" if failures else 0)


def rdf(chancery):
    """Every RDF format has the statements of the N-Quads: datasets all of them, triple formats their union."""
    lines = chancery("export", "nquads").splitlines()
    same("nquads: lines are sorted and differ", lines == sorted(set(lines)), True)
    whole = rdflib.Dataset()
    whole.parse(data="\n".join(lines), format="nquads")
    quads = {(s, p, o, g) for s, p, o, g in whole.quads()}
    union = {quad[:3] for quad in quads}
    same("nquads in rdflib: statements", len(quads), len(lines))
    documents = {g for *_, g in quads if g is not None}
    same("nquads: some documents are there", len(documents) > 0, True)
    for name, syntax in RDF.items():
        text = chancery("export", name)
        if name in ("trig", "jsonld"):
            graph = rdflib.Dataset()
            graph.parse(data=text, format=syntax)
            found = {(s, p, o, g) for s, p, o, g in graph.quads()}
            same(f"{name} in rdflib: statements", len(found), len(quads))
            same(f"{name} in rdflib: the same ones", found == quads, True)
        else:
            graph = rdflib.Graph()
            graph.parse(data=text, format=syntax)
            same(f"{name} in rdflib: statements", len(graph), len(union))
            same(f"{name} in rdflib: the same ones", set(graph) == union, True)
    ontology = rdflib.Graph().parse(data=chancery("export", "ontology"), format="turtle")
    classes = {o for _, p, o in union if p == rdflib.RDF.type and "chancery/ns" in str(o)}
    same("ontology: has every class of the graph", sorted(c for c in classes if (c, None, None) not in ontology), [])


def tables(chancery, folder):
    """pandas reads the tables with the types that are promised, and they fit each other and the graph."""
    chancery("export", "csv", "-o", str(folder))
    nodes, edges, facts = (pd.read_csv(folder / f"{name}.csv") for name in ("nodes", "edges", "facts"))
    turtle = rdflib.Graph().parse(data=chancery("export", "turtle"), format="turtle")
    frames = "SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f ch:modality ?m ; ch:sources ?s }"
    prefix = {"ch": next(str(ns) for name, ns in turtle.namespaces() if name == "ch")}
    same("facts.csv: as many as in the graph", len(facts), int(next(iter(turtle.query(frames, initNs=prefix))).n))
    same("nodes.csv: ids differ", nodes.id.is_unique, True)
    same("edges.csv: ends are nodes", bool(edges.source.isin(nodes.id).all() and edges.target.isin(nodes.id).all()), True)
    same("edges.csv: facts are there", bool(edges.fact.isin(facts.fact).all()), True)
    for table, name in ((edges, "edges"), (facts, "facts")):
        same(f"{name}.csv: confidence is a number", pd.api.types.is_float_dtype(table.confidence), True)
        same(f"{name}.csv: sources is whole", pd.api.types.is_integer_dtype(table.sources), True)
        for column in ("earliest", "latest"):
            days = pd.to_datetime(table[column], format="%Y-%m-%d", errors="coerce")
            same(f"{name}.csv: {column} is a day or empty", int(days.isna().sum()), int(table.date.isna().sum()))
    same("edges.csv: mutual is true or false", pd.api.types.is_bool_dtype(edges.mutual), True)
    for column in [c for c in facts if f"{c}_unit" in facts]:
        numbers = pd.to_numeric(facts[column], errors="coerce").notna()
        same(f"facts.csv: {column} has a number with each unit", bool((numbers == facts[f"{column}_unit"].notna()).all()), True)
    for table, length in (("nodes", len(nodes)), ("edges", len(edges)), ("facts", len(facts))):
        alone = pd.read_csv(io.StringIO(chancery("export", "csv", "--table", table)))
        same(f"--table {table}: rows", len(alone), length)


def graphs(chancery):
    """networkx reads the GraphML with the nodes and edges of the tables, types included."""
    read = lambda table: pd.read_csv(io.StringIO(chancery("export", "csv", "--table", table)))
    nodes, edges = read("nodes"), read("edges")
    graph = nx.parse_graphml(chancery("export", "graphml"), force_multigraph=True)
    same("graphml in networkx: nodes", graph.number_of_nodes(), len(nodes))
    same("graphml in networkx: edges", graph.number_of_edges(), len(edges))
    labels = sorted(d["label"] for _, d in graph.nodes(data=True))
    same("graphml: labels are those of the table", labels == sorted(nodes.label.astype(str)), True)
    types = {"confidence": float, "sources": int, "mutual": bool, "year": int, "frame": str}
    wrong = {k for *_, d in graph.edges(data=True) for k, t in types.items() if k in d and type(d[k]) is not t}
    same("graphml: types", sorted(wrong), [])
    ends = sorted(zip(edges.source, edges.target))
    same("graphml: the same ends", sorted((a, b) for a, b in graph.edges()) == ends, True)
    directed = nx.parse_graphml(chancery("export", "graphml", "--frame", "office"), force_multigraph=True)
    same("graphml --frame office: edges", directed.number_of_edges(), int((edges.frame == "office").sum()))


if __name__ == "__main__":
    main()
