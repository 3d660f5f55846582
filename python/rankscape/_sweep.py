"""Runs that are cut into shards: one after the other, or as tasks of dask. dask itself is needed by neither import nor
serial runs."""

from __future__ import annotations

import contextlib
import glob
import os
import sys
import tempfile
import uuid
import zlib
from typing import Any, Callable, Iterator, Optional, Union

from . import _core
from ._errors import InputError

#: Enough that the last ones keep all threads busy.
_SHARDS_A_THREAD = 8
_FEWEST_SHARDS = 16
#: Of one shard, when the task ends with its workers again and again.
_ATTEMPTS = 4


class SharedFolder:
    """The folder of the journals, marked by a file: a worker that sees the mark writes its journals beside it, another
    sends them."""

    def __init__(self, folder: str) -> None:
        self.path = os.path.join(folder, f".sweep-{uuid.uuid4().hex}")
        self._token = uuid.uuid4().hex

    def __enter__(self) -> SharedFolder:
        with open(self.path, "w", encoding="ascii") as file:
            file.write(self._token)
        return self

    def __exit__(self, *_: Any) -> None:
        for path in glob.glob(glob.escape(self.path) + "*"):  # what died with a worker too
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)

    def seen(self) -> bool:
        try:
            with open(self.path, encoding="ascii") as file:
                return file.read() == self._token
        except OSError:
            return False


def run_shard(question: dict, number: int, count: int, shared: SharedFolder) -> Union[str, bytes]:
    """What a task does, wherever it is: the journal of a shard, as a file in the shared folder, or compressed."""
    if shared.seen():
        journal = f"{shared.path}-{number}-{uuid.uuid4().hex}"
        _core.check_shard(_core.CheckOptions(**question), number, count, journal, None)
        if not shared.seen():  # the sweep ended meanwhile, and nobody takes it
            with contextlib.suppress(FileNotFoundError):
                os.unlink(journal)
        return journal
    with tempfile.TemporaryDirectory(prefix="rankscape-") as folder:
        journal = os.path.join(folder, "journal")
        _core.check_shard(_core.CheckOptions(**question), number, count, journal, None)
        with open(journal, "rb") as file:
            return zlib.compress(file.read(), 1)


class Shards:
    """The journals of a run's shards in a folder. Complete ones alone have their names, so that a sweep that was stopped
    goes on where it was."""

    def __init__(self, question: dict, count: int, folder: str) -> None:
        self.question = question
        self.count = count
        self._folder = folder

    def path(self, number: int) -> str:
        return os.path.join(self._folder, f"shard-{number}-of-{self.count}.journal")

    def paths(self) -> list[str]:
        return [self.path(number) for number in range(1, self.count + 1)]

    def missing(self) -> list[int]:
        """:raises InputError: a journal in the folder is of another run, or damaged"""
        missing = []
        for number in range(1, self.count + 1):
            if os.path.exists(self.path(number)):
                self._verify(number, self.path(number))
            else:
                missing.append(number)
        return missing

    def run(self, number: int) -> None:
        """Here; goes on with what an earlier run left."""
        part = self.path(number) + ".part"
        _core.check_shard(_core.CheckOptions(**self.question), number, self.count, part, None)
        os.replace(part, self.path(number))

    def shared(self) -> SharedFolder:
        return SharedFolder(self._folder)

    def keep(self, number: int, journal: Union[str, bytes]) -> None:
        """What a worker wrote, or sent. It is of this run, by the hashes of statements and landscapes that the worker saw
        and by its version, or it is refused."""
        part = self.path(number) + ".received" if isinstance(journal, bytes) else journal
        try:
            if isinstance(journal, bytes):
                with open(part, "wb") as file:
                    file.write(zlib.decompress(journal))
                    file.flush()
                    os.fsync(file.fileno())
            self._verify(number, part)
            os.replace(part, self.path(number))
        finally:
            if os.path.exists(part):
                os.unlink(part)

    def _verify(self, number: int, path: str) -> None:
        _core.check_journal(_core.CheckOptions(**self.question), number, self.count, path)


def shards_for(client: Any) -> int:
    threads = 0 if client is None else sum(client.nthreads().values())
    return max(_FEWEST_SHARDS, _SHARDS_A_THREAD * threads)


def check_client(client: Any) -> None:
    if client is None:
        return
    if not all(hasattr(client, name) for name in ("submit", "nthreads", "cancel")):
        raise InputError(f"client: expected a dask.distributed.Client, found {type(client).__name__}")
    if getattr(client, "asynchronous", False):
        raise InputError("client: is asynchronous, expected one whose calls wait")


def on_cluster(client: Any, shards: Shards, missing: list[int]) -> Iterator[int]:
    """Runs shards as tasks; yields the number of each that is kept. What goes down with its worker is run again: dask
    does so by itself for some times, and then this does."""
    from distributed import as_completed

    lost = _lost()
    run = uuid.uuid4().hex
    attempts = dict.fromkeys(missing, 0)

    def submit(number: int, shared: SharedFolder) -> Any:
        attempts[number] += 1
        key = f"rankscape-shard-{run}-{number}-{attempts[number]}"
        return client.submit(run_shard, shards.question, number, shards.count, shared, key=key, pure=False)

    waiting = {}
    with shards.shared() as shared:
        try:
            for number in missing:
                waiting[submit(number, shared)] = number
            completed = as_completed(list(waiting))
            for future in completed:
                number = waiting.pop(future)
                try:
                    journal = future.result()
                except lost:
                    if attempts[number] == _ATTEMPTS:
                        raise
                    again = submit(number, shared)
                    waiting[again] = number
                    completed.add(again)
                    continue
                future.release()
                shards.keep(number, journal)
                yield number
        finally:
            if waiting:
                client.cancel(list(waiting))


def _lost() -> tuple:
    """What a future raises whose worker went away, in whichever version of dask."""
    import asyncio
    import concurrent.futures

    import distributed
    from distributed.comm import CommClosedError

    killed = getattr(distributed, "KilledWorker", None)
    if killed is None:
        from distributed.scheduler import KilledWorker as killed
    return (killed, CommClosedError, asyncio.CancelledError, concurrent.futures.CancelledError)


def here(shards: Shards, missing: list[int]) -> Iterator[int]:
    for number in missing:
        shards.run(number)
        yield number


def show(what: str) -> Callable[[int, int], None]:
    """A line on the standard error: 3 of 16 shards."""

    def line(finished: int, total: int) -> None:
        end = "\n" if finished == total else ""
        print(f"\r{finished} of {total} {what}", end=end, file=sys.stderr, flush=True)

    return line


def run_all(client: Any, shards: Shards, listener: Optional[Callable[[int, int], Any]]) -> None:
    missing = shards.missing()
    finished = shards.count - len(missing)
    running = here(shards, missing) if client is None else on_cluster(client, shards, missing)
    try:
        for _ in running:
            finished += 1
            if listener is not None:
                listener(finished, shards.count)
    finally:
        running.close()  # cancels what is left
