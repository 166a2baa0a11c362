"""Why: a decision in plain words, for editors and whoever asks "how did it get that?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Chat, Choose, Help, Listing, NoMatch, Rule
from bot.matching.terms import DIGITS, logistic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.matching.decision import Decision, Evidence
    from bot.matching.terms import Term

_RULES: dict[Rule, str] = {
    Rule.CRY: "the words of somebody in danger: helplines come before any search",
    Rule.CARE: "what follows a cry for help, or sounds like one: the next useful step",
    Rule.BARE_HELP: "a bare call for help: how to ask, and a line for whoever is in danger",
    Rule.EMPTY: "there is nothing readable in the message",
    Rule.EXACT: "the whole message is a phrase of one entry",
    Rule.ABOUT: "the message follows up on the card it replies to",
    Rule.NAMED: "the message names the entry",
    Rule.CONFIDENT: "the evidence is strong enough to answer",
    Rule.CLOSE: "several entries fit about equally well",
    Rule.UNSURE: "something fits, but not well enough to answer without asking back",
    Rule.ELSEWHERE: "the message is about something the folder names only to say that it is not covered here",
    Rule.WEAK: "nothing fits well enough",
    Rule.ATTRIBUTE: "the message asks for something about an entry that it names, or that was just shown",
    Rule.WHICH: "the message asks for something about an entry, and names none",
    Rule.LIST: "the message asks for all entries that have something in common",
    Rule.PICKED: "the message picks one of those that were offered or listed",
    Rule.MOVE: "the message is about the conversation itself",
    Rule.IDENTIFIER: "the message names a numbered thing that is not here",
}


def lines(decision: Decision) -> list[str]:
    """Explain a decision, a line for each step, the outcome first."""
    told = [f"Decision: {_outcome(decision)}.", f"Rule: {_RULES[decision.rule]}."]
    if isinstance(decision, Answer) and decision.fact is not None:
        told.append(f"It leads with fact {decision.fact + 1}, which has most of what was asked besides the name.")
    if isinstance(decision, Answer) and decision.link:
        told.append(f"The words ask for a link: {decision.link}.")
    if decision.language:
        told.append(f"Language of the question: {decision.language}.")
    if decision.candidates:
        told.extend(_confidence(decision))
    for place, candidate in enumerate(decision.candidates, 1):
        told.append(f"{place}. {candidate.entry.id}: {_sum(candidate.score, candidate.terms)}")
        told.extend(f"   {_matched(evidence)}" for evidence in candidate.evidence)
    return told


def reason(decision: Decision) -> str:
    """Return in one line which rule decided, and which entry came first with how much confidence."""
    if not decision.candidates:
        return _RULES[decision.rule]
    first = decision.candidates[0].entry.id
    return f"{_RULES[decision.rule]}; first of all {first}, {decision.confidence:.0%} sure"


def why(decision: Decision) -> dict[str, object]:
    """Return the same for programs: rule, confidence and scores with their terms, and the evidence."""
    return {
        "rule": decision.rule.value,
        "language": decision.language,
        "confidence": decision.confidence,
        "confidence_terms": {term.name: term.value for term in decision.confidence_terms},
        "floor": decision.floor,
        "margin": decision.margin,
        "terms": {
            candidate.entry.id: {term.name: term.value for term in candidate.terms} for candidate in decision.candidates
        },
        "evidence": {
            candidate.entry.id: [
                {
                    "words": list(evidence.words),
                    "meant": list(evidence.meant),
                    "phrase": evidence.phrase,
                    "field": evidence.field.value,
                    "language": evidence.language,
                }
                for evidence in candidate.evidence
            ]
            for candidate in decision.candidates
        },
    }


def _outcome(decision: Decision) -> str:
    match decision:
        case Answer():
            beside = "".join(f" and {entry.id}" for entry in decision.beside)
            return f"answer with {decision.entry.id}{beside}"
        case Listing():
            return "list " + ", ".join(entry.id for entry in decision.entries)
        case Choose():
            return "offer " + ", ".join(entry.id for entry in decision.entries)
        case Help():
            return f"helplines ({decision.entry.id}), because of {decision.phrase or 'its letters'!r}"
        case Chat():
            return f"small talk ({decision.entry.id})" if decision.entry else "show how to ask"
        case NoMatch():
            return f"no answer: {decision.entry.id} is not covered here" if decision.entry else "no answer"


def _confidence(decision: Decision) -> Iterator[str]:
    """Yield what the confidence is made of: what its terms add up to, and what the rule vouches for."""
    floor = f"at least {decision.floor:.{DIGITS}f} by the rule" if decision.floor else ""
    if not decision.confidence_terms:
        floor = floor or "there are no words to judge by"
    yield f"Confidence that the first candidate is meant: {decision.confidence:.{DIGITS}f}{floor and f' ({floor})'}."
    if decision.confidence_terms:
        odds = _sum(decision.log_odds, decision.confidence_terms)
        yield f"   by its words {logistic(decision.confidence_terms):.{DIGITS}f}, the logistic of {odds}"


def _sum(value: float, terms: Sequence[Term]) -> str:
    """Write a sum with its terms; those that are nothing are left out."""
    written = [
        f"{'-' if term.value < 0 else '+'} {abs(term.value):.{DIGITS}f} {term.name}" for term in terms if term.value
    ]
    return f"{value:.{DIGITS}f} = {' '.join(written).removeprefix('+ ') or 'nothing'}"


def _matched(evidence: Evidence) -> str:
    words = ", ".join(
        typed if typed == meant else f"{typed} (read as {meant})"
        for typed, meant in zip(evidence.words, evidence.meant, strict=True)
    )
    return f"{words}: in the {evidence.field} {evidence.phrase!r}"
