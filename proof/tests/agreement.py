#!/usr/bin/env python3
"""Two checkers, one answer: rankscape-check (proved) and rankscape-verify over the certificates of statements, and over
certificates with one value changed. Usage: agreement.py RANKSCAPE_CHECK RANKSCAPE RANKSCAPE_VERIFY [--changes N] STATEMENT.toml...

What is proved must verify; what verifies must be proved or not covered (never rejected, never unreadable)."""
import collections, json, pathlib, random, subprocess, sys, tempfile

check, rankscape, verify, *statements = sys.argv[1:]
changes = 300
if statements[0] == "--changes":
    changes, statements = int(statements[1]), statements[2:]
seed = 14


def answers(program, files):
    """The first word of the answer for each file, from either program."""
    result = {}
    for start in range(0, len(files), 2000):
        run = subprocess.run([program, *files[start:start + 2000]], capture_output=True, text=True)
        assert run.returncode in (0, 2, 3, 4), f"{program} ends with {run.returncode}: {run.stderr}"
        for line in run.stdout.splitlines():
            if program == check and line[0] != " ":
                answer, rest = line.split(" /", 1)
                result["/" + rest.split(": ")[0]] = answer
            elif program == verify and line[0] != " " and ": " in line:
                name, answer = line.split(": ", 1)
                result[name] = answer.split(":")[0].split()[0]
    missing = set(files) - set(result)
    assert not missing, f"{program} says nothing about {sorted(missing)[:3]}"
    return result


def leaves(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, path + (key,))
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from leaves(value, path + (i,))
    elif "features" not in path and "name" not in path:  # neither is part of what is proved
        yield path


def changed(value, rng):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return rng.choice([value + 1, value - 1, -value, 0, 2 * value, f"{value}/3"])
    verdicts = ["strict_saddle", "second_order", "local_minimizer", "local_maximizer", "non_strict_saddle", "global_minimizer", "undecided"]
    if value in verdicts:
        return rng.choice([v for v in verdicts if v != value])
    return rng.choice(["0", "-" + value, value + "1", "1/0", value + "/2"])


def change(certificate, rng):
    path = rng.choice(list(leaves({k: certificate[k] for k in ("claims", "weights", "data", "program", "constants")})))
    node = certificate
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = changed(node[path[-1]], rng)
    return certificate


failures, rng = [], random.Random(seed)


def compare(files, what):
    proved, verified = answers(check, files), answers(verify, files)
    table = collections.Counter((proved[f], verified[f]) for f in files)
    for f in files:
        ok = verified[f] == "VERIFIED" and proved[f] in ("PROVED", "NOT COVERED") or verified[f] != "VERIFIED" and proved[f] != "PROVED"
        if not ok:
            failures.append(f"{what}, {pathlib.Path(f).name}: {proved[f]} and {verified[f]}")
    print(what + ": " + "; ".join(f"{n} {a} and {b}" for (a, b), n in sorted(table.items())), flush=True)
    return table


with tempfile.TemporaryDirectory() as root:
    pool, total = [], collections.Counter()
    for statement in statements:
        folder = pathlib.Path(root) / pathlib.Path(statement).stem
        run = subprocess.run([rankscape, "check", statement, "--certificates", str(folder)], capture_output=True, text=True)
        assert run.returncode in (0, 1, 3), run.stderr  # 3: cases are left undecided
        files = [str(f) for f in sorted(folder.glob("case-*.json"))]
        total += compare(files, folder.name)
        pool += files
    folder = pathlib.Path(root) / "changed"
    folder.mkdir()
    files = []
    for i in range(changes):
        certificate = change(json.loads(pathlib.Path(rng.choice(pool)).read_text()), rng)
        files.append(str(folder / f"case-{i}.json"))
        pathlib.Path(files[-1]).write_text(json.dumps(certificate))
    table = compare(files, f"one value changed (seed {seed})")
    covered = total["PROVED", "VERIFIED"]
    print(f"{covered} of {sum(total.values())} certificates proved, {len(failures)} disagreements")
    assert covered > 0 and any(a == "REJECTED" for a, _ in table), "nothing was compared"
for line in failures[:20]:
    print(line)
sys.exit(bool(failures))
