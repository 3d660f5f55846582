"""A deep linear network of widths (4, 3, 3, 3), trained from small weights: the run of docs/near.md.

    python3 docs/examples/near/train.py FOLDER      writes data.npz and run.npz there

NumPy only, seeded. Full-batch gradient descent on ||W3 W2 W1 X - Y||^2 / m in double precision; checkpoints are float32.
run.npz holds a checkpoint as members STEP/W1, STEP/W2, STEP/W3. Another NumPy or BLAS may differ in the last bits: the
files that stand beside this script are the run that is described.
"""

import pathlib
import sys

import numpy

widths = [4, 3, 3, 3]
samples = 16
rate = 0.01
checkpoints = [0, 200, 600, 800, 900, 1000, 1200, 1400, 1600, 1800, 2000, 2400, 2800, 3000, 3400, 4200]

rng = numpy.random.default_rng(2024)
X = rng.standard_normal((widths[0], samples))
U, _ = numpy.linalg.qr(rng.standard_normal((widths[-1], widths[-1])))
V, _ = numpy.linalg.qr(rng.standard_normal((widths[0], widths[0])))
Y = U @ numpy.diag([3.0, 1.5, 0.8]) @ V[: widths[-1]] @ X + 0.1 * rng.standard_normal((widths[-1], samples))
X, Y = X.astype(numpy.float32), Y.astype(numpy.float32)
W = [0.02 * rng.standard_normal((o, i)) for i, o in zip(widths, widths[1:])]

members = {}
x, y = X.astype(float), Y.astype(float)
for step in range(checkpoints[-1] + 1):
    if step in checkpoints:
        members |= {f"{step:05d}/W{h + 1}": w.astype(numpy.float32) for h, w in enumerate(W)}
    residual = W[2] @ W[1] @ W[0] @ x - y
    gradients = [
        (W[2] @ W[1]).T @ residual @ x.T,
        W[2].T @ residual @ (W[0] @ x).T,
        residual @ (W[1] @ W[0] @ x).T,
    ]
    W = [w - rate * 2 / samples * g for w, g in zip(W, gradients)]

folder = pathlib.Path(sys.argv[1])
numpy.savez_compressed(folder / "data.npz", X=X, Y=Y)
numpy.savez_compressed(folder / "run.npz", **members)
