from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from conversations import engine
from conversations.engine import Answer, Asking, Finished, NotUnderstood, Script, Unread, ask
from conversations.kinds import CONFIRM, YES_NO, Line, Whole
from conversations.replies import Pressed, Reply, Said
from domain.codec import Codec

CODEC = Codec({})
WORD = Line(limit=20)
COUNT = Whole(least=1, most=4)

Begin = Callable[[], Script[object]]


def basket(price: int = 5) -> Script[object]:
    """A talk with a branch, a loop and a binding question at its end."""
    name = yield from ask("basket.name", WORD)
    if not (yield from ask("basket.more", YES_NO, name=name)):
        return None
    count = yield from ask("basket.count", COUNT)
    things = []
    for number in range(1, count + 1):
        thing = yield from ask("basket.thing", WORD, number, which=number)
        things.append(thing)
    if not (yield from ask("basket.sure", CONFIRM, name=name, things=things, price=price)):
        return None
    return name, tuple(things)


def shorter() -> Script[object]:
    """The same talk after somebody took a question out and put another before the last."""
    name = yield from ask("basket.name", WORD)
    count = yield from ask("basket.count", COUNT)
    colour = yield from ask("basket.colour", WORD)
    return name, count, colour


REPLIES = st.one_of(
    st.sampled_from(["1", "2", "3", "سه", "علی", "***", "", "9", "2000"]).map(Said),
    st.sampled_from(["yes", "no", "confirm", "cancel", "5"]).map(Pressed),
)


def reply_to(
    answers: Mapping[str, Answer], reply: Reply, begin: Begin = basket
) -> Asking | Finished | NotUnderstood:
    return engine.reply_to(engine.replay(begin(), answers, CODEC), reply, CODEC)


def play(replies: list[Reply], begin: Begin = basket) -> Mapping[str, Answer]:
    """The answers stored after so many replies."""
    answers: Mapping[str, Answer] = {}
    for reply in replies:
        match reply_to(answers, reply, begin):
            case Asking(_, answers) | Finished(_, answers):
                pass
            case NotUnderstood():
                pass
    return answers


def stored(answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    text = json.dumps({key: [answer.value, answer.shown] for key, answer in answers.items()})
    return {key: Answer(value, shown) for key, (value, shown) in json.loads(text).items()}


def waits_for(answers: Mapping[str, Answer], begin: Begin = basket) -> str | None:
    now = engine.replay(begin(), answers, CODEC)
    return now.question.key if isinstance(now, Asking) else None


FINISHED: list[Reply] = [Said("علی"), Pressed("yes"), Said("2"), Said("نان"), Said("شیر"), Pressed("confirm")]


def test_the_talk_runs_to_its_end() -> None:
    end = engine.replay(basket(), play(FINISHED), CODEC)
    assert isinstance(end, Finished)
    assert end.result == ("علی", ("نان", "شیر"))


def test_a_loop_numbers_its_keys() -> None:
    assert list(play(FINISHED[:5])) == [
        "basket.name",
        "basket.more",
        "basket.count",
        "basket.thing#1",
        "basket.thing#2",
    ]


@given(st.lists(REPLIES, max_size=12))
def test_replaying_what_was_stored_stops_at_the_same_question(replies: list[Reply]) -> None:
    answers = play(replies)
    assert waits_for(stored(answers)) == waits_for(answers)
    assert engine.replay(basket(), stored(answers), CODEC).answers == answers


@given(st.lists(REPLIES, max_size=12))
def test_replaying_any_first_answers_asks_for_the_next(replies: list[Reply]) -> None:
    answers = play(replies)
    keys = list(answers)
    for count, key in enumerate(keys):
        assert waits_for({name: answers[name] for name in keys[:count]}) == key


@given(st.lists(REPLIES, max_size=12))
def test_what_cannot_be_read_leaves_everything_as_it_was(replies: list[Reply]) -> None:
    answers = play(replies)
    now = reply_to(answers, Said(""))
    assert now.asking.answers == answers if isinstance(now, NotUnderstood) else isinstance(now, Finished)


@given(st.lists(REPLIES, min_size=1, max_size=12))
def test_back_takes_exactly_the_last_answer(replies: list[Reply]) -> None:
    answers = play(replies)
    kept = list(engine.replay(basket(), answers, CODEC).answers)
    now = engine.one_back(basket, answers, CODEC)
    assert list(now.answers) == kept[:-1]
    assert isinstance(now, Asking)
    assert now.question.key == (kept[-1] if kept else "basket.name")


def test_back_at_the_first_question_stays_there() -> None:
    now = engine.one_back(basket, {}, CODEC)
    assert isinstance(now, Asking)
    assert now.question.key == "basket.name"


@given(st.lists(REPLIES, max_size=12))
def test_a_changed_script_keeps_what_still_fits(replies: list[Reply]) -> None:
    answers = play(replies)
    now = engine.replay(shorter(), answers, CODEC)
    assert isinstance(now, Asking)
    assert list(now.answers) == [key for key in ("basket.name", "basket.count") if key in answers]


def test_a_question_without_an_answer_drops_all_later_ones() -> None:
    answers = {key: value for key, value in play(FINISHED).items() if key != "basket.count"}
    now = engine.replay(basket(), answers, CODEC)
    assert list(now.answers) == ["basket.name", "basket.more"]


def test_an_answer_that_does_not_fit_any_more_is_asked_again() -> None:
    answers = {**play(FINISHED), "basket.count": Answer(7)}
    now = engine.replay(basket(), answers, CODEC)
    assert isinstance(now, Asking)
    assert now.question.key == "basket.count"


def test_a_yes_holds_only_for_what_was_shown() -> None:
    answers = play(FINISHED)
    assert isinstance(engine.replay(basket(5), answers, CODEC), Finished)
    now = engine.replay(basket(6), answers, CODEC)
    assert isinstance(now, Asking)
    assert now.question.key == "basket.sure"
    assert "basket.sure" not in now.answers


def test_a_yes_is_not_kept_without_a_print_of_what_was_shown() -> None:
    answers = {**play(FINISHED), "basket.sure": Answer("confirm")}
    assert waits_for(answers) == "basket.sure"


def test_a_refusal_goes_back_to_the_question_it_names() -> None:
    answers = play(FINISHED)
    assert list(engine.back_to("basket.thing", answers)) == ["basket.name", "basket.more", "basket.count"]
    assert list(engine.back_to("basket.name", answers)) == []
    assert list(engine.back_to("somewhere.else", answers)) == list(answers)[:-1]
    assert engine.back_to("somewhere.else", play(FINISHED[:1])) == {}
    assert engine.back_to("basket.name", {}) == {}


def test_the_reply_after_the_end_changes_nothing() -> None:
    answers = play(FINISHED)
    assert reply_to(answers, Said("علی")) == Finished(("علی", ("نان", "شیر")), answers)


def test_the_problem_of_a_reply_names_what_would_fit() -> None:
    now = reply_to(play(FINISHED[:2]), Said("نه تا و نیم"))
    assert isinstance(now, NotUnderstood)
    assert now.problem == Unread("common.count_unread", {"least": 1, "most": 4})
