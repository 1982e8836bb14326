"""What the page is told: phones, messages and happenings as JSON."""

from __future__ import annotations

from simulator.feed import (
    ActionShown,
    Event,
    Happening,
    KeyboardShown,
    MessageShown,
    PhoneChanged,
    RuleBroken,
    ToastShown,
)
from simulator.files import StoredFile
from simulator.markup import InlineButton, ReplyKeyboard
from simulator.messages import Message, Phone
from simulator.messenger import Chat
from simulator.rules import Violation
from simulator.wire import Json, JsonObject


def phone_view(phone: Phone, *, blocked: bool) -> JsonObject:
    """Describe a phone without its chat."""
    return {
        "id": phone.id,
        "flavour": phone.flavour,
        "name": phone.first_name,
        "number": phone.number,
        "label": phone.label,
        "shown": phone.shown,
        "blocked": blocked,
    }


def chat_view(chat: Chat) -> JsonObject:
    """Describe a phone with everything that stands on it."""
    shown: list[Json] = [
        message_view(chat.phone, message) for message in chat.messages.values() if not message.deleted
    ]
    return phone_view(chat.phone, blocked=chat.blocked) | {
        "messages": shown,
        "keyboard": _keyboard(chat.keyboard),
    }


def message_view(phone: Phone, message: Message) -> JsonObject:
    """Describe a message; entities count UTF-16 units, as the page's strings do."""
    contact = message.contact
    return {
        "id": message.id,
        "mine": not message.from_bot,
        "time": message.sent,
        "edited": message.edited is not None,
        "deleted": message.deleted,
        "text": message.text,
        "entities": [entity.as_json() for entity in message.body.entities],
        "buttons": [[_button(button) for button in row] for row in message.inline_rows],
        "file": None if message.file is None else _file(phone, message.file),
        "contact": None if contact is None else {"name": contact.first_name, "number": str(contact.number)},
    }


def _button(button: InlineButton) -> JsonObject:
    return {"text": button.text, "url": button.url, "copy": button.copy}


def _file(phone: Phone, file: StoredFile) -> JsonObject:
    return {
        "kind": file.kind,
        "name": file.name,
        "size": len(file.content),
        "width": file.width,
        "height": file.height,
        "url": f"/api/files/{phone.flavour}/{file.id}",
    }


def _keyboard(keyboard: ReplyKeyboard | None) -> Json:
    if keyboard is None:
        return None
    rows: list[Json] = [
        [{"text": button.text, "contact": button.contact} for button in row] for row in keyboard.rows
    ]
    return {"rows": rows, "placeholder": keyboard.placeholder}


def violation_view(violation: Violation) -> JsonObject:
    """Describe a broken rule."""
    return {
        "flavour": violation.flavour,
        "method": violation.method,
        "chat": violation.chat,
        "rule": violation.rule,
        "detail": violation.detail,
    }


def event_view(event: Event, phone: Phone | None) -> tuple[str, JsonObject]:
    """Name an event and describe it; `phone` is the one it happened on."""
    name, body = _happening(event.happening, phone)
    return name, {"phone": event.phone} | body


def _happening(happening: Happening, phone: Phone | None) -> tuple[str, JsonObject]:
    match happening:
        case MessageShown(message) if phone is not None:
            return "message", {"message": message_view(phone, message)}
        case MessageShown(message):
            return "message", {"message": {"id": message.id, "deleted": True}}
        case ToastShown(text, alert):
            return "toast", {"text": text, "alert": alert}
        case ActionShown(action):
            return "action", {"action": action}
        case KeyboardShown(keyboard):
            return "keyboard", {"keyboard": _keyboard(keyboard)}
        case PhoneChanged(changed, blocked):
            return "phone", {"state": phone_view(changed, blocked=blocked)}
        case RuleBroken(violation):
            return "violation", {"violation": violation_view(violation)}
