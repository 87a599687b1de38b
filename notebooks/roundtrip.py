#!/usr/bin/env python3
"""Read chancery's exports with the programs that people read them with, and count on both sides.

usage: roundtrip.py [--store DIR] [--chancery PROGRAM]

Without --store, the sample articles are built first. Exits with 1, and says where, if a count differs.
"""
import argparse, io, json, os, shutil, subprocess, sys, tempfile
from pathlib import Path

import duckdb
import networkx as nx
import pandas as pd
import polars as pl
import pyoxigraph
import rdflib

ROOT = Path(__file__).resolve().parent.parent
RDF = {"trig": "trig", "turtle": "turtle", "jsonld": "json-ld", "objects": "json-ld", "rdfxml": "xml"}
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
        typed(chancery, Path(scratch))
        graphs(chancery)
        networks(chancery)
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
    same("nquads in pyoxigraph: statements", len(set(pyoxigraph.parse("\n".join(lines), format=pyoxigraph.RdfFormat.N_QUADS))), len(lines))
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


def typed(chancery, scratch):
    """pandas, polars and DuckDB read the same tables of Parquet as of CSV and JSON Lines, with their types."""
    for form in ("parquet", "csv", "jsonl"):
        chancery("export", form, str(scratch / form))
    names = sorted(path.stem for path in (scratch / "parquet").iterdir())
    same("parquet: some tables", len(names) >= 9, True)
    for name in names:
        file = str(scratch / f"parquet/{name}.parquet")
        rows = len(pd.read_csv(scratch / f"csv/{name}.csv", dtype=str))
        lines = [json.loads(line) for line in (scratch / f"jsonl/{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        arrow = pd.read_parquet(file, dtype_backend="pyarrow")
        polars = pl.read_parquet(file)
        duck = duckdb.sql(f"SELECT count(*) FROM '{file}'").fetchall()[0][0]
        same(f"{name}: rows in JSON Lines, pandas, polars, DuckDB", [len(lines), len(arrow), len(polars), duck], [rows] * 4)
        same(f"{name}: the same values in polars and JSON Lines", polars.rows() == days_as_dates(lines, polars), True)
    facts = pl.read_parquet(scratch / "parquet/facts.parquet")
    kinds = {"earliest": pl.Date, "year": pl.Int64, "confidence": pl.Float64, "documents": pl.List(pl.String), "quantity": pl.Float64, "party": pl.String}
    same("facts.parquet: types in polars", {name: facts.schema[name] for name in kinds}, kinds)
    joined = duckdb.sql(f"SELECT count(*) FROM '{scratch}/parquet/roles.parquet' r JOIN '{scratch}/parquet/facts.parquet' f USING (fact)")
    same("roles.parquet: each has its fact, in DuckDB", joined.fetchall()[0][0], len(pl.read_parquet(scratch / "parquet/roles.parquet")))
    claims = pl.read_parquet(scratch / "parquet/claims.parquet")
    documents = pl.read_parquet(scratch / "parquet/documents.parquet")
    same("claims.parquet: each has its document", claims.join(documents, on="document", how="anti").height, 0)
    same("documents.parquet: counts of claims", int(documents["claims"].sum()), claims.height)


def days_as_dates(lines, frame):
    """The rows of JSON Lines as polars gives them: days as dates, other values as they are."""
    days = {name for name, kind in frame.schema.items() if kind == pl.Date}
    doubles = {name for name, kind in frame.schema.items() if kind == pl.Float64}
    def value(name, v):
        if v is None:
            return None
        return pd.Timestamp(v).date() if name in days else float(v) if name in doubles else v
    return [tuple(value(name, v) for name, v in line.items()) for line in lines]


def networks(chancery):
    """node-link JSON in networkx, property-graph CSV in pandas and DOT in Graphviz have the nodes and edges of GraphML."""
    graph = nx.parse_graphml(chancery("export", "graphml"), force_multigraph=True)
    link = nx.node_link_graph(json.loads(chancery("export", "node-link")), edges="edges")
    same("node-link in networkx: nodes, edges", [link.number_of_nodes(), link.number_of_edges()], [graph.number_of_nodes(), graph.number_of_edges()])
    same("node-link: the same attributes of nodes", dict(link.nodes(data=True)) == dict(graph.nodes(data=True)), True)
    known = lambda g: sorted((a, b, json.dumps({k: v for k, v in d.items() if k != "id"}, sort_keys=True)) for a, b, d in g.edges(data=True))
    same("node-link: the same attributes of edges", known(link) == known(graph), True)
    read = lambda table: pd.read_csv(io.StringIO(chancery("export", "property-graph", "--table", table)), dtype=str)
    nodes, edges = read("nodes"), read("relationships")
    same("property-graph: nodes, relationships", [len(nodes), len(edges)], [graph.number_of_nodes(), graph.number_of_edges()])
    same("property-graph: ends are nodes", bool(edges[":START_ID"].isin(nodes["id:ID"]).all() and edges[":END_ID"].isin(nodes["id:ID"]).all()), True)
    same("property-graph: labels and types everywhere", bool(nodes[":LABEL"].notna().all() and edges[":TYPE"].notna().all()), True)
    if shutil.which("dot"):
        drawn = json.loads(subprocess.run(["dot", "-Tdot_json"], input=chancery("export", "dot"), capture_output=True, text=True, encoding="utf-8", check=True).stdout)
        joined = [o for o in drawn["objects"] if "nodes" not in o and "subgraphs" not in o]
        ends = {n for edge in drawn["edges"] for n in (edge["tail"], edge["head"])}
        same("dot in Graphviz: arrows end at nodes", ends <= {o["_gvid"] for o in joined}, True)


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
