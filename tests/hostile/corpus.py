"""Updates as the platforms send them: every kind of Telegram, and the least that Bale documents."""

from __future__ import annotations

from bot.platforms.raw import Json, JsonObject

DATE = 1_800_000_000


def user(number: int) -> JsonObject:
    return {"id": number, "is_bot": False, "first_name": "x", "language_code": "fa"}


def private(number: int) -> JsonObject:
    return {"id": number, "type": "private", "first_name": "x"}


CHANNEL: JsonObject = {"id": -1001, "type": "channel", "title": "x"}
GROUP: JsonObject = {"id": -500, "type": "supergroup", "title": "x"}
FILE: JsonObject = {"file_id": "f", "file_unique_id": "u", "file_size": 9}
PHOTO: list[Json] = [FILE | {"width": 90, "height": 90}]
POLL: JsonObject = {
    "id": "p",
    "question": "?",
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
PLACE: JsonObject = {"longitude": 52.5, "latitude": 29.6}


def message(number: int, **content: Json) -> JsonObject:
    """A private message of somebody; without content it is empty."""
    empty: JsonObject = {"message_id": 1, "date": DATE, "chat": private(number), "from": user(number)}
    return empty | content


def typed(number: int, text: str) -> JsonObject:
    return {"message": message(number, text=text)}


def tapped(number: int, data: str) -> JsonObject:
    query: JsonObject = {"id": "4382", "from": user(number), "chat_instance": "1", "data": data}
    return {"callback_query": query | {"message": message(77, chat=private(number), text="?")}}


def contents(number: int) -> dict[str, JsonObject]:
    """What a private message may hold."""
    return _usable(number) | _files() | _of_others(number) | _services(number)


def _usable(number: int) -> dict[str, JsonObject]:
    command: JsonObject = {"type": "bot_command", "offset": 0, "length": 6}
    own: JsonObject = {"phone_number": "+989121234567", "first_name": "x", "user_id": number}
    long_name: JsonObject = {"file_name": "a" * 5000 + ".pdf", "mime_type": "application/pdf"}
    return {
        "text": {"text": "سلام"},
        "command": {"text": "/start g_1", "entities": [command]},
        "amount": {"text": "۵۰۰ هزار تومان"},
        "photo": {"photo": PHOTO, "caption": "رسید"},
        "document": {"document": FILE | long_name},
        "contact": {"contact": own},
        "nothing": {},
    }


def _files() -> dict[str, JsonObject]:
    sized: JsonObject = FILE | {"width": 9, "height": 9}
    still: JsonObject = {"type": "regular", "is_animated": False, "is_video": False}
    return {
        "sticker": {"sticker": sized | still},
        "voice": {"voice": FILE | {"duration": 3}},
        "video": {"video": sized | {"duration": 3}},
        "animation": {"animation": sized | {"duration": 3}},
        "audio": {"audio": FILE | {"duration": 3}},
        "video_note": {"video_note": FILE | {"duration": 3, "length": 9}},
    }


def _of_others(number: int) -> dict[str, JsonObject]:
    hidden: JsonObject = {"type": "hidden_user", "date": 1, "sender_user_name": "x"}
    return {
        "location": {"location": PLACE},
        "venue": {"venue": {"location": PLACE, "title": "x", "address": "y"}},
        "dice": {"dice": {"value": 3, "emoji": "🎲"}},
        "poll": {"poll": POLL},
        "game": {"game": {"title": "x", "description": "y", "photo": PHOTO}},
        "story": {"story": {"chat": CHANNEL, "id": 3}},
        "forwarded": {"text": "x", "forward_origin": hidden},
        "reply": {"text": "x", "reply_to_message": message(number, text="y")},
        "via_bot": {"text": "x", "via_bot": ME},
    }


def _services(number: int) -> dict[str, JsonObject]:
    bill: JsonObject = {"title": "x", "description": "y", "currency": "IRR", "total_amount": 1}
    paid: JsonObject = {"currency": "IRR", "total_amount": 10, "invoice_payload": "x"}
    charges: JsonObject = {"telegram_payment_charge_id": "1", "provider_payment_charge_id": "2"}
    return {
        "invoice": {"invoice": bill | {"start_parameter": "z"}},
        "successful_payment": {"successful_payment": paid | charges},
        "web_app_data": {"web_app_data": {"data": "{}", "button_text": "x"}},
        "pinned": {"pinned_message": message(number, text="x")},
        "migrated": {"migrate_to_chat_id": -1002},
        "timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
    }


def in_private(number: int) -> dict[str, JsonObject]:
    """Each as an update, by name."""
    return {name: {"message": message(number, **content)} for name, content in contents(number).items()}


def elsewhere(number: int) -> dict[str, JsonObject]:
    """Every other kind of update of Telegram: a closed door, or only noted."""
    return _messages(number) | _asked(number) | _changed(number) | _counted(number) | _in_business(number)


ME: JsonObject = {"id": 77, "is_bot": True, "first_name": "bot"}
ADDRESS: JsonObject = dict.fromkeys(
    ("country_code", "state", "city", "street_line1", "street_line2", "post_code"), "IR"
)


def _messages(number: int) -> dict[str, JsonObject]:
    said = message(number, text="x")
    posted: JsonObject = {"message_id": 3, "date": DATE, "chat": CHANNEL, "text": "x"}
    return {
        "group": {"message": said | {"chat": GROUP}},
        "joined": {"message": said | {"chat": GROUP, "new_chat_members": [ME]}},
        "left": {"message": said | {"chat": GROUP, "left_chat_member": ME}},
        "edited_message": {"edited_message": said | {"edit_date": DATE + 1}},
        "channel_post": {"channel_post": posted},
        "edited_channel_post": {"edited_channel_post": posted | {"edit_date": DATE}},
        "guest_message": {"guest_message": said | {"chat": GROUP}},
        "unheard_of": {"kind_of_tomorrow": said},
        "nothing": {},
    }


def _asked(number: int) -> dict[str, JsonObject]:
    order: JsonObject = {"id": "q", "from": user(number), "invoice_payload": "x"}
    answer: JsonObject = {"poll_id": "p", "user": user(number), "option_ids": [0]}
    return {
        "inline_query": {"inline_query": {"id": "q", "from": user(number), "query": "x", "offset": ""}},
        "chosen_inline_result": {
            "chosen_inline_result": {"result_id": "r", "from": user(number), "query": "x"}
        },
        "shipping_query": {"shipping_query": order | {"shipping_address": ADDRESS}},
        "pre_checkout_query": {"pre_checkout_query": order | {"currency": "IRR", "total_amount": 1}},
        "poll": {"poll": POLL},
        "poll_answer": {"poll_answer": answer | {"option_persistent_ids": ["1"]}},
        "purchased_paid_media": {"purchased_paid_media": {"from": user(number), "paid_media_payload": "x"}},
    }


def _changed(number: int) -> dict[str, JsonObject]:
    was: JsonObject = {"user": ME, "status": "member"}
    now: JsonObject = {"user": ME, "status": "kicked", "until_date": 0}
    changed: JsonObject = {"from": user(number), "date": DATE, "old_chat_member": was, "new_chat_member": now}
    wish: JsonObject = {"chat": GROUP, "from": user(number), "user_chat_id": number, "date": DATE}
    return {
        "chat_member": {"chat_member": changed | {"chat": GROUP}},
        "my_chat_member_group": {"my_chat_member": changed | {"chat": GROUP}},
        "my_chat_member": {"my_chat_member": changed | {"chat": private(number)}},
        "chat_join_request": {"chat_join_request": wish},
    }


def _counted(number: int) -> dict[str, JsonObject]:
    begun: JsonObject = {"boost_id": "b", "add_date": 1, "expiration_date": 2}
    ended: JsonObject = {"chat": GROUP, "boost_id": "b", "remove_date": 1}
    premium: JsonObject = {"source": {"source": "premium", "user": user(number)}}
    thumb: JsonObject = {"type": "emoji", "emoji": "👍"}
    liked: JsonObject = {"chat": GROUP, "user": user(number), "date": DATE, "message_id": 1}
    count: JsonObject = {"chat": GROUP, "message_id": 1, "date": DATE}
    return {
        "chat_boost": {"chat_boost": {"chat": GROUP, "boost": begun | premium}},
        "removed_chat_boost": {"removed_chat_boost": ended | premium},
        "message_reaction": {"message_reaction": liked | {"old_reaction": [], "new_reaction": [thumb]}},
        "message_reaction_count": {
            "message_reaction_count": count | {"reactions": [{"type": thumb, "total_count": 2}]}
        },
    }


def _in_business(number: int) -> dict[str, JsonObject]:
    said = message(number, text="x")
    business: JsonObject = {"business_connection_id": "b"}
    shop: JsonObject = {"id": "b", "user": user(number), "user_chat_id": number, "date": DATE}
    return {
        "business_connection": {"business_connection": shop | {"is_enabled": True, "rights": {}}},
        "business_message": {"business_message": said | business},
        "edited_business_message": {"edited_business_message": said | business},
        "deleted_business_messages": {
            "deleted_business_messages": business | {"chat": private(number), "message_ids": [1]}
        },
        "managed_bot": {"managed_bot": {"user": user(number), "bot": ME}},
    }


def of_bale(number: int) -> dict[str, JsonObject]:
    """The least that Bale documents of what it may send in a private chat."""
    person: JsonObject = {"id": number, "first_name": "x"}
    bare: JsonObject = {"file_id": "f"}
    bill: JsonObject = {"title": "x", "description": "y", "total_amount": 5}
    paid: JsonObject = {"currency": "IRR", "total_amount": 5, "invoice_payload": "x"}
    files: dict[str, JsonObject] = {
        kind: {kind: bare} for kind in ("sticker", "voice", "document", "animation", "video", "audio")
    }
    sent: dict[str, JsonObject] = files | {
        "text": {"text": "سلام"},
        "command": {"text": "/start"},
        "photo": {"photo": [bare]},
        "contact": {"contact": {"phone_number": 989121234567}},
        "location": {"location": PLACE},
        "web_app_data": {"web_app_data": {"data": "x"}},
        "invoice": {"invoice": bill},
        "successful_payment": {"successful_payment": paid},
        "new_chat_members": {"new_chat_members": [person]},
        "left_chat_member": {"left_chat_member": person},
        "forwarded": {"text": "x", "forward_from": person},
        "reply": {"text": "x", "reply_to_message": {"message_id": 1, "chat": private(number)}},
    }
    said: JsonObject = {"message_id": 1, "chat": {"id": number, "type": "private"}, "from": person}
    dated: JsonObject = said | {"date": DATE}
    whole: dict[str, JsonObject] = {name: {"message": dated | content} for name, content in sent.items()}
    return whole | {"undated": {"message": said | {"text": "x"}}}


def silent_on_bale(number: int) -> dict[str, JsonObject]:
    """What Bale documents and the bot passes over."""
    person: JsonObject = {"id": number, "first_name": "x"}
    chat: JsonObject = {"id": number, "type": "private"}
    said: JsonObject = {"message_id": 1, "chat": chat, "from": person, "text": "x"}
    order: JsonObject = {"id": "q", "from": person, "currency": "IRR", "invoice_payload": "x"}
    return {
        "edited": {"edited_message": said},
        "checkout": {"pre_checkout_query": order | {"total_amount": 1}},
        "group": {"message": said | {"chat": {"id": 5, "type": "group"}}},
        "channel": {"message": {"message_id": 1, "chat": {"id": 6, "type": "channel"}, "text": "x"}},
    }
