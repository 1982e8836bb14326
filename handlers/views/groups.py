"""A facilitator's groups, and the page of one group for those who lead it."""

from __future__ import annotations

from domain.values import Code
from handlers.cards import group as page
from handlers.links import start_links
from handlers.menu import menu_of
from handlers.standing import in_group
from handlers.turn import Press, Turn
from storage import groups, pictures
from storage.groups import GroupRow


def listing(turn: Turn) -> None:
    """Name every group of a facilitator, with how many belong and how many wait."""
    found = groups.groups_of_facilitator(turn.conn, turn.me)
    if not found:
        turn.say("groups.none_yet", menu_of(turn))
        return
    counted = [
        (
            g.name,
            g.village,
            len(groups.members(turn.conn, g.id)),
            len(groups.members(turn.conn, g.id, "applied")),
        )
        for g in found
    ]
    rows = [[Press(page.KIND, g.id, "open", 0, "open_group", {"name": g.name})] for g in found]
    turn.say_with("groups.listing", rows, groups=counted)


def own_page(turn: Turn) -> None:
    """Show the page of the group an officer is looking at."""
    _, group, _ = in_group(turn)
    page.show(turn, group)


def invitation(turn: Turn, group: GroupRow) -> None:
    """Give what is passed on to those who are to join: text and code, and for each messenger a poster."""
    links = start_links(turn, f"g_{group.code}")
    turn.say(
        "groups.invitation",
        menu_of(turn),
        group=group.name,
        village=group.village,
        code=Code(group.code),
        links=links,
    )
    for link in links:
        picture = pictures.add_made_picture(turn.conn, turn.desk.poster(link.address), turn.now)
        turn.say("groups.poster", None, picture, group=group.name, code=Code(group.code), link=link)
