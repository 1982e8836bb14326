"""The webhook: platforms bring updates to an address nobody can guess, and hear 200 once they are stored."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, NoReturn

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from telegram.error import TelegramError

from bot.platforms.raw import json_object
from bot.platforms.request import Throttled
from storage.units import DatabaseUnavailable

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.intake import Intake
    from bot.machine import Machine
    from bot.platforms.messenger import Messenger
    from bot.pulse import Pulse

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 the header's name
LARGEST_BODY = 1 << 20
REASK_SECONDS = 3600.0


class Webhook:
    """The entrance of one platform."""

    def __init__(self, messenger: Messenger, token: str, public_url: str) -> None:
        self._messenger = messenger
        self.secret = _derived(token, "secret")
        self._path = f"/{messenger.platform}/{_derived(token, 'path')}"
        self.url = public_url + self._path

    async def register(self, machine: Machine, pulse: Pulse) -> NoReturn:
        """Have updates brought here, and say so again every hour: another process may have changed it."""
        failures = 0
        while True:
            try:
                await self._messenger.ask_for_webhook(self.url, self.secret)
            except TelegramError as error:
                pulse.ill(self._messenger.platform, str(error))
                await machine.pause(
                    error.after if isinstance(error, Throttled) else machine.backoff(failures)
                )
                failures += 1
            else:
                pulse.well(self._messenger.platform)
                failures = 0
                await machine.pause(REASK_SECONDS)

    def route(self, intake: Intake) -> Route:
        """Return the page the platform calls."""

        async def receive(request: Request) -> PlainTextResponse:
            return await self._receive(request, intake)

        return Route(self._path, receive, methods=["POST"])

    async def _receive(self, request: Request, intake: Intake) -> PlainTextResponse:
        if not self._is_platform(request):
            return PlainTextResponse("not for you", 403)
        try:
            body = await _limited(request)
        except ClientDisconnect:
            return PlainTextResponse("not the whole update came", 400)
        if body is None:
            return PlainTextResponse("too large", 413)
        update = json_object(body)
        if update is None:
            return PlainTextResponse("a JSON object is expected", 400)
        try:
            await intake.take(self._messenger, [update])
        except DatabaseUnavailable:  # not acknowledged: the platform brings it again
            return PlainTextResponse("again later", 503)
        return PlainTextResponse("")

    def _is_platform(self, request: Request) -> bool:
        """Check the secret where the platform sends one; the path alone is secret already."""
        if not self._messenger.sends_secret:
            return True
        return hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self.secret.encode())


def _derived(token: str, purpose: str) -> str:
    return hmac.new(token.encode(), f"webhook {purpose}".encode(), "sha256").hexdigest()[:48]


async def _limited(request: Request) -> bytes | None:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
