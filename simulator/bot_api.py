"""The Bot API over HTTP: token, faults, rules, then the method itself."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from simulator.faults import BlockedByUser, Broken, Fault, LostAnswer, Silence, TooMany
from simulator.flavours import Flavour, Refusal
from simulator.messenger import Messenger
from simulator.methods import perform
from simulator.rules import Violation, check, refuse
from simulator.wire import Call, JsonObject, Refused, read_call, refused
from simulator.world import World


class BotApi:
    """Answers `/<flavour>/bot<token>/<method>`."""

    def __init__(self, world: World) -> None:
        """Play the given world."""
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, unless a fault keeps the answer back."""
        request = Request(scope, receive)
        try:
            messenger = self._messenger(request)
            call = await read_call(request, request.path_params["method"])
        except Refused as refusal:
            await refusal_response(refusal.refusal)(scope, receive, send)
            return
        if self._world.faults.latency:
            await self._world.bell.until(self._closed, self._world.faults.latency)
        match self._world.faults.meet(messenger.platform.flavour, call.method, call.number("chat_id")):
            case Silence():
                await self._say_nothing(request)
            case LostAnswer():
                await self._result(messenger, call)
                await _break_connection(send)
            case fault:
                response = _trouble(fault) if fault else await self._result(messenger, call)
                await response(scope, receive, send)

    def _closed(self) -> bool | None:
        return True if self._world.closing.is_set() else None

    def _messenger(self, request: Request) -> Messenger:
        try:
            messenger = self._world.messengers[Flavour(request.path_params["flavour"])]
        except (KeyError, ValueError):
            raise refused(404, "Not Found") from None
        if request.path_params["token"] != messenger.token:
            raise Refused(messenger.platform.unknown_token)
        return messenger

    async def _result(self, messenger: Messenger, call: Call) -> Response:
        flavour, chat = messenger.platform.flavour, call.number("chat_id")
        self._world.note_overdue()
        flaws = check(call, messenger.platform)
        for flaw in flaws:
            self._world.note(Violation(flavour, call.method, chat, flaw.rule, flaw.detail))
        if chat is not None and call.method.lower() in _PACED:
            self._world.pace.sent(asyncio.get_running_loop().time(), flavour, chat)
        try:
            refuse(flaws, messenger.platform)
            return JSONResponse({"ok": True, "result": await perform(messenger, call)})
        except Refused as refusal:
            return refusal_response(refusal.refusal)

    async def _say_nothing(self, request: Request) -> None:
        gone = asyncio.ensure_future(_hang_up(request))
        closing = asyncio.ensure_future(self._world.closing.wait())
        _, waiting = await asyncio.wait({gone, closing}, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()


_PACED = frozenset({"sendmessage", "sendphoto", "senddocument"})


async def _hang_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _break_connection(send: Send) -> None:
    # A head that promises more than ever comes: the server then closes the connection.
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})


def refusal_response(refusal: Refusal, parameters: JsonObject | None = None) -> Response:
    """Word an error as the Bot API does."""
    body: JsonObject = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    return JSONResponse(body | ({"parameters": parameters} if parameters else {}), refusal.status)


def _trouble(fault: Fault) -> Response:
    match fault:
        case TooMany(plain=True):
            return PlainTextResponse("local_rate_limited", 429)
        case TooMany(retry_after=None):
            return refusal_response(Refusal(429, "Too Many Requests"))
        case TooMany(retry_after=seconds):
            said = Refusal(429, f"Too Many Requests: retry after {seconds}")
            return refusal_response(said, {"retry_after": seconds})
        case BlockedByUser():
            return refusal_response(Refusal(403, "Forbidden: bot was blocked by the user"))
        case Broken(status=status):
            return refusal_response(Refusal(status, HTTPStatus(status).phrase))
        case Silence() | LostAnswer():
            message = f"{fault} has no answer"
            raise AssertionError(message)


class BotFiles:
    """Answers `/<flavour>/file/bot<token>/<path>`."""

    def __init__(self, world: World) -> None:
        """Serve the files of the given world."""
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the bytes of one file."""
        await self._answer(Request(scope, receive))(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        values = request.path_params
        messenger = self._world.messengers.get(values["flavour"])
        if messenger is None or messenger.token != values["token"]:
            return refusal_response(Refusal(404, "Not Found"))
        file = messenger.files.by_path(values["path"])
        if file is None:
            return refusal_response(Refusal(404, "Not Found"))
        return Response(file.content, media_type="application/octet-stream")
