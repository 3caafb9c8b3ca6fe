"""The tests' side of `isolation: bridge`: runs one test. Standard streams lead to the learner's side; how the test went is
written to a file, which nobody there can reach. Arguments: file, test, framework (plain, unittest, pytest), modules of the learner's."""

import sys

del sys.path[0]

import os

here = os.getcwd()
sys.path.append(here)
import otmetka_proxy
import otmetka_runner

REPORT = "otmetka_report"


def take_streams():
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    os.close(nothing)
    return reader, writer


def run(name, path, framework, modules):
    problem = otmetka_runner.prepare(framework)
    if problem is not None:
        return problem
    link = otmetka_proxy.Link(*take_streams())
    otmetka_proxy.install(link, modules)
    sys.path.insert(0, here)
    verdict = otmetka_runner.run(otmetka_runner.TestFile(name), path, framework)
    return link.spoiled or verdict


def main(name, test, framework, *modules):
    word, detail = run(name, test.split("."), framework, modules)
    detail = detail.encode("utf-8", "replace")[:1024]
    with open(REPORT, "wb") as report:
        report.write(b"%s %d\n" % (word.encode(), len(detail)) + detail)


if __name__ == "__main__":
    main(*sys.argv[1:])
