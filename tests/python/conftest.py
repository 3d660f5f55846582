"""The module comes from the build tree (RANKSCAPE_BINARY_DIR, as CTest sets it)."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ["RANKSCAPE_BINARY_DIR"])
sys.path.insert(0, str(BINARY / "python"))


@pytest.fixture
def source():
    return SOURCE


@pytest.fixture
def program(tmp_path):
    """What `rankscape ARGUMENTS` does: exit code, JSON of the standard output, last line of the standard error."""

    def run(*arguments):
        done = subprocess.run(
            [BINARY / "rankscape", *map(str, arguments)], capture_output=True, text=True, cwd=tmp_path, check=False
        )
        lines = done.stderr.strip().splitlines()
        answer = json.loads(done.stdout) if done.stdout.startswith("{") else None
        return done.returncode, answer, lines[-1] if lines else ""

    return run
