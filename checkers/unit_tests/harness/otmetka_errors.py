"""The classes that stand for the learner's exceptions on the tests' side.

What the tests get by a name of the learner's (`except fizz.MyErr:`) catches what came over the bridge and nothing else: a name may
stand for AssertionError or Exception itself, and would then catch the test's own failure. What is raised is also of the built-in
classes that it derives from, so that `except KeyError:` catches the learner's KeyError and what the learner made of it."""

import builtins


def built_in(kinds):
    """The nearest one of those that the learner's class derives from."""
    for module, name in kinds:
        known = getattr(builtins, name, None) if module == "builtins" else None
        if isinstance(known, type) and issubclass(known, BaseException):
            return known
    raise ValueError("no exception")


class Errors:
    """`kinds` is a class and what it derives from: (module, name) of each, as the other side tells them. Raises on what is none."""

    def __init__(self):
        self._stand_ins = {}  # of built-in classes
        self._own = {}  # the learner's, by module and name
        self._named = set()  # built-in classes that the tests know by a name of the learner's

    def named(self, kinds):
        """What a test gets that asks the learner's module for the class."""
        known = built_in(kinds)
        made = self._own_class(kinds, known)
        if made is None:
            self._named.add(known)
            made = self._stand_in(known)
        return made

    def raised(self, kinds, said, has_other_name):
        """An exception of that class; of the nearest one that can be made of a message, which ExceptionGroup cannot.
        `has_other_name`: the tests may still ask for the class by a name of the learner's, as `except fizz.MyErr:` does."""
        known = built_in(kinds)
        # Raised inside an iterator of the test these would end it, and what was not looked at would have passed (as in PEP 479).
        if issubclass(known, (StopIteration, StopAsyncIteration, GeneratorExit)):
            return RuntimeError("raised " + str(kinds[0][1]))
        made = self._own_class(kinds, known)
        if made is None:
            # ValueError itself where nobody could tell, for `type(error) is ValueError`.
            is_named = has_other_name or not self._named.isdisjoint(known.__mro__)
            made = self._stand_in(known) if is_named else known
        for kind in made.__mro__:
            for make in (kind, lambda *args: kind.__new__(kind, *args)):
                try:
                    return make(str(said)) if said else make()
                except TypeError:
                    pass

    def _own_class(self, kinds, known):
        """A class of the same name for each that the learner made; None: it is a built-in one."""
        made = None
        for module, name in reversed(kinds):
            if module == "builtins":
                continue
            key = (module, name)
            if key not in self._own:
                self._own[key] = type(str(name), (made or self._stand_in(known),), {"__module__": str(module)})
            made = self._own[key]
        return made

    def _stand_in(self, known):
        """A subclass of the built-in class that nothing else derives from; those of its bases are among its own."""
        if known not in self._stand_ins:
            bases = [self._stand_in(base) for base in known.__bases__ if issubclass(base, BaseException)]
            # Without slots: with a room for weak references beside them OSError and Exception could not be put together.
            self._stand_ins[known] = type(known.__name__, (*bases, known), {"__module__": "builtins", "__slots__": ()})
        return self._stand_ins[known]
