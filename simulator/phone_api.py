"""The phones over HTTP: listed, added, and used as their people would."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from simulator import acts
from simulator.flavours import Flavour
from simulator.messages import Contact, Phone
from simulator.messenger import Chat, Messenger
from simulator.views import chat_view, message_view, phone_view
from simulator.wire import Json, JsonObject, Refused, parsed
from simulator.world import World

FIRST_GUEST = 990_001


class PhoneApi:
    """The phones of one world."""

    def __init__(self, world: World) -> None:
        """Use the given world."""
        self._world = world

    def routes(self) -> list[BaseRoute]:
        """List the addresses."""
        return [
            Route("/api/phones", self.phones),
            Route("/api/phones", self.add_phone, methods=["POST"]),
            Route("/api/phones/{id}/messages", self.messages),
            Route("/api/phones/{id}/picture", self.send_file, methods=["POST"]),
            Route("/api/phones/{id}/{act}", self.act, methods=["POST"]),
        ]

    async def phones(self, request: Request) -> Response:
        """List the phones."""
        del request
        return JSONResponse([phone_view(chat.phone, blocked=chat.blocked) for chat in self._world.chats])

    async def messages(self, request: Request) -> Response:
        """Give everything that stands on one phone."""
        return await answered(self._messages, request)

    async def _messages(self, request: Request) -> Json:
        return chat_view(self._world.find(request.path_params["id"])[1])

    async def add_phone(self, request: Request) -> Response:
        """Switch a new phone on."""
        return await answered(self._add_phone, request)

    async def _add_phone(self, request: Request) -> Json:
        asked = await asked_object(request)
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
        return await answered(self._act, request)

    async def _act(self, request: Request) -> Json:
        messenger, chat = self._world.find(request.path_params["id"])
        asked = await asked_object(request)
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
        return await answered(self._send_file, request)

    async def _send_file(self, request: Request) -> Json:
        messenger, chat = self._world.find(request.path_params["id"])
        query = request.query_params
        kind = acts.kind_of(query.get("as", "picture"))
        name = query.get("name", "picture.png")
        sent = acts.send_file(messenger, chat, await request.body(), name, kind, query.get("caption", ""))
        return message_view(chat.phone, sent)


async def answered(act: Callable[[Request], Awaitable[Json]], request: Request) -> Response:
    """Answer with what an act gives, or with why it cannot be done."""
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


async def asked_object(request: Request) -> JsonObject:
    """Read the JSON object a request brings. CannotAct when it brings something else."""
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
