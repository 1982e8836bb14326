"""The methods the simulator plays, and the fields each platform documents for them."""

from __future__ import annotations

from simulator.flavours import Flavour

_TELEGRAM = {
    "getMe": "",
    "logOut": "",
    "close": "",
    "getUpdates": "offset limit timeout allowed_updates",
    "setWebhook": "url certificate ip_address max_connections allowed_updates drop_pending_updates"
    " secret_token",
    "deleteWebhook": "drop_pending_updates",
    "getWebhookInfo": "",
    "sendMessage": "business_connection_id chat_id message_thread_id text parse_mode entities"
    " link_preview_options disable_notification protect_content allow_paid_broadcast message_effect_id"
    " reply_parameters reply_markup",
    "sendPhoto": "business_connection_id chat_id message_thread_id photo caption parse_mode caption_entities"
    " show_caption_above_media has_spoiler disable_notification protect_content allow_paid_broadcast"
    " message_effect_id reply_parameters reply_markup",
    "sendDocument": "business_connection_id chat_id message_thread_id document thumbnail caption parse_mode"
    " caption_entities disable_content_type_detection disable_notification protect_content"
    " allow_paid_broadcast message_effect_id reply_parameters reply_markup",
    "sendChatAction": "business_connection_id chat_id message_thread_id action",
    "editMessageText": "business_connection_id chat_id message_id inline_message_id text parse_mode entities"
    " link_preview_options reply_markup",
    "editMessageCaption": "business_connection_id chat_id message_id inline_message_id caption parse_mode"
    " caption_entities show_caption_above_media reply_markup",
    "editMessageReplyMarkup": "business_connection_id chat_id message_id inline_message_id reply_markup",
    "deleteMessage": "chat_id message_id",
    "answerCallbackQuery": "callback_query_id text show_alert url cache_time",
    "getFile": "file_id",
    "getChat": "chat_id",
    "setMyCommands": "commands scope language_code",
}

_BALE = {
    "getMe": "",
    "logOut": "",
    "close": "",
    "getUpdates": "offset limit timeout",
    "setWebhook": "url",
    "deleteWebhook": "",
    "getWebhookInfo": "",
    "sendMessage": "chat_id text parse_mode reply_to_message_id reply_markup",
    "sendPhoto": "chat_id from_chat_id photo caption parse_mode reply_to_message_id reply_markup",
    "sendDocument": "chat_id document caption parse_mode reply_to_message_id reply_markup",
    "sendChatAction": "chat_id action",
    "editMessageText": "chat_id message_id text parse_mode reply_markup",
    "editMessageCaption": "chat_id message_id caption parse_mode reply_markup",
    "editMessageReplyMarkup": "chat_id message_id reply_markup",
    "deleteMessage": "chat_id message_id",
    "answerCallbackQuery": "callback_query_id text show_alert",
    "getFile": "file_id",
    "getChat": "chat_id",
}


def fields_of(flavour: Flavour, method: str) -> frozenset[str] | None:
    """Name the documented fields of a method, None where the platform has no such method."""
    table = _TELEGRAM if flavour is Flavour.TELEGRAM else _BALE
    for name, fields in table.items():
        if name.lower() == method.lower():
            return frozenset(fields.split())
    return None
