"""Plain values as JSON, and back. Both cells have this file; what comes out of unpack() is of exact built-in types,
whatever the other side's classes pretend to be."""

import json

MOST_BYTES = 8 << 20  # of one message
MOST_DEPTH = 100
_EXACT = 1 << 53


class NotPlain(Exception):
    """A value that cannot travel; the argument is the name of its type."""


def pack(value, depth=0):
    """What json can write. Subclasses go by value, by the methods of the built-in class and not their own."""
    kind = type(value)
    if value is None or kind is bool:
        return value
    if depth > MOST_DEPTH:
        raise NotPlain("nested deeper than %d" % MOST_DEPTH)
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, int):
        number = int.__pos__(value)
        return number if -_EXACT < number < _EXACT else {"int": hex(number)}
    if issubclass(kind, float):
        return {"float": float.hex(value)}
    if issubclass(kind, bytes):
        return {"bytes": bytes.hex(value)}
    for base in (list, tuple):
        if issubclass(kind, base):
            return {base.__name__: [pack(item, depth + 1) for item in base.__iter__(value)]}
    if issubclass(kind, dict):
        return {"dict": [[pack(key, depth + 1), pack(item, depth + 1)] for key, item in dict.items(value)]}
    for base in (set, frozenset):
        if issubclass(kind, base):  # in one order, so that equal sets have equal texts
            return {base.__name__: sorted((pack(item, depth + 1) for item in base.__iter__(value)), key=write)}
    raise NotPlain(kind.__name__)


def unpack(data, depth=0):
    """The value of what read() has given. Raises on anything that pack() does not make: nothing here is trusted."""
    kind = type(data)
    if data is None or kind in (bool, int, str):
        return data
    if kind is not dict or len(data) != 1 or depth > MOST_DEPTH:
        raise ValueError("no packed value")
    (tag, body), = data.items()
    if type(body) is not (list if tag in _OF_ITEMS else str):
        raise ValueError("no packed value")
    if tag == "dict":
        return {unpack(key, depth + 1): unpack(item, depth + 1) for key, item in body}
    if tag in _OF_ITEMS:
        return _OF_ITEMS[tag]([unpack(item, depth + 1) for item in body])
    return _OF_TEXT[tag](body)


_OF_ITEMS = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset, "dict": dict}
_OF_TEXT = {"int": lambda digits: int(digits, 16), "float": float.fromhex, "bytes": bytes.fromhex}


def write(data):
    return json.dumps(data, separators=(",", ":"))


def _refuse(literal):
    raise ValueError("no packed value: " + literal[:20])


def read(line):
    """A message. Raises ValueError and its like for what is none."""
    return json.loads(line, parse_float=_refuse, parse_constant=_refuse)
