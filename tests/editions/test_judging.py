"""The one judge of what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editions.judging import Outcome, outcome
from bot.knowledge.folder import read_folder
from bot.matching.decision import Answer, Chat, Choose, Help, Listing, NoMatch, Question, Rule

if TYPE_CHECKING:
    from bot.matching.decision import Decision
    from tests.knowledge.conftest import Write

SUMMARY = "summary: " + "word " * 50


def test_what_can_be_wanted_of_a_decision(write: Write) -> None:
    """The words for decisions, and ids: of a card, of what it or a list has first, of a "not here"."""
    org = f"kind: organisation\nname: Org\nlinks: [{{is: website, url: https://o.example}}]\n{SUMMARY}\n"
    theme = f"name: Theme\norganisations: [{{id: org}}]\n{SUMMARY}\n"
    there = "kind: elsewhere\nname: There\nreply: Not here.\n"
    entries = read_folder(write(org=org, theme=theme, there=there)).catalogue.entries
    question = Question("?")
    theme_card = Answer(question=question, rule=Rule.CONFIDENT, entry=entries["theme"])
    not_here = NoMatch(question=question, rule=Rule.ELSEWHERE, entry=entries["there"])
    how = Chat(question=question, rule=Rule.BARE_HELP, entry=None)
    cry = Help(question=question, rule=Rule.CRY, entry=entries["there"])
    listed = Listing(question=question, rule=Rule.LIST, entries=(entries["theme"], entries["org"]))
    choice = Choose(question=question, rule=Rule.CLOSE, entries=(entries["org"],))
    decisions: dict[str, Decision] = {
        "card": theme_card,
        "list": listed,
        "not": not_here,
        "how": how,
        "cry": cry,
        "choice": choice,
    }
    wanted = {want: {name for name, one in decisions.items() if outcome(one, {want}) is Outcome.RIGHT} for want in
              ("theme", "org", "there", "none", "chat", "help")}  # fmt: skip
    assert wanted == {
        "theme": {"card", "list"},
        "org": {"card"},
        "there": {"not", "cry"},
        "none": {"not", "how"},
        "chat": {"how"},
        "help": {"cry"},
    }
