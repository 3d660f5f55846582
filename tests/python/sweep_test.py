"""Sweeps: cut into shards, stopped, gone on with, run on a cluster whose workers die; the bytes are the serial run's."""

import os
import re
import signal
import subprocess
import sys

import pytest
from conftest import BINARY

import rankscape
from rankscape import InputError

STATEMENT = "achour2024-classification"


def serial(program, path, *arguments):
    code, _, _ = program("check", STATEMENT, *arguments, "--jobs", "1", "--json", path)
    return code, path.read_bytes()


def test_a_sweep_is_a_check(program, tmp_path):
    code, expected = serial(program, tmp_path / "serial.json", "--widths", "2,2,2", "--widths", "2,1,2", "--seed", "7")
    asked = {"sizes": [(2, 2, 2), "2,1,2"], "seed": 7}
    seen = []
    report = rankscape.sweep(
        STATEMENT, **asked, shards=5, report=tmp_path / "sweep.json", progress=lambda *at: seen.append(at)
    )
    assert (tmp_path / "sweep.json").read_bytes() == expected
    assert seen == [(k, 5) for k in range(1, 6)]
    whole = rankscape.check(STATEMENT, **asked)
    assert report.summary == whole.summary and report.exit_code == code
    # the cases are in the file alone, and nobody takes them for none
    assert report.cases is None and report.written_to == str(tmp_path / "sweep.json")
    for use in (len, list, lambda r: r[0], lambda r: r.refuted, lambda r: r.to_pandas()):
        with pytest.raises(TypeError, match="written to"):
            use(report)
    assert "42 of 42" in report._repr_html_()
    several = rankscape.sweep([STATEMENT, "kawaguchi2016"], sizes=["2,1,2"], shards=2)
    assert several == rankscape.check([STATEMENT, "kawaguchi2016"], sizes=["2,1,2"])


def test_a_sweep_that_was_stopped_goes_on(tmp_path):
    folder = tmp_path / "shards"

    def stop(finished, total):
        if finished == 2:
            raise LookupError

    with pytest.raises(LookupError):
        rankscape.sweep(STATEMENT, sizes=[(2, 2, 2)], shards=4, folder=folder, progress=stop)
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(kept) == ["shard-1-of-4.journal", "shard-2-of-4.journal"]
    seen = []
    report = rankscape.sweep(
        STATEMENT, sizes=[(2, 2, 2)], shards=4, folder=folder, progress=lambda *at: seen.append(at)
    )
    assert seen == [(3, 4), (4, 4)]
    assert {name: (folder / name).read_bytes() for name in kept} == kept
    assert report == rankscape.check(STATEMENT, sizes=[(2, 2, 2)])
    # journals of another run, and damaged ones, are refused before anything runs
    with pytest.raises(InputError, match="seed differs"):
        rankscape.sweep(STATEMENT, sizes=[(2, 2, 2)], seed=2, shards=4, folder=folder)
    path = folder / "shard-3-of-4.journal"
    path.write_bytes(path.read_bytes().replace(b"strict_saddle", b"global_minimi", 1))
    with pytest.raises(InputError, match="checksum"):
        rankscape.sweep(STATEMENT, sizes=[(2, 2, 2)], shards=4, folder=folder)


def test_what_a_worker_sends_of_another_run_is_refused(tmp_path):
    from rankscape import _sweep

    question = {"statements": [STATEMENT], "sizes": ["2,1,2"], "points": [], "jobs": 1, "seed": 1, "samples": None,
                "time_limit": "", "landscapes": ""}  # fmt: skip
    folder = tmp_path / "shards"
    folder.mkdir()
    shards = _sweep.Shards(question, 2, str(folder))
    with shards.shared() as seen, _sweep.SharedFolder(str(tmp_path)) as elsewhere:
        os.unlink(elsewhere.path)
        for shared, kind in ((seen, str), (elsewhere, bytes)):
            for wrong, number, reason in (({**question, "seed": 2}, 1, "seed differs"), (question, 2, "--shard 2/2")):
                journal = _sweep.run_shard(wrong, number, 2, shared)
                assert isinstance(journal, kind)
                with pytest.raises(InputError, match=reason):
                    shards.keep(1, journal)
            assert shards.missing() == [1, 2]
        shards.keep(1, _sweep.run_shard(question, 1, 2, elsewhere))
        shards.keep(2, _sweep.run_shard(question, 2, 2, seen))
        (folder / (os.path.basename(seen.path) + "-of-a-worker-that-died")).touch()
    assert shards.missing() == []
    assert {path.name for path in folder.iterdir()} == {"shard-1-of-2.journal", "shard-2-of-2.journal"}
    # a file of that name which is of another machine is not the folder
    with shards.shared() as seen:
        (folder / os.path.basename(seen.path)).write_text("another")
        assert not seen.seen()


