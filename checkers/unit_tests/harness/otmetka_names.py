"""What `from fizz import *` may bring into the teacher's files, where fizz is the learner's.

The learner chooses the names, and one like `abs`, `approx` or that of a helper would take the place of what the tests judge with.
So only a name that nobody else can mean comes through: one that the teacher's files use, that none of them defines or imports,
that no module of theirs has yet, and that is not built in. In a namespace that is no module's (`exec("from fizz import *", {})`)
there is nothing to be used by its name, and nobody to look for one."""

import builtins
import os
import symtable
import sys

OWN = "otmetka_"


def _is_teachers(path):
    return path.endswith(".py") and not os.path.basename(path).startswith(OWN)


def _look_at(table, used, bound):
    is_module = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (is_module or symbol.is_global()):
            used.add(symbol.get_name())
        if (symbol.is_assigned() or symbol.is_imported()) and (is_module or symbol.is_declared_global()):
            bound.add(symbol.get_name())
    for inner in table.get_children():
        _look_at(inner, used, bound)


class Names:
    """Of one folder of teacher's files. Their modules are those of sys.modules that come from there."""

    def __init__(self, folder):
        self._folder = folder
        self._given = set()
        self._used, self._bound = set(), set(vars(builtins))
        for name in filter(_is_teachers, os.listdir(folder)):
            try:
                with open(os.path.join(folder, name), "rb") as source:
                    table = symtable.symtable(source.read(), name, "exec")
            except (SyntaxError, ValueError):
                continue  # so nobody imports it
            _look_at(table, self._used, self._bound)

    def let_in(self, names, importing):
        """Those of `names` that may come into the namespace `importing`."""
        modules = [vars(module) for module in list(sys.modules.values()) if self._is_of_folder(module)]
        any_use = not any(namespace is importing for namespace in modules)
        out = [name for name in names if (any_use or name in self._used) and name not in self._bound and name not in importing]
        there = {name for namespace in modules for name in namespace}
        out = [name for name in out if name in self._given or name not in there]
        if not any_use:
            self._given.update(out)
        return out

    def _is_of_folder(self, module):
        path = getattr(module, "__file__", None)
        return isinstance(path, str) and os.path.dirname(path) == self._folder and _is_teachers(path)
