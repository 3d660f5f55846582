#!/usr/bin/env python3
"""Theorems that `rankscape classify --coq` writes are compiled by Coq; with one thing changed they are not proved; and where nothing
is proved none is written. One run of Coq: each file is a module, and its changes are modules in it. Usage: stated.py BUILD RANKSCAPE"""
import json, pathlib, re, subprocess, sys, tempfile

build, rankscape = sys.argv[1:]
rankscape_root = pathlib.Path(__file__).resolve().parents[2]
failures = 0
turn = [[0, 1], [-1, 0]]
sizes = {"orthogonal-tensor": {"d": 3}}  # that cannot be read off data and weights
points = {  # loss, point, data; or a point of a landscape: what the theorem says
    "strict saddle": ("(x^3 - y^2)*(x - 1)", "x = 0, y = 0", "", "critical_point (L F) (x F) /\\ ~ local_min (L F) (x F)"),
    "spurious": ("x^4/4 - x^3/3 - x^2 + y^2/2", "x = -1, y = 0", "", "~ global_min (L F) (x F)"),
    "global": ("norm2(V*W - Y)", "V = [1; 1], W = [1, 0]", "Y = [1, 0; 1, 0]", "critical_point (L F) (x F) /\\ global_min (L F) (x F)"),
    "minimizer": ("x^4/4 - x^3/3 - x^2 + y^2/2", "x = 2, y = 0", "", "critical_point (L F) (x F) /\\ strict_local_min (L F) (x F)"),
    "sums of squares of factors": ("norm2(V*W - Y) + norm2(V) + norm2(W)", "V = [1; 0], W = [1, 0]", "Y = [2, 0; 0, 1/2]", "/\\ global_min (L F) (x F)"),
    "one over a datum": ("(x^2 - y^2)/N", "x = 0, y = 0", "N = 4", "is_one_over F c r"),
    "modulo rotations": ("(norm2(V) - 1)^2*(5 - norm2(V))", "V = [1; 0]", "",
                         "[/\\ critical_point (L F) (x F), local_min (L F) (x F) & ~ global_min (L F) (x F)]"),
    "minimizer on a sphere": ("orthogonal-tensor", {"A": [[0, 1], [1, 0]], "w": [1, "3/2"]}, [[0], [1]],
                              "strict_min_on (f F) (g F) (x F) & ~ global_min_on (f F) (g F) (x F)]"),
    "lesser minimizer on a sphere": ("orthogonal-tensor", {"A": [[0, 1], [1, 0]], "w": [1, "3/2"]}, [[1], [0]],
                                     "/\\ strict_min_on (f F) (g F) (x F)"),
    "saddle on a sphere": ("rayleigh", {"A": [[-6, 0, 0], [0, -2, 0], [0, 0, 1]]}, [[0], [1], [0]],
                           "exists w, (w *m J^T = 0)%R /\\ (form A w < 0)%R]"),
    "global on a sphere": ("rayleigh", {"A": [[1, 0], [0, 4]]}, [[1], [0]], "/\\ global_min_on (f F) (g F) (x F)"),
    "orbit on a sphere": ("rayleigh", {"A": [[2, 0, 0], [0, 4, 0], [0, 0, 4]]}, [[0], [1], [0]], "/\\ local_max_on (f F) (g F) (x F)"),
    "orbit of rotations": ("procrustes", {"A": [[0, 1, 0], [1, 1, 2]], "B": [["17/10", 0, "2/5"], ["-1/2", "5/2", -1]]}, [[0, -1], [1, 0]],
                           "local_min_on (f F) (g F) (x F) & ~ global_min_on (f F) (g F) (x F)]"),
    "two columns": ("brockett", {"A": [[0, 0, 0], [0, -2, 0], [0, 0, 0]], "B": [[2, 0], [0, 1]]}, [[0, 1], [-1, 0], [0, 0]],
                    "/\\ global_min_on (f F) (g F) (x F)"),
    "rotation": ("procrustes-rotations", {"A": [[1, 0, 2], [0, 1, -1]], "B": [[-1, "-11/2", "1/2"], ["-10/3", "-4/3", "-4/3"]]}, turn,
                 "(forall y, g F y = 0%R -> (0 < \\det (frame_at 2 2 y))%R -> (f F (x F) <= f F y)%R)"),
}
changes = [  # the theorem, what is changed, into what, and whose proof then fails
    ("minimizer", "strict_local_min (L F)", "strict_local_max (L F)", "verdict_there"),
    ("sums of squares of factors", "Psd 2 [:: 4; 1; 3]", "Psd 2 [:: 4; 1; 4]", "checked"),
    ("one over a datum", "RationalMatrix 4 [:: [:: 1]]", "RationalMatrix 3 [:: [:: 1]]", "checked"),
    ("modulo rotations", "ratF F (0, 1)", "ratF F (1, 1)", "value_there"),
    ("modulo rotations", "inertia A 0 1 1", "inertia A 1 0 1", "hessian_there"),
    ("modulo rotations", "(0, 1, (-1))", "(0, 1, 1)", "checked_modulo"),
    ("modulo rotations", ", local_min (L F)", ", strict_local_min (L F)", "verdict_there"),
    ("minimizer on a sphere", "value := ((-1), 1)", "value := (1, 1)", "checked"),
    ("minimizer on a sphere", "ratF F ((-1), 1)", "ratF F (1, 1)", "value_there"),
    ("minimizer on a sphere", "RationalMatrix 2 [:: [:: (-3)]]", "RationalMatrix 2 [:: [:: 3]]", "checked"),
    ("minimizer on a sphere", "InertiaEvidence 1 0 2", "InertiaEvidence 2 0 1", "checked"),
    ("minimizer on a sphere", "inertia_on A J 0 0 1", "inertia_on A J 1 0 0", "hessian_there"),
    ("minimizer on a sphere", "@constraints F c 20 1", "@constraints F c 17 1", "value_there"),
    ("minimizer on a sphere", "reads_as c 17 20", "reads_as c 16 20", "read"),
    ("minimizer on a sphere", "  strict_min_on", "  strict_max_on", "verdict_there"),
    ("minimizer on a sphere", "~ global_min_on", "global_min_on", "verdict_there"),
    ("saddle on a sphere", "(form A w < 0)", "(0 < form A w)", "verdict_there"),
    ("global on a sphere", "Psd 1 [:: ", "Psd 1 [:: 1 + ", "checked"),
    ("orbit on a sphere", "local_max_on", "local_min_on", "verdict_there"),
    ("orbit of rotations", "local_min_on", "strict_min_on", "verdict_there"),
    ("two columns", "multipliers_of := RationalMatrix 1 [:: [:: 3; 0]", "multipliers_of := RationalMatrix 1 [:: [:: 4; 0]", "checked_frames"),
    ("rotation", "(0 < \\det (frame_at 2 2 y))%R -> ", "", "verdict_there"),
    ("rotation", "Orientation (RationalMatrix 1 [:: [:: 1", "Orientation (RationalMatrix 1 [:: [:: (-1)", "checked_frames"),
]
refused = [  # loss, point, data
    ("x^2/(1 + x^2)", "x = 0", "", "reciprocal"),
    ("burer-monteiro", json.loads((rankscape_root / "docs/examples/synchronization.json").read_text())["data"],
     [[1, 0], [0, 1], [1, 0], [0, 1]], "not critical under constraints"),
]


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def expect(what, holds, shown):
    global failures
    if not holds:
        failures += 1
        print(f"{what}: {shown}")


