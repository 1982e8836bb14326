"""Standings: in which capacities a person acts. Menus and checks read the same words."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """A capacity; a person may have several at once."""

    STRANGER = "stranger"
    KNOWN = "known"  # has told the bot a name
    APPLICANT = "applicant"
    MEMBER = "member"
    HELPER = "helper"
    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    FACILITATOR = "facilitator"
    INVITER = "inviter"  # holds a programme role that may invite others
    LEADS = "leads"  # is told of those who are interested


BOARD = frozenset({Standing.CHAIR, Standing.SECRETARY, Standing.TREASURER})
IN_A_GROUP = frozenset({Standing.MEMBER})
