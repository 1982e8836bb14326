"""Conversations over storage: begin one, feed it a reply, take a step back, end it.

A talk's row holds the facts it began with and the answers so far; its script is replayed over them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from conversations import engine
from conversations.engine import Answer, Answers, Asking, Finished, NotUnderstood, Question, Script
from conversations.registry import CODEC, TALKS, Talk
from conversations.replies import Pressed, Reply, Said
from domain.commands import Command
from domain.ids import TalkId
from domain.outgoing import AskContact, Keyboard
from domain.refusals import Refused
from handlers.carry_out import carry_out
from handlers.menu import menu_of
from handlers.openings import OPENINGS
from handlers.turn import Press, Turn
from storage import talks
from storage.talks import TalkRow

STALE = timedelta(days=1)
PAUSE = timedelta(hours=1)
KIND = "t"
BACK, CANCEL = "/back", "/cancel"
WORDS_IN_A_ROW = 2
SHORT = 14


def begin(turn: Turn, name: str, subject: int | None = None) -> None:
    """Open a conversation; whatever was open is parked. A refusal of its opening is shown by the caller."""
    talk = TALKS[name]
    facts = OPENINGS[name](turn, subject)
    row = talks.begin_talk(turn.conn, turn.here.id, name, talk.version, CODEC.dumps(facts), turn.now)
    _go_on(turn, row, engine.replay(_script(turn, talk, facts)(), {}, CODEC), row.revision)


def current(turn: Turn) -> TalkRow | None:
    """Return the open conversation; one that this version of the program cannot read is ended with a word."""
    row = talks.open_talk(turn.conn, turn.here.id)
    if row is None or _fits(row):
        return row
    talks.end_talk(turn.conn, row)
    turn.say("common.changed_meanwhile", menu_of(turn))
    return None


def reply(turn: Turn, row: TalkRow, answer: Reply) -> None:
    """Give an open conversation a reply."""
    if turn.now - row.updated_at > STALE and not _waits_for_yes(turn, row):
        turn.say("common.begun_again")
        restart(turn, row)
        return
    facts, answers = _read(row)
    asked = engine.replay(_script(turn, TALKS[row.name], facts)(), answers, CODEC)
    meant = _meant(turn, asked, answer)
    step = engine.reply_to(_script(turn, TALKS[row.name], facts), answers, meant, CODEC)
    if turn.now - row.updated_at > PAUSE:
        turn.say("common.continuing")
    if isinstance(asked, Asking) and asked.question.kind.shares and not isinstance(step, NotUnderstood):
        turn.say("common.phone_noted", menu_of(turn))  # the menu takes the place of the button that shares
    _go_on(turn, row, step, row.revision + 1)


def back(turn: Turn, row: TalkRow) -> None:
    """One question back."""
    facts, answers = _read(row)
    step = engine.one_back(_script(turn, TALKS[row.name], facts), answers, CODEC)
    _go_on(turn, row, step, row.revision + 1)


def cancel(turn: Turn, row: TalkRow) -> None:
    """End a conversation without a result and take up the parked one."""
    turn.say("common.cancelled", menu_of(turn))
    _ended(turn, row)


def ask_again(turn: Turn, row: TalkRow) -> None:
    """Put the question that stands once more."""
    facts, answers = _read(row)
    _go_on(turn, row, engine.replay(_script(turn, TALKS[row.name], facts)(), answers, CODEC), row.revision)


def restart(turn: Turn, row: TalkRow) -> None:
    """Begin the same conversation anew with today's facts."""
    talks.end_talk(turn.conn, row)
    begin(turn, row.name, _subject(row))


def pressed(turn: Turn, talk_id: int, choice: str, revision: int) -> bool:
    """Take a tap on a question's button; False where the question no longer stands."""
    row = talks.talk_by_id(turn.conn, TalkId(talk_id))
    if row is None or row.account_id != turn.here.id or row.revision != revision or not _fits(row):
        return False
    if row.parked:
        row = talks.take_up(turn.conn, row)
    match choice:
        case "/back":
            back(turn, row)
        case "/cancel":
            cancel(turn, row)
        case _:
            reply(turn, row, Pressed(choice))
    return True


def _go_on(turn: Turn, row: TalkRow, step: Asking | Finished | NotUnderstood, revision: int) -> None:
    match step:
        case NotUnderstood(asking, problem):
            turn.say(problem.text, **problem.facts)
            talks.save_talk(turn.conn, replace(row, updated_at=turn.now))
            _ask(turn, row, asking)
        case Asking(_, answers) if len(answers) >= engine.MOST_ANSWERS:
            turn.say("common.too_long", menu_of(turn))
            _ended(turn, row)
        case Asking():
            saved = replace(row, answers=_dump(step.answers), revision=revision, updated_at=turn.now)
            talks.save_talk(turn.conn, saved)
            _ask(turn, saved, step)
        case Finished(result, answers):
            _finish(
                turn, replace(row, answers=_dump(answers), revision=revision, updated_at=turn.now), result
            )


