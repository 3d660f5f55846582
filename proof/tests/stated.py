#!/usr/bin/env python3
"""Theorems that `rankscape classify --coq` writes are compiled by Coq by themselves; false ones are not; and where nothing
is proved none is written. Usage: stated.py BUILD RANKSCAPE"""
import pathlib, subprocess, sys, tempfile

build, rankscape = sys.argv[1:]
rankscape_root = pathlib.Path(__file__).resolve().parents[2]
failures = 0
points = [  # loss, point, data, what the theorem says
    ("(x^3 - y^2)*(x - 1)", "x = 0, y = 0", "", "critical_point (L F) (x F) /\\ ~ local_min (L F) (x F)"),
    ("x^4/4 - x^3/3 - x^2 + y^2/2", "x = -1, y = 0", "", "~ global_min (L F) (x F)"),
    ("norm2(V*W - Y)", "V = [1; 1], W = [1, 0]", "Y = [1, 0; 1, 0]", "critical_point (L F) (x F) /\\ global_min (L F) (x F)"),
]


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def expect(what, holds, shown):
    global failures
    if not holds:
        failures += 1
        print(f"{what}: {shown}")


with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder) / "theorem.v"
    compile_it = ["coqc", "-Q", build, "rankscape", str(file)]
    for loss, at, data, says in points:
        written = run(rankscape, "classify", "--loss", loss, "--at", at, *(["--data", data] if data else []), "--coq", str(file))
        expect(loss, written.returncode == 0 and file.exists(), written.stderr)
        expect(loss, says in file.read_text(), file.read_text())
        proved = run(*compile_it)
        expect(loss, proved.returncode == 0 and proved.stdout == "Closed under the global context\n", proved.stdout + proved.stderr)
    deep = run(rankscape, "classify", str(rankscape_root / "docs/examples/fibonacci-strict.json"), "--coq", str(file))
    expect("a network of three layers", deep.returncode == 0, deep.stderr)
    with file.open("a") as more:
        more.write("From rankscape Require Import meaning.\nGoal the_loss = deep_linear 3. Proof. reflexivity. Qed.\n")
    proved = run(*compile_it)
    expect("a network of three layers is the program of meaning.v", proved.returncode == 0, proved.stderr)
    text = file.read_text()
    changed = text.replace("RationalMatrix 1 [:: [:: 1974; 0]", "RationalMatrix 1 [:: [:: 1975; 0]", 1)
    expect("a change", changed != text, "nothing to change")
    file.write_text(changed)
    expect("a changed theorem", "checked" in text and run(*compile_it).returncode != 0, "Coq accepts it")
    file.unlink()
    inverse = run(rankscape, "classify", "--loss", "x^2/(1 + x^2)", "--at", "x = 0", "--coq", str(file))
    expect("a fraction", inverse.returncode == 3 and "no theorem is written" in inverse.stderr and not file.exists(), inverse)
print(f"{len(points)} theorems, {failures} failures")
sys.exit(failures != 0)
