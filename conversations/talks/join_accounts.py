"""One person on two messengers: the code shown in one was written in the other."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from domain.commands import JoinAccounts
from domain.ids import Platform


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose code it is; the code itself is not kept, only its print."""

    subject: int
    code_hash: str
    name: str
    platform: Platform


def join_accounts(facts: Facts) -> Script[JoinAccounts | None]:
    """Show whose account it would be joined with; the other account is asked as well."""
    sure = yield from ask("join_accounts.confirm", CONFIRM, name=facts.name, platform=facts.platform)
    return JoinAccounts(facts.code_hash) if sure else None
