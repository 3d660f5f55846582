"""The examples of docs/python.md and of the docstrings."""

import doctest

import rankscape

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


def test_the_page(source, monkeypatch):
    monkeypatch.chdir(source)
    failed, tried = doctest.testfile(str(source / "docs/python.md"), module_relative=False, optionflags=FLAGS)
    assert tried > 20 and failed == 0


def test_the_docstrings():
    found = [doctest.testmod(module, optionflags=FLAGS) for module in (rankscape, rankscape._near, rankscape._solve)]
    assert all(one.attempted > 0 and one.failed == 0 for one in found) and sum(one.attempted for one in found) > 5
