"""Updates and answers as they come: JSON, before anyone believes it."""

from __future__ import annotations

import json
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_object(payload: bytes | str) -> JsonObject | None:
    """Return the object, or None where the bytes are anything else."""
    try:
        value: Json = json.loads(
            payload.decode("utf-8", "replace") if isinstance(payload, bytes) else payload
        )
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def compact(value: Json) -> str:
    """Return the JSON that is stored and hashed: the same value always gives the same text.

    Half characters, which no database stores, become question marks.
    """
    return ENCODER.encode(value).encode("utf-8", "replace").decode()
