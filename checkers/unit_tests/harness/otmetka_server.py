"""The learner's side of `isolation: bridge`: imports the learner's files and calls their functions on request, one JSON line
each way. It knows no test and no expected value, and nothing it says is believed beyond being a value."""

import sys

del sys.path[0]  # what follows comes from the library, whatever the learner's files are called

import importlib
import os

sys.path.insert(0, os.getcwd())
import otmetka_values as values

sys.dont_write_bytecode = True


def take_streams():
    """The protocol's descriptors, moved away from where print() and input() look."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    os.close(nothing)
    return reader, writer


def kinds_of(error_class):
    """The class and what it derives from: the other side makes one of the same names."""
    return [[str(kind.__module__), str(kind.__qualname__)] for kind in error_class.__mro__]


asked = {}  # the modules that the tests have imported


def has_other_name(error_class):
    """Whether a built-in class that it derives from is also called otherwise, `MyErr = ValueError`."""
    for module in asked.values():
        for value in list(vars(module).values()):
            if isinstance(value, type) and value in error_class.__mro__ and value.__module__ == "builtins" and value is not object:
                return True
    return False


def raised(error):
    try:
        said = str(error)[:2000]
    except Exception:
        said = ""
    return {"raised": kinds_of(type(error)), "said": said, "other_name": has_other_name(type(error))}


def value_or_refusal(value):
    try:
        return {"value": values.pack(value)}
    except values.NotPlain as unfit:
        return {"refused": str(unfit)}


def travels(value):
    try:
        values.pack(value)
    except values.NotPlain:
        return callable(value)
    return True


def names_of(module):
    """What `from module import *` brings: modules that it has imported itself stay behind."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    return [name for name, value in vars(module).items() if not name.startswith("_") and travels(value)]


def get(question):
    module = importlib.import_module(question["module"])
    if question["name"] == "__all__":
        return {"value": values.pack(names_of(module))}
    if not hasattr(module, question["name"]):
        return {"missing": True}
    found = getattr(module, question["name"])
    if isinstance(found, type) and issubclass(found, BaseException):
        return {"exception": kinds_of(found)}
    if callable(found):
        about = getattr(found, "__doc__", None)
        return {"function": about if type(about) is str else None}
    return value_or_refusal(found)


def call(question):
    function = getattr(importlib.import_module(question["module"]), question["name"])
    args = [values.unpack(arg) for arg in question["args"]]
    named = {name: values.unpack(arg) for name, arg in question["named"].items()}
    try:
        reply = value_or_refusal(function(*args, **named))
    except BaseException as error:
        reply = raised(error)
    try:
        changed = [[i, now] for i, now in enumerate(map(values.pack, args)) if values.write(now) != values.write(question["args"][i])]
    except values.NotPlain as unfit:
        return {"refused": str(unfit)}
    if changed:
        reply["changed"] = changed
    return reply


def load(question):
    asked[question["module"]] = importlib.import_module(question["module"])
    return {"value": None}


def serve():
    reader, writer = take_streams()
    handlers = {"get": get, "call": call, "import": load}
    for line in iter(reader.readline, b""):
        question = values.read(line)
        try:
            reply = handlers[question["ask"]](question)
        except BaseException as error:
            reply = raised(error)
        writer.write(values.write(reply).encode() + b"\n")
        writer.flush()


if __name__ == "__main__":
    serve()
