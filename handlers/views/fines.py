"""What is owed for saving late: each member sees her own, and can say that she has paid it."""

from __future__ import annotations

from handlers.turn import Press, Turn
from storage.groups import MemberRow

KIND = "fi"


def pay_button(member: MemberRow) -> Press:
    """Return the button that begins the talk."""
    return Press(KIND, member.id, "pay", 0, "pay_fine")


def press(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Name the talk to begin; its opening looks at who."""
    return "pay_fine" if choice == "pay" else None
