"""Whether what somebody sent is taken in: of a flood, only as much as can be answered, and she is told so."""

from __future__ import annotations

from domain.patience import Backlog, Heed, heed
from handlers import incoming
from handlers.dispatch import dispatch
from handlers.turn import Turn
from storage.outbox import REPLY, OutRow


def hear(turn: Turn, content: incoming.Content, backlog: Backlog) -> None:
    """Answer, ask once for patience, or pass over; what is passed over changes nothing."""
    if isinstance(content, incoming.Presence):  # no wish of hers: whether she can be reached at all
        dispatch(turn, content)
        return
    match heed(backlog):
        case Heed.ANSWERED:
            dispatch(turn, content)
        case Heed.ASKED_TO_WAIT:
            _ask_for_patience(turn)
        case Heed.PASSED_OVER:
            pass


def _ask_for_patience(turn: Turn) -> None:
    """Say that nothing counts from here on; the key marks the word while it waits (`storage.inbox`)."""
    word = OutRow(
        platform=turn.here.platform,
        chat_id=turn.here.chat_id,
        priority=REPLY,
        action="send",
        text=turn.desk.texts.render("common.slower"),
        key=f"slower:{turn.inbox_id}",
        created_at=turn.now,
        inbox_id=turn.inbox_id,
    )
    turn.out.append(word)
