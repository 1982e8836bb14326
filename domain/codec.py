"""Facts and answers as JSON that remembers its types, so that what is stored is what is read back.

A value that JSON lacks is an object with one key, "$" and its type: {"$rial": 5000000}. The caller names the
dataclasses that may be written and read: stored text never chooses a class by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction

from domain.money import Rial

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class Codec:
    """Writes and reads JSON, rials, fractions, days, moments, tuples, and the types it is given."""

    def __init__(self, types: Mapping[str, type]) -> None:
        self._types = dict(types)
        self._names = {kind: name for name, kind in types.items()}

    def dumps(self, value: object) -> str:
        """Return compact text; TypeError for a type it was not given."""
        return _COMPACT.encode(self.dump(value))

    def loads(self, stored: str) -> object:
        """Read `dumps` back; ValueError for a type it was not given."""
        return self.load(json.loads(stored))

    def dump(self, value: object) -> Json:
        match value:
            case Enum():
                return {f"${self._known(value)}": value.value}
            case None | bool() | int() | str():
                return value
            case Rial():
                return {"$rial": value.rials}
            case Fraction():
                return {"$fraction": str(value)}
            case datetime():
                return {"$moment": value.astimezone(UTC).isoformat()}
            case date():
                return {"$day": value.isoformat()}
            case tuple() | list():
                return [self.dump(item) for item in value]
            case Mapping():
                return {str(name): self.dump(item) for name, item in value.items()}
            case _ if is_dataclass(value):
                return {f"${self._known(value)}": [self.dump(getattr(value, f.name)) for f in fields(value)]}
            case _:
                raise TypeError(f"cannot store a {type(value).__name__}")

    def load(self, stored: Json) -> object:
        match stored:
            case list():
                return tuple(self.load(item) for item in stored)
            case dict() if len(stored) == 1 and (name := next(iter(stored))).startswith("$"):
                return self._tagged(name[1:], stored[name])
            case dict():
                return {name: self.load(item) for name, item in stored.items()}
            case _:
                return stored

    def _tagged(self, name: str, value: Json) -> object:
        match name, value:
            case "rial", int():
                return Rial(value)
            case "day", str():
                return date.fromisoformat(value)
            case "fraction", str():
                return Fraction(value)
            case "moment", str():
                return datetime.fromisoformat(value)
            case _, list() if name in self._types:
                return self._types[name](*(self.load(item) for item in value))
            case _ if name in self._types:
                return self._types[name](value)
            case _:
                raise ValueError(f"a stored value of an unknown type: {name}")

    def _known(self, value: object) -> str:
        if type(value) not in self._names:
            raise TypeError(f"the codec was not given {type(value).__name__}")
        return self._names[type(value)]
