#!/usr/bin/env python3
"""Run every block of docs/notebooks.md as it stands: those of sh in bash, those of python in one interpreter.

usage: page.py    (uses the program of $CHANCERY, else target/release/chancery; a store of its own)
"""
import os, re, subprocess, sys, tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/notebooks.md"


def main():
    program = Path(os.environ.get("CHANCERY") or ROOT / "target/release/chancery")
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    if len(blocks) < 6:
        sys.exit(f"{PAGE}: {len(blocks)} blocks that run, not 6 or more")
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        env = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "CHANCERY_STORE": str(Path(scratch) / "kg")}
        subprocess.run([program, "build", "-q", ROOT / "data/articles"], env=env, check=True)
        os.makedirs("target/try")
        names = {}
        for kind, text in blocks:
            if kind == "sh":
                subprocess.run(["bash", "-euo", "pipefail", "-c", text], env=env, check=True)
            else:
                exec(compile(text, str(PAGE), "exec"), names)
        os.chdir(ROOT)
    print(f"{PAGE.relative_to(ROOT)}: {len(blocks)} blocks ran")


if __name__ == "__main__":
    main()
