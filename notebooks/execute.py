#!/usr/bin/env python3
"""Execute a notebook, look at what came out, and write it as a page.

usage: execute.py NOTEBOOK OUT.html

Exits with 1 if a cell fails, a code cell shows nothing, a table has no rows, or a drawing is missing.
"""
import os, re, sys
from pathlib import Path

import nbclient, nbformat
from nbconvert import HTMLExporter


def outputs(cell):
    """What a cell shows, by media type."""
    shown = {}
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            shown["text/plain"] = output.text
        elif output.output_type in ("display_data", "execute_result"):
            shown.update(output.data)
    return shown


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, page = Path(sys.argv[1]), Path(sys.argv[2])
    notebook = nbformat.read(source, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(source.parent)}}).execute()
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    wrong = []
    for cell in cells:
        shown = outputs(cell)
        if not shown:
            wrong.append(f"{cell.id}: shows nothing")
        if "text/html" in shown and "<table" in (html := "".join(shown["text/html"])) and not re.search(r"<tbody>\s*<tr>", html):
            wrong.append(f"{cell.id}: an empty table")
    kinds = [kind for cell in cells for kind in outputs(cell)]
    for kind, least in (("image/png", 2), ("text/html", 4)):
        if kinds.count(kind) < least:
            wrong.append(f"{kinds.count(kind)} outputs of {kind}, not {least}")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    if wrong:
        sys.exit(f"{source}: " + "; ".join(wrong))
    print(f"{source}: {len(cells)} cells executed, {os.path.getsize(page)} bytes in {page}")


if __name__ == "__main__":
    main()
