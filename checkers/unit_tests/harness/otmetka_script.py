"""The tests' side of `isolation: bridge` where the teacher's script reports by itself: runs it once, as a program. What it prints
goes to a file, what it writes to `results.json` stays one; the learner's side can reach neither. Whether the script came to its end
is written to a file of its own. Arguments: the script, modules of the learner's."""

import sys

del sys.path[0]

import os
import types

here = os.getcwd()
sys.path.append(here)
import otmetka_proxy
import otmetka_runner

REPORT, OUTPUT = "otmetka_report", "otmetka_output"


class NotPlain(Exception):
    """What would not travel. A script goes on with its next test, as after any other exception of the learner's."""


class Link(otmetka_proxy.Link):
    """`asked`: something of the learner's has been wanted; a script that fails before has a mistake of its own. A SystemExit of
    the learner's is no end of the script's own, and is marked."""

    asked = False

    def spoil(self, word, detail):
        if word in ("not_plain", "argument"):
            raise NotPlain(detail)
        super().spoil(word, detail)

    def _exchange(self, line):
        self.asked = True
        return super()._exchange(line)

    def _error(self, *about):
        error = super()._error(*about)
        if isinstance(error, SystemExit):
            error.of_learner = True
        return error


def take_streams():
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing, output = os.open(os.devnull, os.O_RDONLY), os.open(OUTPUT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.close(nothing)
    os.close(output)
    return reader, writer


def execute(path):
    with open(path, "rb") as source:
        code = compile(source.read(), path, "exec", dont_inherit=True)
    module = types.ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    sys.argv = [path]
    sys.path.insert(0, here)
    try:
        exec(code, module.__dict__)
    except SystemExit as end:
        if hasattr(end, "of_learner"):
            raise
        # Whatever the status: what it reported says how the tests went.
    sys.stdout.flush()


def line_of(error, path):
    """Where in the script the error is, for its author."""
    at = getattr(error, "lineno", 0)
    trace = error.__traceback__
    while trace is not None:
        at = trace.tb_lineno if trace.tb_frame.f_code.co_filename == path else at
        trace = trace.tb_next
    return at


def run(script, link):
    """The verdict; or, as a text, the script's own mistake."""
    path = os.path.join(here, script + ".py")
    try:
        execute(path)
    except BaseException as error:
        if link.asked:
            return link.spoiled or otmetka_runner.verdict_of(error)
        return "%s.py:%s: %s" % (script, line_of(error, path), otmetka_runner.said(error))
    if link.asked:
        return link.spoiled or otmetka_runner.PASSED
    return "%s.py: it calls nothing of the learner's" % script


def main(script, *modules):
    os.mkdir("results")
    link = Link(*take_streams())
    otmetka_proxy.install(link, modules)
    verdict = run(script, link)
    if isinstance(verdict, str):
        sys.exit(verdict)
    if os.path.exists("results/results.json") and not os.path.exists("results.json"):
        os.replace("results/results.json", "results.json")
    word, detail = verdict
    detail = detail.encode("utf-8", "replace")[:1024]
    with open(REPORT, "wb") as report:
        report.write(b"%s %d\n" % (word.encode(), len(detail)) + detail)


if __name__ == "__main__":
    main(*sys.argv[1:])
