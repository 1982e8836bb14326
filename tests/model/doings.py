"""What people do, how often, and in what words."""

from __future__ import annotations

from tests.phone import Phone

AMOUNTS = (
    "500000",
    "۵۰۰ هزار تومان",
    "۱٬۲۰۰٬۰۰۰",
    "یک میلیون تومان",
    "٣٠٠٠٠٠",
    "۵ میلیون ریال",
    "نیم میلیون",
    "دویست هزار تومن",
    "2,000,000",
    "۰",
    "-5",
    "999999999999999999999",
    "۱۲",
)
WORDS = (
    "بله",
    "نه",
    "🙂",
    "راضیه نیک‌پی",
    "دو بار نوشته شده",
    "/back",
    "/cancel",
    "/menu",
    "/help",
    "/start",
    "1",
    "*_`[",
)
MENU = (
    "menu_save",
    "menu_waiting",
    "menu_passbook",
    "menu_passbook",
    "menu_fund",
    "menu_assembly",
    "menu_objection",
    "menu_rounds",
    "menu_reverse",
    "menu_members",
    "menu_groups",
    "menu_me",
)
OFTEN = ("saves", "decides") * 6 + ("two at once", "wants a reversal") * 3
SOMETIMES = (
    "days pass",
    "days pass",
    "started anew",
    "comes again",
    "appoints",
    "leaves",
    "taps what stands",
    "taps what stands",
    "taps something old",
    "taps something old",
    "taps another's",
    "writes",
    "writes an amount",
    "sends a picture",
    "sends a sticker",
)
DOINGS = (*OFTEN, *SOMETIMES, *MENU)
LIKELY = ("confirm", "agree")
STEPS = ("/back", "/cancel", "cancel", "no")


def deciding(phone: Phone) -> list[str]:
    """The buttons of cards of payments and reversals in this chat; what moves money counts thrice."""
    found = [data for heard in phone.heard for data in heard.buttons.values()]
    cards = [data for data in found if data.split(".")[0] in ("d", "v")]
    return [data for data in cards for _ in range(3 if data.split(".")[2] in LIKELY else 1)]


def leads_on(data: str) -> bool:
    """Whether this button of a question goes forward."""
    return data.split(".")[2] not in STEPS