def test_arguments(tmp_path):
    for wrong in (
        {"client": 3},
        {"shards": 0},
        {"shards": 2.0},
        {"report": tmp_path},
        {"jobs": -1},
        {"progress": 3},
    ):
        with pytest.raises(InputError):
            rankscape.sweep(STATEMENT, sizes=[(2, 2, 2)], **wrong)
    with pytest.raises(InputError):
        rankscape.sweep("nowhere.toml")


def test_import_needs_no_dask(source):
    code = "import rankscape, sys; print([name for name in sys.modules if name.partition('.')[0] in ('dask', 'distributed')])"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(BINARY / "python")}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_worker_dies_half_way(program, tmp_path, monkeypatch):
    from rankscape import _sweep

    distributed = pytest.importorskip("distributed")
    code, expected = serial(program, tmp_path / "serial.json", "--widths", "2,2,2,2")
    victim = tmp_path / "victim"

    def sabotage(path):
        """The first worker that has a shard is killed with the cases of the shard half examined."""
        from rankscape import _core

        honest = _core.check_shard

        def check_shard(options, number, count, journal, listener):
            try:
                said = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except FileExistsError:
                return honest(options, number, count, journal, listener)

            def die(finished, total):
                if 2 * finished >= total:
                    os.write(said, f"{os.getpid()} {number} {finished} {total} {os.path.getsize(journal)}".encode())
                    os.kill(os.getpid(), signal.SIGKILL)

            return honest(options, number, count, journal, die)

        _core.check_shard = check_shard
        return os.getpid()

    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with cluster, distributed.Client(cluster) as client:
        client.wait_for_workers(2)
        pids = client.run(sabotage, str(victim)).values()
        sent = []
        keep = _sweep.Shards.keep
        monkeypatch.setattr(_sweep.Shards, "keep", lambda self, *what: (sent.append(what[1]), keep(self, *what)))
        report = rankscape.sweep(
            STATEMENT, sizes=[(2, 2, 2, 2)], client=client, shards=7, report=tmp_path / "sweep.json", folder=tmp_path / "shards"
        )
        still = client.run(os.getpid).values()
    pid, number, finished, total, written = map(int, victim.read_text().split())
    assert pid in pids and pid not in still and len(set(pids)) == 2
    assert 1 <= number <= 7 and 0 < finished <= total and written > 1000
    assert (tmp_path / "sweep.json").read_bytes() == expected
    assert report.exit_code == code == 0
    # journals went through files: not through the memory of workers, scheduler and client; the half of the dead is gone
    assert len(sent) == 7 and all(isinstance(journal, str) for journal in sent)
    assert {path.name for path in (tmp_path / "shards").iterdir()} == {f"shard-{k}-of-7.journal" for k in range(1, 8)}


@pytest.mark.extreme
def test_the_recipe(source, tmp_path):
    """docs/recipes.md, as printed: the bytes of the program."""
    pytest.importorskip("distributed")
    page = (source / "docs/recipes.md").read_text()
    script = re.search(r"^```python\n(# sweep\.py\n.*?)^```", page, re.M | re.S).group(1)
    (tmp_path / "sweep.py").write_text(script)
    (tmp_path / "statements").mkdir()
    for name in ("rank-of-the-middle", "both-blocks"):
        (tmp_path / "statements" / f"{name}.toml").write_bytes((source / f"docs/examples/{name}.toml").read_bytes())
    environment = {**os.environ, "PYTHONPATH": str(BINARY / "python")}
    swept = subprocess.run([sys.executable, "sweep.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert swept.stdout.startswith("progress: http://"), swept.stderr
    checked = subprocess.run([BINARY / "rankscape", "check", *sorted((tmp_path / "statements").iterdir()), "--json", "serial.json"], cwd=tmp_path, check=False)  # fmt: skip
    assert swept.returncode == checked.returncode == 1
    assert (tmp_path / "report.json").read_bytes() == (tmp_path / "serial.json").read_bytes()
    assert len(list((tmp_path / "shards").iterdir())) == 16
