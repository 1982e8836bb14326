"""A fault ordered over HTTP, read from JSON."""

from __future__ import annotations

from simulator.faults import BlockedByUser, Broken, Fault, Faults, LostAnswer, Silence, TooMany
from simulator.flavours import Flavour
from simulator.wire import Json, JsonObject


def order_fault(faults: Faults, asked: JsonObject) -> None:
    """Order what is asked: a kind of fault, a latency, or both. ValueError for an unknown kind."""
    latency = _number(asked.get("latency_ms"))
    if latency is not None:
        faults.latency = latency / 1000
    if "kind" not in asked:
        return
    methods = asked.get("methods")
    faults.order(
        _fault(asked),
        Flavour(str(asked.get("flavour"))),
        chat=_number(asked.get("chat")),
        methods=tuple(name for name in methods if isinstance(name, str)) if isinstance(methods, list) else (),
        times=_number(asked.get("times")) or 1,
        seconds=_number(asked.get("seconds")),
    )


def _fault(asked: JsonObject) -> Fault:
    match asked["kind"]:
        case "too_many":
            return TooMany(_number(asked.get("retry_after")), asked.get("plain") is True)
        case "broken":
            return Broken(_number(asked.get("status")) or 502)
        case "silence":
            return Silence()
        case "lost_answer":
            return LostAnswer()
        case "blocked":
            return BlockedByUser()
        case kind:
            message = f"unknown kind of fault: {kind}"
            raise ValueError(message)


def _number(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
