"""Every method of the Bot API that is played, by its name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from simulator import sending
from simulator.files import DOWNLOAD_BYTES
from simulator.messenger import Messenger
from simulator.wire import Call, Json, JsonObject, Refused, refused

Method = Callable[[Messenger, Call], Awaitable[Json]]


async def perform(messenger: Messenger, call: Call) -> Json:
    """Carry a request out and give its result. Refused as the platform refuses."""
    method = METHODS.get(call.method.lower())
    if method is None:
        raise Refused(messenger.platform.unknown_method)
    return await method(messenger, call)


async def get_me(messenger: Messenger, call: Call) -> Json:
    """Introduce the bot."""
    del call
    abilities: JsonObject = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }
    return messenger.bot.as_json() | (abilities if messenger.platform.names_chat_instance else {})


async def harmless(messenger: Messenger, call: Call) -> Json:
    """Say yes to what changes nothing here."""
    del messenger, call
    return True


async def get_updates(messenger: Messenger, call: Call) -> Json:
    """Give what the bot has not acknowledged, waiting for it if asked to."""
    if messenger.webhook.url:
        raise refused(
            409,
            "Conflict: can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first",
        )
    messenger.updates.allow(_list(call, "allowed_updates"))
    limit = min(max(call.number("limit") or 100, 1), 100)
    updates = await messenger.updates.fetch(call.number("offset") or 0, limit, call.number("timeout") or 0)
    return list(updates)


def _list(call: Call, name: str) -> Json:
    try:
        return call.json(name)
    except ValueError as error:
        raise refused(400, f"Bad Request: can't parse {name}") from error


async def set_webhook(messenger: Messenger, call: Call) -> Json:
    """Push updates to an address from now on."""
    messenger.updates.allow(_list(call, "allowed_updates"))
    _drop(messenger, call)
    await messenger.webhook.set(call.text("url") or "", call.text("secret_token"))
    return True


async def delete_webhook(messenger: Messenger, call: Call) -> Json:
    """Let updates wait for getUpdates again."""
    _drop(messenger, call)
    await messenger.webhook.set("", None)
    return True


def _drop(messenger: Messenger, call: Call) -> None:
    if messenger.platform.honours_dropping and call.flag("drop_pending_updates"):
        messenger.updates.drop_all()


async def get_webhook_info(messenger: Messenger, call: Call) -> Json:
    """Tell where updates are pushed to."""
    del call
    hook = messenger.webhook
    if messenger.platform.message_ids_per_chat:
        return {"url": hook.url}
    known: JsonObject = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(messenger.updates),
    }
    if hook.last_error:
        known |= {"last_error_date": messenger.now(), "last_error_message": hook.last_error}
    return known


async def chat_action(messenger: Messenger, call: Call) -> Json:
    """Show that the bot is typing or sending."""
    messenger.act(messenger.reachable(call.number("chat_id")), call.text("action") or "")
    return True


async def answer_callback(messenger: Messenger, call: Call) -> Json:
    """Answer a tap."""
    query, text = call.text("callback_query_id") or "", call.text("text") or ""
    messenger.answer(query, text, alert=call.flag("show_alert"))
    return True


async def get_file(messenger: Messenger, call: Call) -> Json:
    """Tell the path a file can be downloaded from."""
    file = messenger.files.by_id(call.text("file_id") or "")
    if len(file.content) > DOWNLOAD_BYTES:
        raise refused(400, "Bad Request: file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


async def get_chat(messenger: Messenger, call: Call) -> Json:
    """Describe a chat."""
    chat = messenger.chat(call.number("chat_id")).phone.chat_json()
    least = messenger.platform.message_ids_per_chat
    return (
        chat
        if least
        else chat | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
    )


_GIFTS: JsonObject = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}

METHODS: dict[str, Method] = {
    "getme": get_me,
    "logout": harmless,
    "close": harmless,
    "setmycommands": harmless,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendchataction": chat_action,
    "editmessagetext": sending.edit_text,
    "editmessagecaption": sending.edit_caption,
    "editmessagereplymarkup": sending.edit_markup,
    "deletemessage": sending.delete_message,
    "answercallbackquery": answer_callback,
    "getfile": get_file,
    "getchat": get_chat,
}
