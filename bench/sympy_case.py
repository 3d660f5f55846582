"""What a careful user of SymPy would do with one exact critical point: write the loss, differentiate twice, substitute,
eliminate exactly. Prints processor seconds and the inertia (negative, zero, positive)."""
import json
import sys
import time

import sympy


def matrix(rows):
    return sympy.Matrix([[sympy.Rational(entry) for entry in row] for row in rows])


def inertia(a):
    """Symmetric elimination with diagonal pivots; where the diagonal is zero, a congruence makes a pivot."""
    a = [list(map(sympy.Rational, row)) for row in a.tolist()]
    alive = list(range(len(a)))
    negative = positive = 0
    while True:
        pivot = next((i for i in alive if a[i][i] != 0), None)
        if pivot is None:
            pair = next(((i, j) for i in alive for j in alive if a[i][j] != 0), None)
            if pair is None:
                return negative, len(alive), positive
            pivot, other = pair
            for k in alive:
                a[pivot][k] += a[other][k]
            for k in alive:
                a[k][pivot] += a[k][other]
        alive.remove(pivot)
        if a[pivot][pivot] < 0:
            negative += 1
        else:
            positive += 1
        row = {k: a[pivot][k] for k in alive if a[pivot][k] != 0}
        for i in row:
            factor = row[i] / a[pivot][pivot]
            for j in row:
                a[i][j] -= factor * row[j]


def main():
    with open(sys.argv[1]) as file:
        point = json.load(file)
    start = time.process_time()
    symbols, values = [], {}
    product = None
    for h, rows in enumerate(point["weights"]):
        weights = matrix(rows)
        layer = sympy.Matrix(weights.rows, weights.cols, lambda i, j: sympy.Symbol(f"w{h}_{i}_{j}"))
        symbols += list(layer)
        values.update({layer[i, j]: weights[i, j] for i in range(weights.rows) for j in range(weights.cols)})
        product = layer if product is None else layer * product
    residual = product * matrix(point["data"]["X"]) - matrix(point["data"]["Y"])
    loss = sum(entry**2 for entry in residual)
    gradient = [sympy.diff(loss, symbol) for symbol in symbols]
    n = len(symbols)
    hessian = sympy.zeros(n, n)
    for i in range(n):
        for j in range(i, n):
            hessian[i, j] = hessian[j, i] = sympy.diff(gradient[i], symbols[j]).subs(values)
    negative, zero, positive = inertia(hessian)
    print(time.process_time() - start, negative, zero, positive)


main()
