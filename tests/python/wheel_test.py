"""The wheel that pip would install, packed from this build tree and laid out as pip lays wheels out."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from conftest import BINARY


@pytest.fixture
def backend(source, monkeypatch):
    monkeypatch.syspath_prepend(str(source / "python"))
    import build_backend

    return build_backend


def test_the_wheel_works_where_it_is_installed(backend, tmp_path):
    name = backend.build_wheel(tmp_path, {"build": str(BINARY)})
    packages = tmp_path / "prefix/lib/python3/site-packages"
    with zipfile.ZipFile(tmp_path / name) as wheel:
        wheel.extractall(packages)
        listed = {line.rsplit(",", 2)[0]: line.rsplit(",", 2)[1] for line in
                  wheel.read(next(n for n in wheel.namelist() if n.endswith("/RECORD"))).decode().splitlines()}  # fmt: skip
        assert set(listed) == set(wheel.namelist())
        for path, digest in listed.items():
            if digest:
                hashed = base64.urlsafe_b64encode(hashlib.sha256(wheel.read(path)).digest()).rstrip(b"=").decode()
                assert digest == f"sha256={hashed}", path
    shutil.move(next(packages.glob("*.data")) / "data/share", tmp_path / "prefix/share")
    done = subprocess.run(
        [sys.executable, "-c", "import rankscape as r; print(r.__file__, r.check('kawaguchi2016', sizes=[(2, 2, 2)]).ok)"],
        cwd="/", env={**os.environ, "PYTHONPATH": str(packages)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == f"{packages}/rankscape/__init__.py True\n", done.stderr


def test_a_tree_that_holds_no_module_is_refused(backend, tmp_path):
    with pytest.raises(FileNotFoundError, match="not built for this Python"):
        backend.build_wheel(tmp_path, {"build": str(tmp_path)})
