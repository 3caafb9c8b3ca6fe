"""The tests' side of `isolation: bridge`: modules that are called as the learner's are, and ask the other cell for every value.
Nothing of the learner's runs here."""

import importlib.machinery
import os
import sys
import types

import otmetka_errors
import otmetka_values as values


class Stopped(BaseException):
    """The learner's program is gone, or answered what no honest one does. No `except Exception` of a test catches it."""


class Link:
    """`spoiled` is why the test cannot pass any more, whatever becomes of it: (word, detail)."""

    def __init__(self, reader, writer):
        self._reader = reader
        self._writer = writer
        self._errors = otmetka_errors.Errors()
        self._folder = os.getcwd()
        self._names = None
        self.spoiled = None

    def spoil(self, word, detail):
        if self.spoiled is None:
            self.spoiled = (word, detail)
        raise Stopped(word, detail)

    def ask(self, originals=(), **question):
        """The reply, unless the learner's code raised: then so does this. `originals` are the arguments, which it may change."""
        if self.spoiled is not None:
            raise Stopped(*self.spoiled)
        line = self._exchange(values.write(question).encode() + b"\n")
        try:
            reply = values.read(line)
            for index, now in reply.get("changed", ()):
                restore(originals[index], values.unpack(now))
            if "value" in reply:
                reply["value"] = values.unpack(reply["value"])
            error = self._error(reply["raised"], reply["said"], reply.get("other_name") is True) if "raised" in reply else None
            refused = str(reply["refused"])[:80] if "refused" in reply else None
        except Exception as unfit:
            self.spoil("nonsense", "%s: %s" % (type(unfit).__name__, unfit))
        if refused is not None:
            self.spoil("not_plain", refused)
        if error is not None:
            raise error
        return reply

    def _exchange(self, line):
        try:
            self._writer.write(line)
            self._writer.flush()
            reply = self._reader.readline(values.MOST_BYTES + 1)
        except OSError:
            reply = b""
        if len(reply) > values.MOST_BYTES:
            self.spoil("nonsense", "longer than %d bytes" % values.MOST_BYTES)
        if not reply.endswith(b"\n"):
            self.spoil("stopped", "")
        return reply

    def named_error(self, kinds):
        try:
            return self._errors.named(kinds)
        except Exception as unfit:
            self.spoil("nonsense", "%s: %s" % (type(unfit).__name__, unfit))

    def _error(self, kinds, said, has_other_name):
        return self._errors.raised(kinds, said, has_other_name)

    def names_for(self, names, importing):
        """What of the learner's names `import *` brings into a namespace of the teacher's."""
        if type(names) is not list or not all(type(name) is str for name in names):
            self.spoil("nonsense", "no list of names")
        if self._names is None:
            import otmetka_names

            self._names = otmetka_names.Names(self._folder)
        return self._names.let_in(names, importing)


def restore(old, new):
    """Puts what the learner's function did to an argument into the test's own object."""
    if isinstance(old, list) and type(new) is list:
        if len(old) == len(new):
            new = [restore(*pair) for pair in zip(old, new)]
        old[:] = new
    elif isinstance(old, dict) and type(new) is dict:
        kept = {key: restore(old[key], item) if key in old else item for key, item in new.items()}
        old.clear()
        old.update(kept)
    elif isinstance(old, set) and type(new) is set:
        old.clear()
        old.update(new)
    else:
        return new
    return old


class LearnerModule(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        link = self.__spec__.loader.link
        reply = link.ask(ask="get", module=self.__name__, name=name)
        if name == "__all__":
            return link.names_for(reply.get("value"), sys._getframe(1).f_globals)
        if "value" in reply:
            return reply["value"]
        if "exception" in reply:
            made = link.named_error(reply["exception"])
        elif "function" in reply:
            made = function(link, self.__name__, name, reply["function"])
        else:
            raise AttributeError("module %r has no attribute %r" % (self.__name__, name))
        setattr(self, name, made)
        return made


def function(link, module, name, about):
    def ask(*args, **named):
        try:
            packed = [values.pack(arg) for arg in args]
            packed_names = {key: values.pack(arg) for key, arg in named.items()}
        except values.NotPlain as unfit:
            link.spoil("argument", str(unfit))
        return link.ask(args, ask="call", module=module, name=name, args=packed, named=packed_names).get("value")

    ask.__name__ = ask.__qualname__ = name
    ask.__module__ = module
    ask.__doc__ = about if type(about) is str else None
    return ask


class Finder:
    """Stands first among the finders, so that the learner's modules are never looked for among files."""

    def __init__(self, link, names):
        self.link = link
        self._names = names

    def find_spec(self, fullname, path=None, target=None):
        return importlib.machinery.ModuleSpec(fullname, self) if fullname in self._names else None

    def create_module(self, spec):
        return LearnerModule(spec.name)

    def exec_module(self, module):
        self.link.ask(ask="import", module=module.__name__)


def install(link, names):
    sys.meta_path.insert(0, Finder(link, frozenset(names)))
