"""The rows the model compares, as they stand in the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from domain.loan_terms import Rate

Place = tuple[int, int, int, str]  # group, account, holder, purpose
Post = tuple[int, int, str, int | None]  # account, holder, purpose, round
Lines = Mapping[Post, int]  # rials, debit positive


class Member(NamedTuple):
    """A membership in any state. Each field here and below is a column."""

    group_id: int
    person_id: int
    helper_id: int | None
    state: str
    leave_wished_at: datetime | None
    decided_at: datetime | None


class Deposit(NamedTuple):
    """A report of a saving or an instalment, and what became of it."""

    group_id: int
    membership_id: int
    round_number: int
    loan_id: int | None
    value_on: date
    way: str
    reported_by: int
    reported_at: datetime
    amount: int
    offered: int | None
    state: str
    decided_by: int | None
    entry_id: int | None
    revision: int
    keeper_id: int | None


class Reversal(NamedTuple):
    """A wish to take an entry back."""

    group_id: int
    entry_id: int
    asked_by: int
    state: str
    decided_by: int | None
    revision: int


class Loan(NamedTuple):
    """A loan from the request on."""

    group_id: int
    membership_id: int
    principal: int
    method: str
    rate: Rate
    months: int
    rounding: int
    bylaws: int
    asked_by: int
    proposal_id: int | None
    state: str
    place: int | None
    paid_by: int | None
    paid_at: datetime | None
    way: str | None
    received_by: int | None
    first_due: date | None
    entry_id: int | None
    loss_entry_id: int | None
    revision: int


class Move(NamedTuple):
    """What the treasurer entered about the group's own money, or who kept cash of it."""

    group_id: int
    kind: str
    amount: int
    way: str | None
    membership_id: int | None
    round_number: int | None
    entered_by: int
    picture_id: int | None
    state: str
    decided_by: int | None
    entry_id: int | None
    revision: int
    keeper_id: int | None


class Change(NamedTuple):
    """What a vote decided about a loan that runs."""

    loan_id: int
    proposal_id: int
    changed_on: date
    deposit_id: int | None


class Round(NamedTuple):
    """A collection of the saving; who was on time is known once it is closed."""

    group_id: int
    number: int
    opens_on: date
    due_on: date
    closed_at: datetime | None


class Closing(NamedTuple):
    """The wish to close a month."""

    group_id: int
    last_day: date
    asked_by: int
    state: str
    decided_by: int | None
    revision: int


class YearClosing(NamedTuple):
    """The wish to close a year."""

    group_id: int
    year: int
    reserve_per_cent: int
    asked_by: int
    state: str
    decided_by: int | None
    command_id: int | None
    revision: int


class Payout(NamedTuple):
    """What the group owes a member and pays her."""

    group_id: int
    membership_id: int
    kind: str
    amount: int
    state: str
    way: str | None
    paid_by: int | None
    paid_at: datetime | None
    received_by: int | None
    entry_id: int | None
    revision: int


class Death(NamedTuple):
    """What one of the board said, and a second person confirmed or not."""

    group_id: int
    membership_id: int
    said_by: int
    state: str
    decided_by: int | None
    revision: int


class Proposal(NamedTuple):
    """A vote of the assembly."""

    group_id: int
    kind: str
    matter: str | None
    concerns: int | None
    bylaws: int
    call: int
    proposed_by: int
    state: str


class Entry(NamedTuple):
    """An entry; its lines are kept apart."""

    group_id: int
    sequence: int
    kind: str
    reverses: int | None
    entered_by: int | None
    confirmed_by: int | None
    command_id: int
    booked_on: date
    value_on: date