def classify(folder, question, *more):
    loss, at, data, _ = question
    if isinstance(at, str):
        return run(rankscape, "classify", "--loss", loss, "--at", at, *(["--data", data] if data else []), *more)
    point = folder / "point.json"
    point.write_text(json.dumps({"format": "rankscape-point/1", "model": loss, "sizes": sizes.get(loss, {}), "data": at, "weights": [data]}))
    return run(rankscape, "classify", str(point), *more)


def changed(text, old, new, name):
    """Up to the proof of that theorem, which must not succeed; all before it must."""
    expect(old, old in text, "nothing to change")
    rest = text.replace(old, new, 1)
    proof = re.compile(rf"((?:Lemma|Theorem) {name} .*?Proof\. )(.*?)\. Qed\.", re.S).search(rest)
    tactic = proof.group(2).removeprefix("by ")
    return rest[: proof.start()] + proof.group(1) + (f"Fail by {tactic}" if tactic != proof.group(2) else f"Fail {tactic}") + ". Abort.\n"


axioms = "Print Assumptions verdict_there.\n"  # slow: once, of all
head = "Local Open Scope Z_scope.\n"  # after what is imported


def module(name, what, text):
    expect(what, text.count(axioms) == 1 and text.count(head) == 1, text)
    inner = [changed(text, *rest).split(head)[1] for of, *rest in changes if of == what]
    inner = "".join(f"Module C{k}.\n{change}End C{k}.\n" for k, change in enumerate(inner))
    return f"Module {name}.\n{text.replace(axioms, '')}{inner}End {name}."


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    file = folder / "theorem.v"
    texts = {}
    for what, question in points.items():
        written = classify(folder, question, "--coq", str(file))
        expect(what, written.returncode == 0 and file.exists(), written.stderr)
        texts[what] = file.read_text()
        expect(what, question[3] in texts[what], texts[what])
        file.unlink()
    deep = run(rankscape, "classify", str(rankscape_root / "docs/examples/fibonacci-strict.json"), "--coq", str(file))
    expect("a network of three layers", deep.returncode == 0, deep.stderr)
    network = "a network of three layers is the program of meaning.v"
    texts[network] = file.read_text() + "From rankscape Require Import meaning.\nGoal the_loss = deep_linear 3. Proof. reflexivity. Qed.\n"
    changes.append((network, "RationalMatrix 1 [:: [:: 1974; 0]", "RationalMatrix 1 [:: [:: 1975; 0]", "checked"))
    together = folder / "all.v"
    together.write_text("\n".join(module(f"M{k}", what, text) for k, (what, text) in enumerate(texts.items())) +
                        f"\nDefinition every := ({', '.join(f'M{k}.verdict_there' for k in range(len(texts)))}).\nPrint Assumptions every.\n")
    proved = run("coqc", "-w", "none", "-Q", build, "rankscape", str(together))
    expect("all theorems", proved.returncode == 0, proved.stdout[-2000:] + proved.stderr[-2000:])
    expect("all theorems", proved.stdout.endswith("Closed under the global context\n"), proved.stdout[-2000:])
    failing = len(re.findall(r"Proof\. Fail .*\. Abort\.", together.read_text()))  # each does, where Coq compiles the file
    expect("all changes", failing == len(changes), f"{failing} of {len(changes)} are there")
    file.unlink()
    for question in refused:
        answer = classify(folder, question, "--coq", str(file))
        expect(question[0], answer.returncode == 3 and "no theorem is written" in answer.stderr and question[3] in answer.stderr, answer)
        expect(question[0], not file.exists(), "a file is written")
print(f"{len(texts)} theorems, {len(changes)} changes, {failures} failures")
sys.exit(failures != 0)
