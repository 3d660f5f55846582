"""Threads, interruption, progress, memory."""

import _thread
import resource
import signal
import threading
import time

import pytest

import rankscape

LONG = {"statements": "achour2024-classification", "sizes": [(4, 4, 4, 4, 4)]}  # minutes


def test_other_threads_run_meanwhile():
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            done.wait(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    begin = time.monotonic()
    report = rankscape.check("achour2024-classification", sizes=[(2, 2, 2, 2)], jobs=1)
    end = time.monotonic()
    done.set()
    thread.join()
    assert report.ok
    inside = [t for t in ticks if begin < t < end]
    assert len(inside) >= 5  # with the lock held it would be at most one at each end


def test_many_threads_give_the_same_answers():
    def ask():
        return (
            rankscape.derive("deep-linear", size=[2, 2, 2]).json,
            rankscape.check("achour2024-classification", sizes=[(2, 2, 2)]).json,
            rankscape.classify(rankscape.point([2, 2, 2], S=[1, 2])).json,
            rankscape.values([2, 2, 2]).json,
        )

    expected = ask()
    found, errors = [], []

    def run():
        try:
            found.append(ask())
        except BaseException as error:  # reported below
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert found == [expected] * 6


def test_progress():
    seen = []
    report = rankscape.check("achour2024-classification", sizes=[(2, 2, 2, 2)], progress=lambda *at: seen.append(at))
    assert seen[-1] == (len(report), len(report))
    assert seen == sorted(seen)


def test_progress_is_shown(capsys):
    assert rankscape.check("achour2024-classification", sizes=[(2, 2, 2)], progress=True).ok
    assert capsys.readouterr().err.endswith("\r24 of 24 cases\n")
    assert rankscape.check("achour2024-classification", sizes=[(2, 2, 2)], progress=False).ok
    assert capsys.readouterr().err == ""


def test_progress_is_called_on_the_calling_thread():
    idents = []
    rankscape.check("achour2024-classification", sizes=[(2, 2, 2)], progress=lambda *at: idents.append(threading.get_ident()))
    assert set(idents) == {threading.get_ident()}


def test_an_exception_in_progress_ends_the_run():
    def refuse(finished, total):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        rankscape.check(LONG["statements"], sizes=LONG["sizes"], progress=refuse)


def test_interrupt():
    def interrupt(finished, total):
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        rankscape.check(LONG["statements"], sizes=LONG["sizes"], progress=interrupt)
    # and the next call is as always
    assert rankscape.check("achour2024-classification", sizes=[(2, 2, 2)]).ok


def test_interrupt_from_outside():
    timer = threading.Timer(0.3, _thread.interrupt_main)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        rankscape.check(LONG["statements"], sizes=LONG["sizes"])
    timer.join()


def test_interrupt_while_another_thread_derives():
    holding = threading.Event()
    stop = threading.Event()

    def hold():
        def progress(finished, total):
            holding.set()
            if stop.is_set():
                raise LookupError

        with pytest.raises(LookupError):
            rankscape.check(LONG["statements"], sizes=LONG["sizes"], jobs=1, progress=progress)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        holding.wait()
        timer = threading.Timer(0.2, _thread.interrupt_main)
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            rankscape.derive("deep-linear", size=[2, 2, 2])  # waits for its turn
        timer.join()
        # what derives nothing does not wait
        assert rankscape.values([2, 2, 2]).minimum == 0
    finally:
        stop.set()
        thread.join()


def test_time_limit():
    report = rankscape.check(LONG["statements"], sizes=[(2, 2, 2)], time_limit=1e-6)
    assert report.exit_code == 3 and report.summary.undecided + report.summary.outside > 0 and not report.ok
    assert rankscape.landscape("deep-linear", time_limit=1e-6).good is None


def test_threads_leave_nothing_behind():
    def once():
        rankscape.classify(loss="x^2 - y^2", at="x = 0, y = 0")

    for _ in range(20):
        once()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(150):
        once()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8192  # KiB
