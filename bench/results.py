#!/usr/bin/env python3
"""All peers in one run: `bench/results.py BUILD [--limit SECONDS] [--pari-limit SECONDS]` drives bench_peers, SymPy and rankscape of that build
folder and writes bench/results.md, time.svg (time against n) and cases.svg (time against cases) beside this file. Times
are seconds of processor time. Nothing of the machine is written but its processor, cores, memory and versions."""
import argparse
import datetime
import json
import math
import os
import pathlib
import platform
import re
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]
CHECKS = ["2,2,2", "2,2,2,2", "3,3,3,3", "2,2,2,2,2", "3,3,3,3,3"]


def measured(command):
    """Processor seconds of a program, and what it says."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1, 3):  # 3: some case of a statement has no point
        sys.exit(f"{command[0]}: exit code {done.returncode}: {done.stderr.strip()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done


def peers(build, limit, limit_of_pari):
    """family -> n -> method -> (seconds, inertia, right)"""
    _, done = measured([str(build / "bench_peers"), str(limit), str(limit_of_pari)])
    if done.returncode != 0:
        sys.exit("two exact methods disagree:\n" + done.stdout)
    found = {}
    for line in done.stdout.splitlines():
        family, n, method, seconds, negative, zero, positive, word = line.split(";")
        row = found.setdefault(family, {}).setdefault(int(n), {})
        row[method] = (float(seconds), (int(negative), int(zero), int(positive)), word)
    return found


def sympy_case(build):
    """The point of widths (2,2,2,2), n = 12, from W to inertia: SymPy and classify."""
    with tempfile.TemporaryDirectory() as folder:
        point = os.path.join(folder, "point.json")
        measured([str(build / "rankscape"), "point", "--widths", "2,2,2,2", "--S", "1", "--stratum", "1:2*1 3:2*1",
                  "--data", "canonical", "--json", point])
        ours, done = measured([str(build / "rankscape"), "classify", point])
        inertia = json.loads(done.stdout)["inertia"]
        _, done = measured(["/usr/bin/python3", str(HERE / "sympy_case.py"), point])
        seconds, *theirs = done.stdout.split()
        if [int(x) for x in theirs] != [inertia["neg"], inertia["zero"], inertia["pos"]]:
            sys.exit("SymPy disagrees: " + done.stdout)
        return ours, float(seconds)


def case_counts(build):
    """Every critical point of the widths, one for each (S, stratum), position and kind of data: cases and seconds."""
    rows = []
    for widths in CHECKS:
        seconds, done = measured([str(build / "rankscape"), "check", "achour2024-classification", "--widths", widths,
                                  "--jobs", "1"])
        cases = re.search(r"of (\d+) cases certified", done.stdout)
        if not cases:
            sys.exit("rankscape check: no number of cases in: " + done.stdout)
        rows.append((widths, int(cases.group(1)), seconds))
    return rows


def svg(title, x_title, curves, path):
    """Both axes logarithmic; a curve is a name and points (x, y)."""
    width, height, left, bottom, top = 760, 460, 70, 60, 40
    points = [p for _, curve in curves for p in curve]
    low = [math.floor(math.log10(min(p[k] for p in points))) for k in (0, 1)]
    high = [math.ceil(math.log10(max(p[k] for p in points))) for k in (0, 1)]
    right = width - 170

    def place(p):
        fx, fy = ((math.log10(p[k]) - low[k]) / max(1, high[k] - low[k]) for k in (0, 1))
        return left + fx * (right - left), height - bottom - fy * (height - bottom - top)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
           f"<title>{title}</title>", f'<rect width="{width}" height="{height}" fill="white"/>',
           f'<text x="{left}" y="22" font-size="15">{title}</text>']
    for k in range(low[0], high[0] + 1):
        x, _ = place((10.0**k, 10.0**low[1]))
        out.append(f'<path d="M{x:.1f} {top}V{height - bottom}" stroke="#ddd"/>')
        out.append(f'<text x="{x:.1f}" y="{height - bottom + 18}" text-anchor="middle">{10**k:g}</text>')
    for k in range(low[1], high[1] + 1):
        _, y = place((10.0**low[0], 10.0**k))
        out.append(f'<path d="M{left} {y:.1f}H{right}" stroke="#ddd"/>')
        out.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">1e{k}</text>')
    out.append(f'<text x="{(left + right) / 2}" y="{height - 16}" text-anchor="middle">{x_title}</text>')
    out.append(f'<text x="{left - 48}" y="{top - 8}">s</text>')
    for index, (name, curve) in enumerate(curves):
        colour = COLOURS[index % len(COLOURS)]
        placed = [place(p) for p in curve]
        path_text = "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)
        out.append(f'<path d="M{path_text}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in placed]
        out.append(f'<text x="{right + 12}" y="{top + 20 + 20 * index}" fill="{colour}">{name}</text>')
    out.append("</svg>\n")
    path.write_text("\n".join(out))


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    return f"{model}, {os.cpu_count()} cores, {memory / 2**20:.0f} GiB, {platform.system()}"


def version(package, used=False):
    """Of what is installed; of what is used all the same, the version that the distribution has."""
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=False)
    if done.stdout or not used:
        return done.stdout or "not installed as a package"
    done = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False)
    candidate = re.search(r"Candidate: (\S+)", done.stdout)
    return f"{candidate.group(1) if candidate else '?'} (unpacked, not installed)"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--limit", type=float, default=120, help="seconds that one method may take at one size")
    parser.add_argument("--pari-limit", type=float, help="seconds for PARI")
    options = parser.parse_args()
    limit_of_pari = options.pari_limit or options.limit
    build = options.build.resolve()
    families = peers(build, options.limit, limit_of_pari)
    ours, theirs = sympy_case(build)
    cases = case_counts(build)
    methods = list(dict.fromkeys(method for found in families.values() for row in found.values() for method in row))

    def cell(row, method):
        if method not in row:
            return "-"
        seconds, _, word = row[method]
        if word == "stopped":
            limit = limit_of_pari if method.startswith("PARI") else options.limit
            return f"> {limit:g} (> {limit / row['rankscape'][0]:.3g}x)"
        ratio = f" ({seconds / row['rankscape'][0]:.3g}x)" if method != "rankscape" else ""
        return f"{seconds:.3g}{ratio}{' **wrong**' if word == 'wrong' else ''}"

    def table(found):
        used = [method for method in methods if any(method in row for row in found.values())]
        lines = ["| n | inertia (-, 0, +) | " + " | ".join(used) + " |", "|---" * (2 + len(used)) + "|"]
        for n, row in found.items():
            lines.append(f"| {n} | {row['rankscape'][1]} | " + " | ".join(cell(row, method) for method in used) + " |")
        return lines

    lines = ["# Measured against peers", "",
             f"Written by `bench/results.py` on {datetime.date.today()}; processor seconds; {machine()}.", "",
             "Versions: " + ", ".join(f"{name} {version(package, any(m.startswith(name) for m in methods))}" for name, package in [
                 ("PARI", "libpari-dev"), ("FLINT", "libflint-dev"), ("LAPACK", "liblapack-dev"),
                 ("OpenBLAS", "libopenblas-dev"), ("Eigen", "libeigen3-dev"), ("SymPy", "python3-sympy"),
                 ("LinBox", "liblinbox-dev"), ("IML", "libiml-dev")]) + ".", "",
             "## Inertia of the Hessian, against n", "",
             "Deep linear networks of widths (d, d, d, d), n = 3 d^2, half rank, four kinds of strings; the Hessian is given. In brackets "
             "the time as a multiple of rankscape's in the same run. A method that took more than "
             f"{options.limit:g} s (PARI: {limit_of_pari:g} s) was stopped, and not tried (`-`) at larger n. LinBox finds the "
             "characteristic polynomial modulo primes until it is stable, which is right with high probability. LAPACK and Eigen compute eigenvalues in double "
             "precision; zero is what is below n u |lambda|_max, and **wrong** marks those whose counts differ from the exact ones. IML "
             "computes a basis of the null space, and tells the nullity alone. Debian installs LinBox and IML with ATLAS as the BLAS of "
             "the machine; they run as well from packages that are unpacked elsewhere (`CMAKE_PREFIX_PATH`, `LD_LIBRARY_PATH`).", "",
             "Short entries: canonical data, random unimodular changes of basis.", "", *table(families["unimodular"]), "",
             "Long entries: general data, dense changes of basis at the hidden nodes (integers of one digit, and their inverses).", "", *table(families["dense"]), "",
             "Saddles of widths (d, k, k, d) whose product has the largest rank and leaves out the first eigenvector; short data, random unimodular "
             "changes of basis of all nodes but the last. Their null space is that of the symmetries, whose velocities `rankscape, symmetries` is given beside the Hessian, as "
             "`classify` has them; it multiplies them out.", "", *table(families["saddles"]), "",
             "How far the targets are met, and a profile: [profile.md](profile.md)."]
    found = families["unimodular"]
    lines += ["", f"SymPy, from the weights of a point with n = 12 to its inertia: {theirs:.3g} s; `rankscape classify`, the "
              f"start of the program included: {ours:.3g} s ({theirs / ours:.3g}x).", "", "![time against n](time.svg)", "",
              "## Sweeps, against cases", "", "`rankscape check achour2024-classification --widths ..` on one thread.", "",
              "| widths | cases | seconds | ms a case |", "|---|---|---|---|"]
    lines += [f"| {w} | {k} | {s:.3g} | {1e3 * s / k:.3g} |" for w, k, s in cases]
    lines += ["", "![time against cases](cases.svg)", ""]
    (HERE / "results.md").write_text("\n".join(lines))
    curves = [(m, [(n, row[m][0]) for n, row in found.items() if m in row and row[m][2] != "stopped"]) for m in methods]
    svg("Inertia of the Hessian: processor seconds against n", "n", [curve for curve in curves if curve[1]], HERE / "time.svg")
    svg("rankscape check: processor seconds against cases", "cases", [("rankscape", [(k, s) for _, k, s in cases])],
        HERE / "cases.svg")


main()
