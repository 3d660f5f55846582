"""near --certificate of networks with biases, and of data that do not span their inputs: the critical point is rebuilt
from the file in fractions, here and without the library; the gradient of the loss with its biases vanishes there, and
the point is as far from the user's weights and biases as claimed."""

import json
from fractions import Fraction
from itertools import product

import pytest

from conftest import SOURCE  # noqa: F401  (the module's path is set there)


def times(*matrices):
    result = matrices[0]
    for other in matrices[1:]:
        columns = list(zip(*other)) if other else []
        result = [[sum((a * b for a, b in zip(row, column)), Fraction(0)) for column in columns] for row in result]
    return result


def plus(a, b, factor=1):
    return [[x + factor * y for x, y in zip(p, q)] for p, q in zip(a, b)]


def flipped(a):
    return [list(column) for column in zip(*a)]


def identity(n):
    return [[Fraction(int(i == j)) for j in range(n)] for i in range(n)]


def inverse(a):
    rows = [list(row) + unit for row, unit in zip(a, identity(len(a)))]
    for k in range(len(rows)):
        pivot = next(i for i in range(k, len(rows)) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for i in range(len(rows)):
            if i != k:
                rows[i] = [x - rows[i][k] * y for x, y in zip(rows[i], rows[k])]
    return [row[len(rows):] for row in rows]


def square(a):
    return sum((x * x for row in a for x in row), Fraction(0))


def read(matrix):
    return [[Fraction(x) / Fraction(matrix["denominator"]) for x in row] for row in matrix["entries"]]


def moments(x, y):
    """Of the centred data, and the means."""
    m = Fraction(len(x[0]))
    mean_x, mean_y = [[sum(row) / m] for row in x], [[sum(row) / m] for row in y]
    x = [[entry - c for entry in row] for row, (c,) in zip(x, mean_x)]
    y = [[entry - c for entry in row] for row, (c,) in zip(y, mean_y)]
    return times(x, flipped(x)), times(x, flipped(y)), mean_x, mean_y


def rebuilt(certificate, point, eigenvectors):
    """Weights and biases of the critical point; eigenvectors: of Sigma in the order of the eigenvalues, or None for
    the approximate ones of the file."""
    weights = [read(w) for w in certificate["weights"]]
    biases = {h: read(b) for h, b in certificate["biases"]}
    x, y = (read(certificate["data"][name]) for name in ("X", "Y"))
    sxx, sxy, mean_x, mean_y = moments(x, y)
    span = read(certificate["span"]) if "span" in certificate else identity(len(x))
    left = read(certificate["span_inverse"]) if "span" in certificate else identity(len(x))
    sxx, sxy = times(left, sxx, flipped(left)), times(left, sxy)

    depth, dx, dy = len(weights), len(sxx), len(y)
    chosen = [i - 1 for i in point["S"]]
    r, q = len(chosen), dy - len(chosen)
    copies = [(a, n) for a, n, m in sorted(point["stratum"]) for _ in range(m)]
    at = [[c for c, (a, n) in enumerate(copies) if (h - a) % (depth + 1) < n] for h in range(depth + 1)]
    at[0].sort(key=lambda c: copies[c][0] == 0)

    def connection(h):
        rest = [[Fraction(int(c == d)) for d in at[h - 1]] for c in at[h]]
        zero = [Fraction(0)]
        return [u + zero * len(at[h - 1]) for u in identity(r)] + [zero * r + row for row in rest]

    g = [read(a) for a in point["G"]]
    u = eigenvectors or read(certificate["approximate"]["Sigma"]["basis"])
    u_s = [[row[i] for i in chosen] for row in u]
    u_q = [[row[i] for i in range(dy) if i not in chosen] for row in u]
    p = times(flipped(sxy), inverse(sxx))
    p_plus = times(inverse(times(p, sxy)), p)
    rows = certificate["approximate"]["null_rows"]["entries"] and read(certificate["approximate"]["null_rows"])
    null = plus(rows, times(rows, sxy, p_plus), -1) if rows else []
    below = (times(flipped(u_q), p_plus) if q else []) + null
    inputs = (times(flipped(u_s), p) if r else []) + (times(inverse(g[0]), below) if below else [])
    layers = [times(g[1], connection(1), inputs)]
    for h in range(2, depth):
        layers.append(times(g[h], connection(h), inverse(g[h - 1])))
    corner = [row[:q] for row in g[0][:q]]
    outputs = [s + t for s, t in zip(u_s, times(u_q, corner) if q else [[]] * dy)]
    layers.append(times(outputs, connection(depth), inverse(g[depth - 1])))

    layers[0] = plus(weights[0], times(plus(layers[0], times(weights[0], span), -1), left))
    if "unseen" in point:
        layers[0] = plus(layers[0], read(point["unseen"]))
    hidden = iter(point["hidden_biases"])
    there = {h: read(next(hidden)) for h in biases if h < depth}
    reached = mean_x
    for h, layer in enumerate(layers, 1):
        reached = times(layer, reached)
        if h in there:
            reached = plus(reached, there[h])
    there[depth] = plus(mean_y, reached, -1)
    distance = sum(square(plus(a, b, -1)) for a, b in zip(weights, layers))
    distance += sum(square(plus(biases[h], there[h], -1)) for h in biases)
    return layers, there, distance


def gradient(certificate, layers, biases):
    """Of sum |W_H (.. (W_1 x + b_1) ..) + b_H - y|^2, by the chain rule, all of it."""
    x, y = (read(certificate["data"][name]) for name in ("X", "Y"))
    values = [x]
    for h, layer in enumerate(layers, 1):
        value = times(layer, values[-1])
        values.append([[e + biases[h][i][0] for e in row] for i, row in enumerate(value)] if h in biases else value)
    back = plus(values[-1], y, -1)
    parts = []
    for h in range(len(layers), 0, -1):
        parts.append(times(back, flipped(values[h - 1])))
        if h in biases:
            parts.append([[sum(row)] for row in back])
        back = times(flipped(layers[h - 1]), back)
    return sum(square(part) for part in parts)


SIGNS = [[Fraction((-1) ** bin(i & k).count("1")) for k in range(8)] for i in range(1, 4)]  # orthogonal, of sum zero


def network(shape, hidden_bias, tilted, seed):
    """Data with rational (or, tilted, irrational) eigenvectors and means that are not zero; small weights near them."""
    state = seed

    def number():
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return Fraction(state // 65536 % 201 - 100, 1024)

    def drawn(rows, columns, size=1):
        return [[size * number() for _ in range(columns)] for _ in range(rows)]

    dx, dy = shape[0], shape[-1]
    x = SIGNS if dx == 3 else times([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, -1]], SIGNS)
    teacher = [[3, 0, 0], [1 if tilted else 0, 2, 0]]
    y = times(teacher, SIGNS)
    x = [[e + i + 1 for e in row] for i, row in enumerate(x)]
    y = [[e - 2 * i - 1 for e in row] for i, row in enumerate(y)]
    arrays = {}
    for h, (columns, rows) in enumerate(zip(shape, shape[1:]), 1):
        arrays[f"W{h}"] = drawn(rows, columns)
        if h == len(shape) - 1 or hidden_bias:
            arrays[f"b{h}"] = [row[0] for row in drawn(rows, 1, 10)]
    arrays["W1"][0][0] += 1
    for h in range(2, len(shape)):
        arrays[f"W{h}"][0][0] += 3 if h == len(shape) - 1 else 1
    assert dy == 2
    return arrays, {"X": x, "Y": y}


@pytest.mark.parametrize(
    "shape, hidden_bias, tilted",
    [(shape, *rest) for shape in ((3, 3, 2), (4, 3, 2), (3, 2, 2, 2)) for rest in product((True, False), repeat=2)],
)
def test_the_point_of_the_certificate(program, tmp_path, shape, hidden_bias, tilted):
    weights, data = network(shape, hidden_bias, tilted, seed=sum(shape) + hidden_bias)
    for name, arrays in (("weights", weights), ("data", data)):
        (tmp_path / f"{name}.json").write_text(json.dumps(arrays, default=str))
    where = ("near", tmp_path / "weights.json", "--data", tmp_path / "data.json", "--convention", "columns")
    code, _, said = program(*where, "--certificate", tmp_path / "c.json")
    assert code == 0, said
    certificate = json.loads((tmp_path / "c.json").read_text())
    assert ("span" in certificate) == (shape[0] == 4) and certificate["points"]
    for point in certificate["points"]:
        exact = None
        if not tilted:  # Sigma is diagonal, 9 and 4 times the same
            basis = read(certificate["approximate"]["Sigma"]["basis"])
            exact = [[Fraction(round(entry)) for entry in row] for row in basis]
            assert [abs(row[i]) for i, row in enumerate(exact)] == [1, 1]
        layers, biases, distance = rebuilt(certificate, point, exact)
        slope = gradient(certificate, layers, biases)
        assert slope == 0 if exact else slope < Fraction(1, 10**80)
        hi, lo = Fraction(point["distance"]["hi"]), Fraction(point["distance"]["lo"])
        assert lo * lo <= distance <= hi * hi
        assert distance >= hi * hi * (1 - Fraction(1, 10**7))  # and not nearer than that
