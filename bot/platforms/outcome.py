"""What became of a request to a platform: one closed union, whatever the platform answered."""

from __future__ import annotations

from dataclasses import dataclass

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.platforms.request import NotSent, Throttled

NO_SUCH_CHAT = "chat not found"
UNCHANGED = "message is not modified"


@dataclass(frozen=True, slots=True)
class Sent:
    """Delivered; the id is None where the platform told none that can be used."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not delivered; the platform asks for patience, in seconds."""

    after: float


@dataclass(frozen=True, slots=True)
class NotNow:
    """Surely not delivered; nothing is wrong with the message."""

    reason: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may or may not have been delivered."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person blocked the bot or the chat is gone."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """This message will never be accepted."""

    reason: str


Outcome = Sent | RetryLater | NotNow | Uncertain | Unreachable | Refused


def outcome_of(error: TelegramError) -> Outcome:
    """Say what an error means for the message; odd wordings are rewritten before."""
    reason = str(error)
    match error:
        case Throttled():
            return RetryLater(error.after)
        case NotSent() | InvalidToken():
            return NotNow(reason)
        case Forbidden():
            return Unreachable(reason)
        case BadRequest():
            return _of_bad_request(reason)
        case Conflict():
            return Refused(reason)
        case NetworkError():
            return Uncertain(reason)
        case _:
            return Uncertain(reason)


def _of_bad_request(reason: str) -> Outcome:
    lower = reason.lower()
    if UNCHANGED in lower:
        return Sent(None)
    return Unreachable(reason) if NO_SUCH_CHAT in lower else Refused(reason)
