"""The two messengers that are played, and the facts in which they differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Flavour(StrEnum):
    """Which messenger is meant; also the first part of its address."""

    TELEGRAM = "telegram"
    BALE = "bale"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error as the platform words it: HTTP status and description."""

    status: int
    description: str


@dataclass(frozen=True, slots=True)
class Platform:
    """What is true of one messenger and not of the other."""

    flavour: Flavour
    link_hosts: tuple[str, ...]
    first_update_id: int
    kept_updates: int
    message_ids_per_chat: bool
    edits_answer_with_stub: bool
    webhook_has_secret: bool
    webhook_ports: frozenset[int] | None
    honours_dropping: bool
    honours_allowed_updates: bool
    reads_html: bool
    drops_bad_markup: bool
    refuses_same_edit: bool
    tells_of_blocking: bool
    marks_commands: bool
    names_chat_instance: bool
    unknown_chat: Refusal
    unknown_token: Refusal
    unknown_method: Refusal


TELEGRAM = Platform(
    flavour=Flavour.TELEGRAM,
    link_hosts=("t.me", "telegram.me"),
    first_update_id=880_000_001,
    kept_updates=100_000,
    message_ids_per_chat=False,
    edits_answer_with_stub=False,
    webhook_has_secret=True,
    webhook_ports=frozenset({80, 88, 443, 8443}),
    honours_dropping=True,
    honours_allowed_updates=True,
    reads_html=True,
    drops_bad_markup=False,
    refuses_same_edit=True,
    tells_of_blocking=True,
    marks_commands=True,
    names_chat_instance=True,
    unknown_chat=Refusal(400, "Bad Request: chat not found"),
    unknown_token=Refusal(401, "Unauthorized"),
    unknown_method=Refusal(404, "Not Found: method not found"),
)

BALE = Platform(
    flavour=Flavour.BALE,
    link_hosts=("ble.ir",),
    first_update_id=0,
    kept_updates=2_000,
    message_ids_per_chat=True,
    edits_answer_with_stub=True,
    webhook_has_secret=False,
    webhook_ports=frozenset({88, 443}),
    honours_dropping=False,
    honours_allowed_updates=False,
    reads_html=False,
    drops_bad_markup=True,
    refuses_same_edit=False,
    tells_of_blocking=False,
    marks_commands=False,
    names_chat_instance=False,
    unknown_chat=Refusal(404, "Not Found: no such group or user"),
    unknown_token=Refusal(403, "Token not found"),
    unknown_method=Refusal(404, "Not Found"),
)

PLATFORMS = {Flavour.TELEGRAM: TELEGRAM, Flavour.BALE: BALE}
