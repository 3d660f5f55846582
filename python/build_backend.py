"""What pip calls (PEP 517): CMake builds the module, this packs it as a wheel. It needs nothing but Python.

`pip install .` builds from nothing; `pip install . --config-settings=build=build` packs what that build tree holds.
"""

import base64
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def _version():
    return re.search(r"project\(rankscape VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())[1]


def _build(folder):
    options = ["CMAKE_BUILD_TYPE=Release", "RANKSCAPE_PYTHON=ON", "RANKSCAPE_TESTS=OFF", f"Python3_EXECUTABLE={sys.executable}"]
    subprocess.run(["cmake", "-S", ROOT, "-B", folder, *(f"-D{one}" for one in options)], check=True)
    jobs = str(os.cpu_count() or 1)
    subprocess.run(["cmake", "--build", folder, "--target", "rankscape_python", "--parallel", jobs], check=True)


def _contents(build):
    """Names in the wheel, with the files that they are."""
    package = pathlib.Path(build) / "python/rankscape"
    for file in sorted((ROOT / "python/rankscape").iterdir()):
        if file.suffix in (".py", ".typed"):
            yield f"rankscape/{file.name}", file
    extension = package / ("_core" + sysconfig.get_config_var("EXT_SUFFIX"))
    if not extension.is_file():
        raise FileNotFoundError(f"{extension}: not built for this Python")
    yield f"rankscape/{extension.name}", extension
    # beside the module, as in any prefix: where the library looks
    for folder in ("landscapes", "theorems"):
        for file in sorted((ROOT / folder).rglob("*.toml")):
            yield f"rankscape-{_version()}.data/data/share/rankscape/{file.relative_to(ROOT)}", file


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    version = _version()
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    tag = f"{python}-{python}-{re.sub('[-.]', '_', sysconfig.get_platform())}"
    name = f"rankscape-{version}-{tag}.whl"
    info = f"rankscape-{version}.dist-info"
    texts = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {version}\n"
        f"Summary: {project['description']}\nRequires-Python: {project['requires-python']}\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: rankscape\nRoot-Is-Purelib: false\nTag: {tag}\n",
    }
    record = []
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(
        pathlib.Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED
    ) as wheel:
        build = (config_settings or {}).get("build")
        if build is None:
            build = scratch
            _build(build)

        def add(path, data):
            wheel.writestr(path, data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{path},sha256={digest},{len(data)}")

        for path, file in _contents(build):
            add(path, file.read_bytes())
        add(f"{info}/licenses/LICENSE", (ROOT / "LICENSE").read_bytes())
        for path, text in texts.items():
            add(path, text.encode())
        wheel.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,", ""]))
    return name


def build_sdist(sdist_directory, config_settings=None):
    raise NotImplementedError("the source distribution of rankscape is its repository")
