"""Compares what was said of members who have died with their memberships."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from storage.flaws import Flaw
from storage.schema import death, membership

_DEATHS = (
    select(death.c.id, death.c.group_id, death.c.said_by, death.c.decided_by)
    .add_columns(membership.c.state, membership.c.group_id.label("of_group"))
    .join_from(death, membership, membership.c.id == death.c.membership_id)
    .where(death.c.state == "confirmed")
    .order_by(death.c.id)
)


def check_deaths(conn: Connection) -> Iterator[Flaw]:
    """Two people said it, of a member of the group whose membership has ended."""
    for number, group_id, said_by, decided_by, state, of_group in conn.execute(_DEATHS):
        wrong = {
            f"was said and confirmed by person {said_by}": said_by == decided_by,
            "is confirmed by nobody": decided_by is None,
            f"is confirmed, the membership is {state}": state != "left",
            "is of another group than the membership": of_group != group_id,
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"death {number} {sentence}", group_id)
