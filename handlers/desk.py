"""The front desk: an update comes in, rows go out. Everything here runs inside one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection
from telegram import Update

from handlers import incoming, ticks
from handlers.arrival import Arrival
from handlers.heeding import hear
from handlers.turn import Desk as Tools
from handlers.turn import Turn
from storage import people

COMMANDS = {
    "menu": "help.command_menu",
    "help": "help.command_help",
    "back": "help.command_back",
    "cancel": "help.command_cancel",
}


class Desk:
    """What the wiring calls; it keeps nothing between updates."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    @property
    def commands(self) -> Mapping[str, str]:
        """The slash commands with what each does."""
        return {command: self._tools.texts.render(text) for command, text in COMMANDS.items()}

    def handle(self, conn: Connection, arrival: Arrival, update: Update) -> str | None:
        """Do and say what one update asks for; return the tap, if it was one, that waits for its end."""
        read = incoming.read(update)
        if read is None:
            return None
        turn = self._turn(conn, arrival, read.sender)
        hear(turn, read.content, arrival.backlog)
        turn.finish()
        return _tap(read.content)

    def handle_failure(self, conn: Connection, arrival: Arrival, update: Update) -> str | None:
        """Tell the person that this one could not be worked off; her money and answers are as before."""
        read = incoming.read(update)
        if read is None:
            return None
        turn = self._turn(conn, arrival, read.sender)
        turn.say("common.our_mistake")
        turn.finish()
        return _tap(read.content)

    def tick(self, conn: Connection, now: datetime) -> None:
        """Do what has fallen due."""
        ticks.run(self._tools, conn, now)

    def _turn(self, conn: Connection, arrival: Arrival, sender: incoming.Sender) -> Turn:
        account, person = people.who_wrote(
            conn, arrival.platform, sender.user_id, sender.chat_id, arrival.received_at
        )
        if account.unreachable:
            people.set_reachable(conn, account.id, None)
        if person is not None and not account.preferred:
            people.prefer_account(conn, person.id, account.id)
        return Turn(self._tools, conn, arrival.received_at, account, arrival.inbox_id, person=person)


def _tap(content: incoming.Content) -> str | None:
    return content.callback_id if isinstance(content, incoming.Tap) else None
