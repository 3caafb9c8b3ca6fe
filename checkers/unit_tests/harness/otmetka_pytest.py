"""Runs one test with pytest and notes how each phase of each of its cases went."""

import os

import pytest
from otmetka_runner import PASSED, said

QUIET = ["-s", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:terminal", "-c", os.devnull]
WHOLE = [(phase, "passed") for phase in ("setup", "call", "teardown")]


class Recorder:
    def __init__(self):
        self._cases = []
        self._phases = {}
        self._problem = None

    def _note(self, problem):
        self._problem = self._problem or problem

    def pytest_collection_finish(self, session):
        self._cases = [item.nodeid for item in session.items]

    def pytest_collectreport(self, report):
        if report.outcome == "failed":
            self._note(("error", str(report.longrepr).strip().splitlines()[-1]))

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = (yield).get_result()
        self._phases.setdefault(item.nodeid, []).append((report.when, report.outcome))
        if hasattr(report, "wasxfail"):
            self._note(("skipped", "expected to fail"))
        elif report.outcome != "passed":
            error = call.excinfo.value if call.excinfo else None
            wrong = isinstance(error, (AssertionError, pytest.fail.Exception))
            self._note(("skipped" if report.outcome == "skipped" else "failed" if wrong else "error", said(error)))

    def verdict(self):
        if self._problem:
            return self._problem
        if not self._cases:
            return ("missing", "")
        ended = all(self._phases.get(case) == WHOLE for case in self._cases)
        return PASSED if ended else ("error", "not all cases ended")


def run(test_file, path):
    recorder = Recorder()
    pytest.main(QUIET + ["--rootdir", os.getcwd(), "::".join([test_file.path, *path])], plugins=[recorder])
    return recorder.verdict()
