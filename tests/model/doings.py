"""What people do, how often, and in what words."""

from __future__ import annotations

from collections.abc import Mapping

from tests.phone import Heard, Phone

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
    "menu_fund",
    "menu_loans",
    "menu_money",
    "menu_assembly",
    "menu_objection",
    "menu_rounds",
    "menu_reverse",
    "menu_members",
    "menu_groups",
    "menu_me",
)
# Whole ways: a word of the menu, then buttons; the talk that begins there is answered to its end.
WAYS: Mapping[str, tuple[str, ...]] = {
    "saves": ("menu_save",),
    "asks for a loan": ("menu_loans", "ask"),
    "repays": ("menu_loans", "pay"),
    "takes in": ("menu_loans", "take_in"),
    "writes off": ("menu_loans", "write_off"),
    "asks for a new schedule": ("menu_loans", "reschedule"),
    "waives": ("menu_loans", "waive_fine"),
    "puts a loan first": ("menu_loans", "order"),
    "moves money": ("menu_money", "money_move"),
    "hands over": ("menu_fund", "hand_over"),
    "leads and hands over": ("menu_groups", "open", "hand_over"),
    "counts": ("menu_money", "cash_count"),
    "closes the month": ("menu_money", "close_month"),
    "closes the year": ("menu_money", "close_year"),
    "shares": ("menu_fund", "share"),
    "changes the price": ("menu_assembly", "rules", "loan_terms"),
    "proposes": ("menu_assembly", "propose"),
    "reverses": ("menu_reverse",),
    "pays a fine": ("menu_passbook", "pay"),
    "leaves": ("menu_me", "leave"),
    "shares a bank loan": ("menu_assembly", "share_bank_loan"),
    "expels": ("menu_assembly", "expel"),
    "says a death": ("menu_members", "say_death"),
}
BY_THE_TREASURER = ("takes in", "moves money", "counts", "closes the month", "closes the year")
BY_A_KEEPER = ("hands over", "leads and hands over")
BY_A_BORROWER = ("repays", "asks for a new schedule")
BY_THE_BOARD = ("says a death", "writes off", "waives", "puts a loan first", "reverses")
WEIGHTS: Mapping[str, int] = {
    "decides": 24,
    "vote": 10,
    "days pass": 8,
    "borrows": 8,
    "asks for a loan": 3,
    "repays": 10,
    "asks for a new schedule": 2,
    "waives": 2,
    "saves": 7,
    "moves money": 4,
    "takes in": 3,
    "reverses": 3,
    "hands over": 2,
    "leads and hands over": 2,
    "appoints": 2,
    "two at once": 4,
    "closes the year": 2,
    "leaves": 2,
    "taps what stands": 2,
    "taps something old": 2,
}
ONCE = (
    *(way for way in WAYS if way not in WEIGHTS),
    "started anew",
    "comes again",
    "taps another's",
    "writes",
    "writes an amount",
    "sends a picture",
    "sends a sticker",
)
DOINGS = (*(doing for doing, times in WEIGHTS.items() for _ in range(times)), *ONCE, *MENU)
STEPS = ("/back", "/cancel", "cancel", "no", "no_consent")
OF_CARDS = ("d", "v", "w", "m", "mc", "ye", "po", "dd", "bs")
OF_TALKS = "t"
VOTES = ("yes", "no", "abstain")
NEVER = ("proposalkind_name",)  # groups are told apart by their names


def leads_on(heard: Heard) -> list[str]:
    """The buttons of a question that go forward."""
    mine = [data for data in heard.buttons.values() if data.split(".")[0] == OF_TALKS]
    return [data for data in mine if data.split(".")[2] not in (*STEPS, *NEVER)]


def asks(heard: Heard) -> bool:
    """Whether it is a question of a talk."""
    return any(data.split(".")[0] == OF_TALKS for data in heard.buttons.values())


def asks_for_a_sum(heard: Heard) -> bool:
    return heard.name.endswith((".amount", ".counted", ".received"))


def on_cards(phone: Phone) -> list[str]:
    """The buttons that stand on cards in this chat, without those of votes."""
    found = dict.fromkeys(data for heard in phone.heard for data in heard.buttons.values())
    return [data for data in found if data.split(".")[0] in OF_CARDS]


def ballots(phone: Phone, *choices: str) -> list[str]:
    """The buttons with these choices that stand on cards of votes in this chat."""
    found = dict.fromkeys(data for heard in phone.heard for data in heard.buttons.values())
    return [data for data in found if data.split(".")[0] == "b" and data.split(".")[2] in choices]
