"""`isolation: in_process`: runs one test in one process with the learner's code. How it went is told on a descriptor that
print() does not lead to, after a word that only this run was given (standard input: word, file, test, framework, a line each).
Code that runs here can find both if it looks for them; what it is held to is told in docs/threat-model.md."""

import sys

del sys.path[0]

import os

sys.path.append(os.getcwd())
import otmetka_runner

import types


def take_streams():
    with os.fdopen(os.dup(0), "rb") as source:
        order = source.read().decode().split("\n")
    told = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    os.close(nothing)
    return told, order


def frameworks():
    """A function that says whether what the tests rely on is still as it is now: the names, and what functions are made of.
    The answer calls nothing that has a name, which the learner's code could have put something else under."""
    names, functions = [], []

    def note(namespace):
        for name, value in list(namespace.items()):
            inner = getattr(value, "__func__", value)
            if isinstance(inner, (type, types.FunctionType, types.BuiltinFunctionType)):
                names.append((namespace, name, value))
            if isinstance(inner, types.FunctionType):
                functions.append((inner, inner.__code__, inner.__defaults__, inner.__kwdefaults__))

    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("builtins", "unittest", "pytest", "_pytest", "pluggy", "otmetka_runner", "otmetka_pytest"):
            note(vars(module))
            for value in list(vars(module).values()):
                if isinstance(value, type) and value.__module__ == name:
                    note(vars(value))
    tracer, profiler = sys.gettrace, sys.getprofile

    def are_untouched():
        for namespace, name, value in names:
            if namespace.get(name) is not value:
                return False
        for function, code, defaults, named in functions:
            if function.__code__ is not code or function.__defaults__ is not defaults or function.__kwdefaults__ is not named:
                return False
        return not tracer() and not profiler()

    return are_untouched


def main():
    # All in locals: what is global here is an import away from the learner's code.
    write, leave, here = os.write, os.close, os.getcwd()
    told, (proof, name, test, framework, *_) = take_streams()
    verdict = otmetka_runner.prepare(framework)
    if verdict is None:
        are_untouched = frameworks()
        test_file = otmetka_runner.TestFile(name)
        is_untouched = test_file.is_untouched
        sys.path.insert(0, here)
        verdict = otmetka_runner.run(test_file, test.split("."), framework)
        if verdict[0] == "passed" and not (are_untouched() and is_untouched()):
            verdict = ("replaced", "")
    word, detail = verdict
    detail = detail.encode("utf-8", "replace")[:1024]
    write(told, b"%s %s %d\n" % (proof.encode(), word.encode(), len(detail)) + detail)
    leave(told)


if __name__ == "__main__":
    main()
