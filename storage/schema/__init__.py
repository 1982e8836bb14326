"""Every table, in the order of the story: messages, people, groups, money, books, assembly, loans.

Names of people and free text stand in tables whose rows may be erased; the books hold ids and amounts only.
"""

from __future__ import annotations

from storage.schema.agreements import acceptance, savings_agreement
from storage.schema.assembly import ballot, bylaws, proposal, resolution
from storage.schema.books import balance, entry, posting, year_closing
from storage.schema.cash import cash_count, cash_move, closed_month, month_closing
from storage.schema.columns import metadata
from storage.schema.elections import counted_ballot, nomination, sealed_ballot
from storage.schema.groups import death, group, membership, office_term
from storage.schema.loans import board_answer, loan, loan_change
from storage.schema.messages import file, inbox, lane, outbox, picture, setting
from storage.schema.money import command, deposit, note, payout, reversal, round_line, saving_round
from storage.schema.objections import objection
from storage.schema.opening import giver, opening, opening_correction, opening_line
from storage.schema.people import account, invitation, joining, lead, person, programme_role, talk

__all__ = [
    "FROZEN",
    "acceptance",
    "account",
    "balance",
    "ballot",
    "board_answer",
    "bylaws",
    "cash_count",
    "cash_move",
    "closed_month",
    "command",
    "counted_ballot",
    "death",
    "deposit",
    "entry",
    "file",
    "giver",
    "group",
    "inbox",
    "invitation",
    "joining",
    "lane",
    "lead",
    "loan",
    "loan_change",
    "membership",
    "metadata",
    "month_closing",
    "nomination",
    "note",
    "objection",
    "office_term",
    "opening",
    "opening_correction",
    "opening_line",
    "outbox",
    "payout",
    "person",
    "picture",
    "posting",
    "programme_role",
    "proposal",
    "resolution",
    "reversal",
    "round_line",
    "saving_round",
    "savings_agreement",
    "sealed_ballot",
    "setting",
    "talk",
    "year_closing",
]

FROZEN = (entry, posting, resolution, bylaws, savings_agreement, closed_month, loan_change)