def _finish(turn: Turn, row: TalkRow, result: object) -> None:
    if result is None:
        turn.say("common.nothing_done", menu_of(turn))
        _ended(turn, row)
        return
    try:
        carry_out(turn, _command(result))
    except Refused as refused:
        _refused(turn, row, refused)
        return
    _ended(turn, row)


def _refused(turn: Turn, row: TalkRow, refused: Refused) -> None:
    """Show the rules' no; where it names a question, go back to it with today's facts."""
    turn.refuse(refused, None if refused.back_to else menu_of(turn))
    if refused.back_to is None:
        _ended(turn, row)
        return
    facts = OPENINGS[row.name](turn, _subject(row))
    answers = engine.back_to(refused.back_to, _read(row)[1])
    anew = replace(row, facts=CODEC.dumps(facts))
    _go_on(turn, anew, engine.replay(_script(turn, TALKS[row.name], facts)(), answers, CODEC), row.revision)


def _ended(turn: Turn, row: TalkRow) -> None:
    parked = talks.end_talk(turn.conn, row)
    if parked is not None:
        turn.say("common.back_to_parked")
        ask_again(turn, parked)


def _ask(turn: Turn, row: TalkRow, asking: Asking) -> None:
    question = asking.question
    keyboard: Keyboard
    if question.kind.shares:
        words = ("back", "cancel_talk") if asking.answers else ("cancel_talk",)
        labels = tuple(turn.desk.texts.label(word) for word in words)
        keyboard = AskContact(turn.desk.texts.label("share_phone"), (labels,))
    else:
        keyboard = turn.inline(_buttons(row, question, first=not asking.answers), turn.here.id)
    turn.say(question.text, keyboard, **question.facts)


def _buttons(row: TalkRow, question: Question, *, first: bool) -> list[list[Press]]:
    choices = [Press(KIND, row.id, c.data, row.revision, c.word, c.facts) for c in question.kind.choices]
    steps = [Press(KIND, row.id, CANCEL, row.revision, "cancel_talk")]
    if not first:
        steps.insert(0, Press(KIND, row.id, BACK, row.revision, "back"))
    plain = all(not choice.facts for choice in question.kind.choices)
    width = WORDS_IN_A_ROW if plain else 1
    rows = [choices[i : i + width] for i in range(0, len(choices), width)]
    return rows if question.kind.binding else [*rows, steps]


def _meant(turn: Turn, now: Asking | Finished, answer: Reply) -> Reply:
    """Take typed words that stand on a button as a press of it; a yes to a single button presses it."""
    if not isinstance(answer, Said) or isinstance(now, Finished):
        return answer
    choices = now.question.kind.choices
    for choice in choices:
        if turn.desk.texts.means(answer.text, choice.word, choice.facts):
            return Pressed(choice.data)
    if len(choices) == 1 and turn.desk.texts.means(answer.text, "yes"):
        return Pressed(choices[0].data)
    return answer


def _waits_for_yes(turn: Turn, row: TalkRow) -> bool:
    facts, answers = _read(row)
    now = engine.replay(_script(turn, TALKS[row.name], facts)(), answers, CODEC)
    return isinstance(now, Asking) and now.question.kind.binding


def _read(row: TalkRow) -> tuple[object, Answers]:
    stored: dict[str, list[object]] = json.loads(row.answers)
    answers = {key: Answer(value, shown) for key, (value, shown) in stored.items()}  # type: ignore[arg-type]  # JSON we wrote
    return CODEC.loads(row.facts), answers


def _dump(answers: Mapping[str, Answer]) -> str:
    return json.dumps({key: [a.value, a.shown] for key, a in answers.items()}, ensure_ascii=False)


def _script(turn: Turn, talk: Talk, facts: object) -> Callable[[], Script[Command | None]]:
    return talk.over(facts, turn.desk.places)


def _fits(row: TalkRow) -> bool:
    """Tell whether the script still exists and its facts still have the shape they were stored in."""
    try:
        return isinstance(CODEC.loads(row.facts), TALKS[row.name].facts)
    except (KeyError, TypeError, ValueError):
        return False


def _subject(row: TalkRow) -> int | None:
    subject = getattr(CODEC.loads(row.facts), "subject", None)
    return subject if isinstance(subject, int) else None


def _command(result: object) -> Command:
    if isinstance(result, Command):
        return result
    raise TypeError(f"a script returned a {type(result).__name__}")
