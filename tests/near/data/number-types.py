"""Writes number-types.npz, number-types.safetensors and number-types.json: the same numbers in every type that is read, the last two without
NumPy's writer. /usr/bin/python3 tests/near/data/number-types.py"""

import json
import pathlib
import struct

import numpy

here = pathlib.Path(__file__).parent
rng = numpy.random.default_rng(11)
values = rng.standard_normal((3, 5)) * 10.0 ** rng.integers(-3, 4, (3, 5))
arrays = {
    "half": values.astype("<f2"),
    "single": values.astype("<f4"),
    "double": values,
    "double_by_column": numpy.asfortranarray(values),
    "single_big": values.astype(">f4"),
    "tiny": numpy.array([[5e-324, -2.5e-310, 0.0, -0.0, 1.7976931348623157e308]]),
    "half_tiny": numpy.array([[6e-8, -5e-7, 65504]], dtype="<f2"),
    "byte": numpy.array([[-128, 127], [0, -1]], dtype="i1"),
    "long": numpy.array([[-(2**63), 2**63 - 1]]),
    "natural": numpy.array([[2**64 - 1, 0]], dtype="u8"),
    "vector": values[0].astype("<f4"),
}
numpy.savez_compressed(here / "number-types.npz", **arrays)


def spelled(array):
    if array.ndim == 2:
        return [spelled(row) for row in array]
    return [int(x) if array.dtype.kind in "iu" else float(x).hex() for x in array]


# bfloat16: the upper half of a float32
words = values.astype("<f4").view("<u4") >> 16
floats = (words << 16).astype("<u4").view("<f4")
(here / "number-types.json").write_text(json.dumps({k: spelled(a) for k, a in arrays.items()} | {"brain": spelled(floats)}))

names = {"f2": "F16", "f4": "F32", "f8": "F64", "i1": "I8", "i8": "I64", "u8": "U64"}
header, body = {"__metadata__": {"format": "pt"}}, b""
for key, array in arrays.items():
    if array.dtype.byteorder == ">":
        continue
    data = array.tobytes()
    header[key] = {"dtype": names[array.dtype.str[1:]], "shape": list(array.shape), "data_offsets": [len(body), len(body) + len(data)]}
    body += data
data = words.astype("<u2").tobytes()
header["brain"] = {"dtype": "BF16", "shape": [3, 5], "data_offsets": [len(body), len(body) + len(data)]}
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
(here / "number-types.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + body + data)
