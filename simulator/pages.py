"""What the page and a test over HTTP can ask for: its files, the phones, their acts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from simulator import acts
from simulator.flavours import Flavour
from simulator.messages import Contact, Phone
from simulator.messenger import Chat, Messenger
from simulator.orders import order_fault
from simulator.stream import events
from simulator.views import chat_view, message_view, phone_view, violation_view
from simulator.wire import Json, JsonObject, Refused, parsed
from simulator.world import World

STATIC = Path(__file__).parent / "static"
FIRST_GUEST = 990_001
_SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class Pages:
    """The routes of the page, for one world."""

    def __init__(self, world: World) -> None:
        """Serve the given world."""
        self._world = world

    def routes(self) -> list[BaseRoute]:
        """List the addresses."""
        return [
            Route("/", self.page),
            Route("/phone/{id}", self.page),
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/events", self.events),
            Route("/api/phones", self.phones),
            Route("/api/phones", self.add_phone, methods=["POST"]),
            Route("/api/phones/{id}/messages", self.messages),
            Route("/api/phones/{id}/picture", self.send_file, methods=["POST"]),
            Route("/api/phones/{id}/{act}", self.act, methods=["POST"]),
            Route("/api/files/{flavour}/{file}", self.file),
            Route("/api/violations", self.violations),
            Route("/api/faults", self.order_fault, methods=["POST"]),
            Route("/api/faults", self.clear_faults, methods=["DELETE"]),
        ]

    async def page(self, request: Request) -> Response:
        """Give the one page; its script reads from the address which phones to show."""
        del request
        return FileResponse(STATIC / "index.html", headers=_PAGE_HEADERS)

    async def events(self, request: Request) -> Response:
        """Stream what happens."""
        return events(self._world, request)

    async def phones(self, request: Request) -> Response:
        """List the phones."""
        del request
        return JSONResponse([phone_view(chat.phone, blocked=chat.blocked) for chat in self._world.chats])

    async def messages(self, request: Request) -> Response:
        """Give everything that stands on one phone."""
        return await _answered(self._messages, request)

    async def _messages(self, request: Request) -> Json:
        return chat_view(self._world.find(request.path_params["id"])[1])

    async def add_phone(self, request: Request) -> Response:
        """Switch a new phone on."""
        return await _answered(self._add_phone, request)

    async def _add_phone(self, request: Request) -> Json:
        asked = await _asked(request)
        flavour = Flavour(_text(asked, "flavour"))
        wished = asked.get("user_id")
        name = _text(asked, "name").strip()[:64]
        if not name:
            raise acts.CannotAct("a phone needs a name")
        user_id = wished if isinstance(wished, int) else self._next_guest(flavour)
        phone = Phone(flavour, user_id, name, _text(asked, "number"), _text(asked, "label"))
        return phone_view(self._world.add(phone).phone, blocked=False)

    def _next_guest(self, flavour: Flavour) -> int:
        taken = self._world.messengers[flavour].chats
        return max([FIRST_GUEST - 1, *taken]) + 1

    async def act(self, request: Request) -> Response:
        """Do on a phone what its person does."""
        return await _answered(self._act, request)

    async def _act(self, request: Request) -> Json:
        messenger, chat = self._world.find(request.path_params["id"])
        asked = await _asked(request)
        match request.path_params["act"]:
            case "say":
                return message_view(chat.phone, acts.say(messenger, chat, _text(asked, "text")))
            case "start":
                return message_view(chat.phone, acts.start(messenger, chat, _text(asked, "payload")))
            case "press":
                return message_view(chat.phone, acts.press(messenger, chat, _text(asked, "text")))
            case "edit":
                changed = acts.edit(messenger, chat, _number(asked, "message"), _text(asked, "text"))
                return message_view(chat.phone, changed)
            case "contact":
                shared = acts.share_contact(messenger, chat, _contact(chat, asked))
                return message_view(chat.phone, shared)
            case name:
                return self._act_silently(name, messenger, chat, asked)

    def _act_silently(self, name: str, messenger: Messenger, chat: Chat, asked: JsonObject) -> Json:
        match name:
            case "tap":
                message = chat.messages.get(_number(asked, "message"))
                if message is None:
                    raise acts.CannotAct("no such message")
                acts.tap(messenger, message, _number(asked, "row"), _number(asked, "column"))
            case "open":
                others = self._world.others(messenger)
                return {"outcome": acts.open_link(messenger, others, chat, _text(asked, "url"))}
            case "block":
                acts.block(messenger, chat)
            case "unblock":
                acts.unblock(messenger, chat)
            case "repeat":
                messenger.updates.repeat_last()
            case _:
                raise LookupError(name)
        return {}

    async def send_file(self, request: Request) -> Response:
        """Send the body of the request as a picture, or as a document."""
        return await _answered(self._send_file, request)

    async def _send_file(self, request: Request) -> Json:
        messenger, chat = self._world.find(request.path_params["id"])
        query = request.query_params
        kind = acts.kind_of(query.get("as", "picture"))
        name = query.get("name", "picture.png")
        sent = acts.send_file(messenger, chat, await request.body(), name, kind, query.get("caption", ""))
        return message_view(chat.phone, sent)

    async def file(self, request: Request) -> Response:
        """Give a file to the page; only true pictures are shown, all else is saved."""
        messenger = self._world.messengers.get(request.path_params["flavour"])
        try:
            file = messenger.files.by_id(request.path_params["file"]) if messenger else None
        except Refused:
            file = None
        if file is None:
            return Response(status_code=404)
        shown = file.mime in _SHOWN_TYPES
        place = "inline" if shown else f"attachment; filename*=UTF-8''{quote(file.name)}"
        return Response(
            file.content,
            media_type=file.mime if shown else "application/octet-stream",
            headers={"Content-Disposition": place, "X-Content-Type-Options": "nosniff"},
        )

    async def violations(self, request: Request) -> Response:
        """List the rules the bot broke."""
        del request
        world = self._world
        world.note_overdue()
        listed: list[Json] = [violation_view(violation) for violation in world.violations]
        paced: list[Json] = [
            {
                "flavour": warning.flavour,
                "chat": warning.chat,
                "count": warning.count,
                "seconds": warning.seconds,
            }
            for warning in world.pace.warnings
        ]
        return JSONResponse({"count": world.violation_count, "violations": listed, "pace_warnings": paced})

    async def order_fault(self, request: Request) -> Response:
        """Order trouble for the bot's next requests."""
        return await _answered(self._order_fault, request)

    async def _order_fault(self, request: Request) -> Json:
        order_fault(self._world.faults, await _asked(request))
        return {}

    async def clear_faults(self, request: Request) -> Response:
        """Let everything work again."""
        del request
        self._world.faults.clear()
        return JSONResponse({})


_PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; base-uri 'none';"
    " form-action 'none'",
}


async def _answered(act: Callable[[Request], Awaitable[Json]], request: Request) -> Response:
    if not _same_origin(request):
        return JSONResponse({"error": "another site may not use the phones"}, 403)
    try:
        return JSONResponse(await act(request))
    except LookupError:
        return JSONResponse({"error": "not found"}, 404)
    except (acts.CannotAct, Refused, ValueError) as error:
        return JSONResponse({"error": str(error)}, 400)


def _same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def _asked(request: Request) -> JsonObject:
    value = parsed(await request.body() or b"{}")
    if not isinstance(value, dict):
        raise acts.CannotAct("a JSON object is expected")
    return value


def _text(asked: JsonObject, name: str) -> str:
    value = asked.get(name, "")
    return value if isinstance(value, str) else ""


def _number(asked: JsonObject, name: str) -> int:
    value = asked.get(name)
    return value if isinstance(value, int) else -1


def _contact(chat: Chat, asked: JsonObject) -> Contact:
    own = acts.own_contact(chat, with_user_id=asked.get("with_user_id") is not False)
    number = asked.get("number")
    if isinstance(number, (str, int)) and number:
        user_id = asked.get("user_id")
        return Contact(
            number, _text(asked, "name") or own.first_name, user_id if isinstance(user_id, int) else None
        )
    return own
