"""Runs one test of a teacher's file and says how it went: (word, detail). A test with parameters passes when every case does.

passed; failed (a comparison does not hold); error (anything else was raised); skipped; missing (the file does not define it);
replaced (what stands under its name is not what the file defines); broken (this machine cannot run it)."""

import importlib
import os
import sys
import types

PASSED = ("passed", "")


def said(error):
    try:
        return "%s: %s" % (type(error).__name__, error)
    except BaseException:
        return type(error).__name__


def is_a(thing, name):
    """Whether it is of a class of unittest's, which most files of plain functions do without."""
    kind = getattr(sys.modules.get("unittest"), name, None)
    return kind is not None and (issubclass(thing, kind) if isinstance(thing, type) else isinstance(thing, kind))


def verdict_of(error):
    if is_a(error, "SkipTest"):
        return ("skipped", said(error))
    return ("failed" if isinstance(error, AssertionError) else "error", said(error))


class TestFile:
    """The teacher's file as a module. Its code is compiled before anybody else's runs."""

    def __init__(self, name):
        self.name = name
        self.path = os.path.join(os.getcwd(), name + ".py")
        with open(self.path, "rb") as source:
            text = source.read()
        self.code = compile(text, self.path, "exec", dont_inherit=True)
        self.rebound = set(_rebound(compile(text, self.path, "exec", _ONLY_TREE, dont_inherit=True), ()))
        self.made = {}
        self.wrappers = ()
        if "functools" in self.code.co_names:
            import functools
            self.wrappers = (functools.partial, functools.partialmethod, functools.cached_property, functools.singledispatchmethod)
        self.module = types.ModuleType(name)
        self.module.__file__ = self.path

    def execute(self):
        sys.modules[self.name] = self.module
        exec(self.code, self.module.__dict__)
        for path in self.rebound:
            found = self.module
            for name in path:
                found = vars(found).get(name) if found is self.module or isinstance(found, type) else None
            self.made[path] = found

    def find(self, path):
        """The class (or None) and the name in it; None: there is no such test."""
        owner = self.module
        for name in path[:-1]:
            owner = getattr(owner, name, None)
        if not callable(getattr(owner, path[-1], None)):
            return None
        return (None if owner is self.module else owner, path[-1])

    def is_untouched(self):
        """Whether the functions that stand in the module are those that its source defines."""
        return self._is_untouched(vars(self.module), self.code, ())

    def _is_untouched(self, namespace, code, above):
        own = set(_all_code(self.code))
        for part in code.co_consts:
            if not isinstance(part, types.CodeType) or part.co_name not in namespace:
                continue
            path = above + (part.co_name,)
            found = namespace[part.co_name]
            if isinstance(found, type):
                if not self._is_untouched(vars(found), part, path):
                    return False
            elif not _is_own(found, own, self.wrappers) and not (path in self.made and found is self.made[path]):
                return False
        return True


def _all_code(code):
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _all_code(constant)


_ONLY_TREE = 0x400  # ast.PyCF_ONLY_AST, without what importing ast brings along


def _rebound(node, path):
    """The names that a file or one of its classes gives to something by an import or an assignment, whatever else it defines so."""
    for field in node._fields:
        value = getattr(node, field, None)
        for child in value if isinstance(value, list) else [value]:
            kind = type(child).__name__
            if not hasattr(child, "_fields") or kind in ("FunctionDef", "AsyncFunctionDef", "Lambda"):
                continue
            if kind == "alias":
                yield path + ((child.asname or child.name).split(".")[0],)
            elif kind == "Name" and type(child.ctx).__name__ == "Store":
                yield path + (child.id,)
            yield from _rebound(child, path + (child.name,) if kind == "ClassDef" else path)


def _is_own(found, own, wrappers):
    """A function of the file, under whatever decorators of the library; `wrappers` keep it as their `func`."""
    for _ in range(20):
        if type(found) in wrappers:
            found = found.func
        found = getattr(found, "__func__", getattr(found, "fget", found))
        if getattr(found, "__code__", None) in own:
            return True
        inner = getattr(found, "__wrapped__", getattr(found, "__pytest_wrapped__", None))
        if inner is None:
            return False
        found = getattr(inner, "obj", inner)
    return False


def run_case(case):
    unittest = sys.modules["unittest"]
    result = unittest.TestResult()
    unittest.TestSuite([case]).run(result)
    if result.skipped:
        return ("skipped", result.skipped[0][1])
    for outcome, word in ((result.errors, "error"), (result.failures, "failed"), (result.unexpectedSuccesses, "failed")):
        if outcome:
            told = outcome[0][1] if isinstance(outcome[0], tuple) else "passed, and was expected to fail"
            return (word, told.strip().splitlines()[-1])
    return PASSED if result.testsRun == 1 and not result.expectedFailures else ("failed", "expected to fail")


def run_plainly(test_file, path):
    """For unittest's classes, and for functions and classes as pytest has them where they need nothing of pytest's."""
    found = test_file.find(path)
    if found is None:
        return ("missing", "")
    owner, name = found
    if owner is not None and is_a(owner, "TestCase"):
        return run_case(owner(name))
    result = getattr(owner() if owner else test_file.module, name)()
    return PASSED if result is None else ("error", "returned a " + type(result).__name__)


def prepare(framework):
    """Brings in what runs the tests, before any code of theirs. A verdict: it cannot be had."""
    try:
        if framework != "plain":
            importlib.import_module(framework)
        if framework == "pytest":
            importlib.import_module("otmetka_pytest")
    except ImportError as absent:
        return ("broken", said(absent))
    return None


def run(test_file, path, framework):
    run_it = sys.modules["otmetka_pytest"].run if framework == "pytest" else run_plainly
    try:
        test_file.execute()
        return run_it(test_file, path)
    except BaseException as error:
        return verdict_of(error)
