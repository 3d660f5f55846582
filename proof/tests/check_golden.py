#!/usr/bin/env python3
"""Golden certificates are proved; corrupted ones are not. Usage: check_golden.py RANKSCAPE_CHECK"""
import copy, json, pathlib, subprocess, sys, tempfile

checker = sys.argv[1]
golden = {p.stem: json.loads(p.read_text()) for p in sorted((pathlib.Path(__file__).parent / "golden").glob("*.json"))}
assert len(golden) == 34, "golden certificates are missing"

# name, path, new value (None: remove), exit code: 4 rejected, 2 unreadable, 3 not covered
corruptions = [
    ("strict", "claims/value", 5, 4),
    ("strict", "claims/value", "4/0", 4),
    ("strict", "claims/value", "-4/-1", 4),
    ("strict", "claims/critical", False, 4),
    ("strict", "claims/verdict", "local_maximizer", 4),
    ("strict", "claims/verdict", "second_order", 4),
    ("strict", "claims/inertia/neg", 2, 4),
    ("strict", "claims/inertia/frame", [[1, -1], [1, 1]], 4),
    ("strict", "claims/inertia/frame", [[0, 0], [0, 0]], 4),
    ("strict", "claims/inertia/frame", [], 4),
    ("strict", "claims/lambda_min/lo", -3, 4),
    ("strict", "claims/lambda_min/hi", "-9/2", 4),
    ("strict", "claims/lambda_max/hi", 3, 4),
    ("strict", "claims/lambda_max/lo", 5, 4),
    ("strict", "weights/0/value/denominator", 0, 4),
    ("strict", "weights/0/value/denominator", -1, 4),
    ("strict", "data/1/value/denominator", -1, 4),
    ("strict", "data/1/value/denominator", 0, 4),
    ("strict", "weights/0/value/entries", [[0, 0]], 4),
    ("strict", "weights/0/value/entries", [[1]], 4),
    ("strict", "program/7", ["dot", 6, 8], 4),
    ("strict", "program/4", ["multiply", 3, -2], 4),
    ("strict", "format", "rankscape-certificate/1", 2),
    ("tied", "claims/inertia/null_columns", [7], 4),
    ("tied", "claims/inertia/null", [[0, 0]], 4),
    ("flat", "claims/descent/order", 3, 4),
    ("flat", "claims/descent/curve/entries", [[0]], 4),
    ("flat", "claims/descent", None, 4),
    ("bent", "claims/better/entries", [[0, 0]], 4),
    ("spurious", "claims/better", None, 4),
    ("second_order", "claims/verdict", "local_minimizer", 4),
    ("maximizer", "claims/verdict", "strict_saddle", 4),
    ("not_critical", "claims/critical", True, 4),
    ("not_critical", "claims/verdict", "undecided", 4),
    ("undecided", "claims/verdict", "second_order", 4),
    ("zero_loss", "claims/value", 1, 4),
    ("strict", "claims/global", {"bounds": []}, 4),
    ("zero_loss", "claims/global", None, 4),
    ("convex_nuclear", "claims/value", "1/37", 4),
    ("convex_nuclear", "claims/global/bounds/0/terms/0/psd/diagonal/0", "1/163", 3),
    ("convex_nuclear", "claims/global/bounds/0/terms/0/psd/diagonal/0", "-1/162", 3),
    ("convex_nuclear", "claims/global/bounds/0/terms/0/psd/factor/entries/0/0", 8, 3),
    ("convex_nuclear", "claims/global/bounds/0/terms/0/nuclear/1", 9, 3),
    ("convex_nuclear", "weights/0/value/entries/0/0", 1, 4),
    ("convex_free", "claims/global/bounds/0/terms", [], 3),
    ("convex_free", "claims/verdict", "second_order", 4),
    ("convex_gram", "claims/global/bounds/0/node", 0, 3),
    ("convex_gram", "claims/global/bounds/0/terms/0/gram", [4, 8], 3),
    ("convex_normed_gram", "claims/value", 17, 4),
    ("convex_normed_gram", "claims/global/bounds/0/terms/0/gram", 4, 3),
    ("convex_normed_gram", "claims/global/bounds/0/terms/0/gram/1", 9, 3),
    ("convex_normed_gram", "claims/global/bounds/0/terms/0/gram", [8, 4], 3),
    ("convex_normed_gram", "claims/global/bounds/0/terms/0/gram", [4, 8, 8], 4),
    ("convex_normed_gram", "claims/global/bounds/0/terms/0/psd/diagonal/1", 3, 3),
    ("convex_normed_gram", "claims/global/bounds/0/terms/0/psd/factor/entries/0/0", 4, 3),
    ("convex_normed_gram", "program/8", ["dot", 0, 0], 4),
    ("convex_normed_gram", "program/4", ["multiply", 3, 0], 4),
    ("convex_normed_gram", "data/1/value/entries/0/0", 8, 4),
    ("trace_rank", "claims/value", 3, 4),
    ("trace_rank", "claims/global/bounds/0/separator", 18, 3),
    ("trace_rank", "claims/global/bounds/0/separator", -19, 3),
    ("trace_rank", "claims/global/bounds/0/cover/entries/0/0", 44, 3),
    ("trace_rank", "claims/global/bounds/0/psd/1/diagonal/0", 16, 3),
    ("trace_rank", "claims/global/bounds/0/psd", [], 4),
    ("trace_rank", "claims/global/bounds/0/node", 9, 3),
    ("trace_rank", "data/0/value/entries/0/0", 9, 4),
    ("trace_least_squares", "claims/global/bounds/0/least_squares/entries/0/1", 1, 3),
    ("trace_gram", "claims/global/bounds/0/separator", 4, 3),
    ("trace_gram", "claims/global/bounds/0/by", "rank_trace", 3),
    ("undecided", "claims/local", {"fields": []}, 3),
    ("modulo_symmetry", "claims/local/fields/0/0/2", -2, 4),
    ("modulo_symmetry", "claims/local/fields/0/2/0", 5, 4),
    ("modulo_symmetry", "claims/local/fields/1", [[0, 0, -1], [1, 1, -1], [4, 4, 1]], 4),
    ("modulo_symmetry", "claims/local/fields", [], 4),
    ("modulo_symmetry", "claims/local/columns/1", 1, 4),
    ("modulo_symmetry", "claims/local/inverse/denominator", 5, 4),
    ("modulo_symmetry", "claims/local/inverse/denominator", -4, 4),
    ("modulo_symmetry", "claims/local/map", {}, 3),
    ("modulo_symmetry", "claims/verdict", "local_minimizer", 4),
    ("modulo_symmetry", "claims/inertia/zero", 1, 4),
    ("modulo_symmetry", "weights/1/value/entries/0/0", -3, 4),
    ("modulo_symmetry", "data/1/value/entries/0/0", 5, 4),
    ("modulo_symmetry", "data/1/value/entries/0/0", 0, 4),
    ("modulo_symmetry", "program/15/1", 4, 3),
    ("modulo_symmetry", "program/15/1", 0, 3),
    ("zero_loss", "claims/global", {"bounds": [{"node": 0, "by": "decay"}]}, 3),
    ("zero_loss", "claims/global", {"bounds": [{"node": 0}]}, 4),
    ("strict", "weights/0/value/entries", [[]], 3),
    ("strict", "format", "rankscape-certificate/3", 4),
    ("constrained_strict_saddle", "weights/0/value/entries/1/0", 2, 4),
    ("constrained_strict_saddle", "weights/1/value/entries/0/0", -1, 4),
    ("constrained_strict_saddle", "constants/0/entries/0/0", 2, 4),
    ("constrained_strict_saddle", "program/9", ["add", 3, 8], 4),
    ("constrained_strict_saddle", "claims/constraints", {}, 4),
    ("constrained_strict_saddle", "claims/constraints/columns", [0], 4),
    ("constrained_strict_saddle", "claims/constraints/inverse/denominator", 3, 4),
    ("constrained_strict_saddle", "claims/constraints/inverse/denominator", -2, 4),
    ("constrained_strict_saddle", "claims/value", -1, 4),
    ("constrained_strict_saddle", "claims/critical", False, 3),
    ("constrained_strict_saddle", "claims/inertia/frame/0", [0, 10, 0, 0], 4),
    ("constrained_strict_saddle", "claims/verdict", "local_maximizer", 4),
    ("constrained_local_maximizer", "claims/verdict", "strict_saddle", 4),
    ("constrained_local_maximizer", "claims/local", {"fields": []}, 4),
    ("constrained_local_maximizer", "claims/local", {"map": {}}, 3),
    ("constrained_local_maximizer", "claims/lambda_min", {"lo": 5, "hi": 6}, 3),
    ("constrained_orbit_maximizer", "claims/benign", {}, 4),
    ("strict", "claims/benign", {}, 3),
    ("benign_few_vectors", "claims/benign/vectors/0/1", 4, 4),
    ("benign_few_vectors", "claims/benign/vectors", [[0, 3], [1, 5], [2, 4]], 4),
    ("benign_few_vectors", "claims/benign/vectors", [[0, 3], [1, 4]], 4),
    ("benign_few_vectors", "claims/benign/vectors", [[0, 1, 2], [3, 4, 5]], 4),
    ("benign_few_vectors", "claims/benign/vectors", [[0], [1], [2], [3], [4], [5]], 4),
    ("benign_few_vectors", "claims/benign/vectors", [[0, 3], [1, 4], [2, 6]], 4),
    ("benign_few_vectors", "claims/benign/vectors", [], 4),
    ("benign_few_vectors", "claims/benign/combine/entries/0/1", 0, 4),
    ("benign_few_vectors", "claims/benign/combine/denominator", 1, 4),
    ("benign_few_vectors", "claims/benign/combine/denominator", -2, 4),
    ("benign_few_vectors", "claims/benign/combine/entries/2", [0, 0, 2, 0], 4),
    ("benign_few_vectors", "claims/benign/signs", [1, 1, 1], 4),
    ("benign_condition", "claims/benign/signs", None, 4),
    ("benign_condition", "claims/benign/signs/1", 1, 4),
    ("benign_condition", "claims/benign/signs", [-1, 1, 1, -1, 1], 4),
    ("benign_condition", "claims/benign/signs", [2, -2, -2, 2], 4),
    ("benign_condition", "claims/benign/signs/0", 0, 4),
    ("benign_condition", "claims/benign/weights/0", "4/12", 4),
    ("benign_condition", "claims/benign/weights", ["8/13", "8/13", "5/13", "5/13"], 4),
    ("benign_condition", "claims/benign/weights/0", "4/0", 4),
    ("benign_condition", "claims/benign/weights", ["4/13", "4/13", "5/13"], 4),
    ("benign_condition", "claims/benign/least", 12, 4),
    ("benign_condition", "claims/benign/least", 8, 4),
    ("benign_condition", "claims/benign/least", "11/0", 4),
    ("benign_condition", "claims/benign/greatest", 22, 4),
    ("benign_condition", "claims/benign/greatest", 16, 4),
    ("benign_condition", "claims/benign/greatest", "17/0", 4),
    ("benign_condition", "claims/benign/psd/0/diagonal/0", "-1/61854", 4),
    ("benign_condition", "claims/benign/psd/1/factor/entries/0/0", 42, 4),
    ("benign_condition", "claims/benign/psd", [], 4),
    ("benign_condition", "program/4", ["dot", 3, 3], 4),
    ("benign_condition", "data/0/value/entries/2/3", -2, 4),
    ("benign_condition", "claims/verdict", "global_minimizer", 4),
    ("benign_condition", "claims/critical", False, 3),
    ("strict", "claims/slope", [], 3),
    ("strict", "claims/constraints", {}, 3),
    ("constrained_orbit_maximizer", "claims/local/fields/0/0/2", 1, 4),
    ("constrained_orbit_maximizer", "claims/local/fields/0/1", [1, 3, 1], 4),
    ("constrained_orbit_maximizer", "claims/local/fields/0", [[0, 1, -1], [1, 0, 1], [3, 3, 1]], 4),
    ("constrained_orbit_maximizer", "claims/local/fields/0", [[0, 1, -1], [1, 0, 1], [3, 5, 1]], 4),
    ("constrained_orbit_maximizer", "claims/local/fields", [], 4),
    ("constrained_orbit_maximizer", "claims/local/columns", [0], 4),
    ("constrained_orbit_maximizer", "claims/local/inverse/denominator", 2, 4),
    ("constrained_orbit_maximizer", "claims/local/inverse/denominator", -1, 4),
    ("constrained_orbit_maximizer", "claims/local", None, 4),
    ("constrained_orbit_maximizer", "claims/inertia/zero", 0, 4),
    ("constrained_orbit_maximizer", "claims/verdict", "local_minimizer", 4),
    ("constrained_orbit_maximizer", "claims/verdict", "second_order", 4),
    ("constrained_orbit_maximizer", "claims/verdict", "strict_saddle", 4),
    ("constrained_orbit_maximizer", "data/0/value/entries/1/1", 2, 4),
    ("constrained_orbit_maximizer", "program/5", ["input", 2], 4),
    ("constrained_orbit_maximizer", "program/2", ["scalar_multiply", 7, 1], 4),
    ("constrained_orbit_minimizer", "claims/local/fields/0/8/2", 2, 4),
    ("constrained_orbit_minimizer", "claims/local/fields/0/12", [4, 7, 2], 4),
    ("constrained_orbit_minimizer", "claims/better", None, 4),
    ("constrained_orbit_minimizer", "claims/better/entries/0", [0, 1, -1, 0, 0, 0, 0], 4),
    ("constrained_orbit_minimizer", "claims/verdict", "local_maximizer", 4),
    ("constrained_orbit_minimizer", "claims/verdict", "second_order", 4),
    ("constrained_orbit_minimizer", "weights/1/value/entries/0/0", -2, 4),
    ("constrained_local_minimizer", "claims/better/entries/0", [1, 1, 0], 4),
    ("constrained_local_minimizer", "claims/better/entries/0", [0, 1, 0], 4),
    ("constrained_local_minimizer", "claims/better", None, 4),
    ("constrained_second_order", "claims/verdict", "local_minimizer", 4),
    ("constrained_global_minimizer", "claims/verdict", "second_order", 4),
    ("constrained_global_minimizer", "data/0/value/entries/1/1", 3, 4),
    ("constrained_global_minimizer", "claims/global/quadratic", {"diagonal": [1], "factor": {"denominator": 1, "entries": [[1, 0]]}}, 3),
    ("constrained_global_minimizer", "claims/global/quadratic/factor/cols", 3, 4),
    ("constrained_global_minimizer", "claims/global", {"orthonormal": {}}, 4),
    ("orthonormal", "claims/value", -3, 4),
    ("orthonormal", "claims/global/orthonormal/multipliers/entries/0/0", 2, 3),
    ("orthonormal", "claims/global/orthonormal/multipliers/entries/0/1", 1, 4),
    ("orthonormal", "claims/global/orthonormal/combine/entries/1/1", 2, 3),
    ("orthonormal", "claims/global/orthonormal/combine/entries", [[1, 0, 0]], 3),
    ("orthonormal", "claims/global/orthonormal/psd/0/diagonal/0", -2, 3),
    ("orthonormal", "claims/global/orthonormal/psd/1/diagonal/0", 2, 3),
    ("orthonormal", "claims/global/orthonormal/reflection", {"scale": 0, "vector": [[0, 1]]}, 3),
    ("orthonormal", "claims/verdict", "second_order", 4),
    ("orthonormal", "data/0/value/entries/2/2", -1, 4),
    ("reflection", "claims/global/orthonormal/reflection/scale", -12, 3),
    ("reflection", "claims/global/orthonormal/reflection/scale", 11, 3),
    ("reflection", "claims/global/orthonormal/reflection/vector", [[0, 0]], 3),
    ("reflection", "claims/global/orthonormal/reflection/vector", [[1, 1]], 3),
    ("reflection", "claims/global/orthonormal/reflection", None, 3),
    ("reflection", "claims/constraints/rotations", None, 3),
    ("reflection", "claims/constraints/rotations", False, 4),
    ("rotation", "claims/better/entries/0", [1, 0, 0, -1, 0, 0, 0], 4),
    ("rotation", "claims/verdict", "strict_saddle", 4),
    ("decay", "claims/value", 60, 4),
    ("decay", "claims/global/bounds/0/terms/0/separator", 10, 3),
    ("decay", "claims/global/bounds/0/terms/0/separator", -9, 3),
    ("decay", "claims/global/bounds/0/terms/0/cover/entries/1/1", 15, 3),
    ("decay", "claims/global/bounds/0/terms/0/cover/entries/0/1", 1, 3),
    ("decay", "claims/global/bounds/0/terms/0/decay", [6, 9, 13], 3),
    ("decay", "claims/global/bounds/0/terms/0/decay", [6, 13], 4),
    ("decay", "claims/global/bounds/0/terms/0/psd/0/diagonal/0", 6, 3),
    ("decay", "claims/global/bounds/0/terms/0/psd/1/diagonal/0", 68, 3),
    ("decay", "data/1/value/entries/0/0", 2, 4),
]


def change(certificate, path, value):
    result = copy.deepcopy(certificate)
    *parents, last = path.split("/")
    node = result
    for key in parents:
        node = node[int(key)] if isinstance(node, list) else node[key]
    if isinstance(node, list):
        node[int(last)] = value
    elif value is None:
        del node[last]
    else:
        node[last] = value
    assert result != certificate, path
    return result


def answer(certificate):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(certificate, file)
        file.flush()
        run = subprocess.run([checker, file.name], capture_output=True, text=True)
    return run.returncode, run.stdout


failures = 0
for name, certificate in golden.items():
    code, out = answer(certificate)
    if code != 0 or not out.startswith("PROVED"):
        failures += 1
        print(f"{name}: expected a proof, got {code}: {out}")
for name, path, value, expected in corruptions:
    code, out = answer(change(golden[name], path, value))
    if code != expected:
        failures += 1
        print(f"{name} with {path} = {value}: expected {expected}, got {code}: {out}")
print(f"{len(golden)} golden certificates, {len(corruptions)} corruptions, {failures} failures")
sys.exit(failures != 0)
