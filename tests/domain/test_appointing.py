from __future__ import annotations

import pytest

from domain.appointing import Mandate, invitable, may_invite, names_of
from domain.commands import Role
from domain.places import Places

FARS, YAZD = "فارس", "یزد"
SHIRAZ, MARVDASHT = "07-23", "07-34"
EXECUTOR = Mandate(Role.LOCAL_EXECUTOR, FARS, SHIRAZ)
OFFICER = Mandate(Role.WELFARE_OFFICER, FARS)
INSTITUTE = Mandate(Role.INSTITUTE)
ADMINISTRATOR = Mandate(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (EXECUTOR, Mandate(Role.FACILITATOR, FARS, SHIRAZ)),
        (EXECUTOR, Mandate(Role.ADVISER, FARS, SHIRAZ)),
        (OFFICER, Mandate(Role.LOCAL_EXECUTOR, FARS, MARVDASHT)),
        (OFFICER, Mandate(Role.LOCAL_EXECUTOR, FARS)),
        (INSTITUTE, Mandate(Role.WELFARE_OFFICER, YAZD)),
        (INSTITUTE, Mandate(Role.MOTHER_ADVISER)),
        (ADMINISTRATOR, Mandate(Role.ADMINISTRATOR)),
        (ADMINISTRATOR, Mandate(Role.FACILITATOR, FARS, SHIRAZ)),
    ],
)
def test_who_may_invite_downwards(held: Mandate, wanted: Mandate) -> None:
    assert may_invite([held], wanted)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (EXECUTOR, Mandate(Role.FACILITATOR, FARS, MARVDASHT)),  # not her county
        (EXECUTOR, Mandate(Role.FACILITATOR, FARS)),  # more than her county
        (EXECUTOR, Mandate(Role.LOCAL_EXECUTOR, FARS, SHIRAZ)),  # not below
        (EXECUTOR, Mandate(Role.ADVISER)),  # more than her county
        (OFFICER, Mandate(Role.LOCAL_EXECUTOR, YAZD, "21-12")),  # not her province
        (OFFICER, Mandate(Role.FACILITATOR, FARS, SHIRAZ)),  # two steps down
        (INSTITUTE, Mandate(Role.FACILITATOR, FARS, SHIRAZ)),
        (INSTITUTE, Mandate(Role.ADMINISTRATOR)),
        (ADMINISTRATOR, Mandate(Role.FACILITATOR)),  # no such role for the whole country
        (ADMINISTRATOR, Mandate(Role.WELFARE_OFFICER, FARS, SHIRAZ)),  # nor this one for a county
        (ADMINISTRATOR, Mandate(Role.INSTITUTE, FARS)),
        (ADMINISTRATOR, Mandate(Role.LOCAL_EXECUTOR, None, SHIRAZ)),  # a county without its province
        (Mandate(Role.FACILITATOR, FARS, SHIRAZ), Mandate(Role.FACILITATOR, FARS, SHIRAZ)),
        (Mandate(Role.BANK_OFFICER, FARS), Mandate(Role.ADVISER, FARS)),
    ],
)
def test_who_may_not(held: Mandate, wanted: Mandate) -> None:
    assert not may_invite([held], wanted)


def test_several_roles_add_up() -> None:
    assert invitable([EXECUTOR, OFFICER]) == (Role.LOCAL_EXECUTOR, Role.ADVISER, Role.FACILITATOR)
    assert invitable([Mandate(Role.FACILITATOR, FARS)]) == ()
    assert may_invite([OFFICER, EXECUTOR], Mandate(Role.FACILITATOR, FARS, SHIRAZ))


@pytest.mark.parametrize(
    ("mandate", "names"),
    [
        (INSTITUTE, ("", "")),
        (OFFICER, (FARS, "")),
        (EXECUTOR, (FARS, "شیراز")),
        (Mandate(Role.LOCAL_EXECUTOR, FARS, "07-99"), (FARS, "07-99")),  # a county the list no longer has
    ],
)
def test_a_mandates_place_is_named(mandate: Mandate, names: tuple[str, str]) -> None:
    places = Places.from_csv("code,province,county\n07-23,فارس,شیراز\n")
    assert names_of(mandate, places) == names
