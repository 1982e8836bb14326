"""How one row of the outbox becomes a call to its platform."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.machine import read_surely
from bot.platforms.messenger import Upload
from bot.platforms.outcome import Outcome, Refused, Sent
from storage.pictures import content_of, picture_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.machine import Machine
    from bot.platforms.messenger import Messenger
    from storage.dispatch import Claim, Shown
    from storage.outbox import Action, OutRow
    from storage.units import Database

NAMES = {
    "image/jpeg": "picture.jpg",
    "image/png": "picture.png",
    "image/webp": "picture.webp",
    "application/pdf": "document.pdf",
    "text/plain": "text.txt",
}
PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})


class Sender:
    """Says what stands in the outbox on one platform."""

    def __init__(self, messenger: Messenger, database: Database, machine: Machine) -> None:
        self._messenger = messenger
        self._database = database
        self._machine = machine

    async def say(self, claimed: Claim) -> tuple[Outcome, Action]:
        """Say one row; also returns as what it went out."""
        out = claimed.out
        match out.action:
            case "photo" | "document":
                return await self._show(out)
            case "edit":
                return await self._edit(out, claimed.shown), "edit"
            case "send":
                return await self._send(out), "send"

    async def _send(self, out: OutRow) -> Outcome:
        if not out.text:
            return Refused("there is nothing to be said")
        return await self._messenger.send(out.chat_id, out.text, out.keyboard)

    async def _edit(self, out: OutRow, card: Shown | None) -> Outcome:
        """Change the card's message; where that cannot be done, say it anew."""
        if card is None:
            return await self._send(out)
        edit = self._messenger.edit_caption if card.has_caption else self._messenger.edit
        outcome = await edit(out.chat_id, card.message_id, out.text or "", out.keyboard)
        match outcome:
            case Sent():
                return Sent(None)  # some platforms answer an edit with a made-up id: only sending tells ids
            case Refused():
                return await self._send(out)
            case _:
                return outcome

    async def _show(self, out: OutRow) -> tuple[Outcome, Action]:
        """Send a picture or file; where it cannot be had or the text is too long for it, the text alone."""
        found = await read_surely(self._database, self._machine, partial(self._sendable, out=out))
        too_long = len(self._messenger.render(out.text or "")) > self._messenger.longest_caption
        if found is None or too_long:
            return await self._send(out), "send"
        file, action = found
        send = self._messenger.send_photo if action == "photo" else self._messenger.send_document
        outcome = await send(out.chat_id, file, out.text, out.keyboard)
        if isinstance(outcome, Refused) and out.text:
            return await self._send(out), "send"
        return outcome, action

    def _sendable(self, conn: Connection, out: OutRow) -> tuple[str | Upload, Action] | None:
        if out.picture_id is None:
            return None
        picture = picture_of(conn, out.picture_id)
        if picture.platform == out.platform:
            return picture.file_id, "document" if picture.as_document else "photo"
        if picture.sha256 is None:
            return None
        file = content_of(conn, picture.sha256)
        as_photo = file.mime in PHOTOS and not picture.as_document and out.action == "photo"
        upload = Upload(NAMES.get(file.mime, "file.bin"), file.content)
        return upload, "photo" if as_photo else "document"
