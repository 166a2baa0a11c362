"""What the report says about dialogues: turns right by language, and every miss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.evaluation.dialogues import TurnVerdict


class DialogueReport:
    """The verdicts on all turns of some dialogues; those without conditions do not count."""

    def __init__(self, verdicts: Iterable[TurnVerdict]) -> None:
        self.verdicts = tuple(verdict for verdict in verdicts if verdict.turn.judged)

    @property
    def misses(self) -> tuple[TurnVerdict, ...]:
        """Every turn that is not right."""
        return tuple(verdict for verdict in self.verdicts if not verdict.right)

    @property
    def right(self) -> float:
        """The share of turns that is right, from 0 to 1; 1 where none has a condition."""
        return _share(self.verdicts)

    def by_language(self) -> dict[str, tuple[TurnVerdict, ...]]:
        """Return the verdicts by the language of their dialogue, in the order in which those first occur."""
        groups: dict[str, list[TurnVerdict]] = {}
        for verdict in self.verdicts:
            groups.setdefault(verdict.dialogue.lang, []).append(verdict)
        return {language: tuple(verdicts) for language, verdicts in groups.items()}

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            **_counts(self.verdicts),
            "by_language": {language: _counts(verdicts) for language, verdicts in self.by_language().items()},
            "misses": [_miss(verdict) for verdict in self.misses],
        }

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of a terminal."""
        yield f"{'dialogues':14}{'turns':>6}{'right':>7}{'right %':>9}"
        for language, verdicts in self.by_language().items():
            yield _row(language, verdicts)
        yield ""
        for verdict in self.misses:
            yield _miss_line(verdict)
        yield ""
        yield _row("all turns", self.verdicts)


def _share(verdicts: tuple[TurnVerdict, ...]) -> float:
    return sum(verdict.right for verdict in verdicts) / len(verdicts) if verdicts else 1.0


def _counts(verdicts: tuple[TurnVerdict, ...]) -> dict[str, float]:
    return {
        "turns": len(verdicts),
        "right": sum(verdict.right for verdict in verdicts),
        "right_share": round(_share(verdicts), 4),
    }


def _row(name: str, verdicts: tuple[TurnVerdict, ...]) -> str:
    right = sum(verdict.right for verdict in verdicts)
    return f"{name:14}{len(verdicts):>6}{right:>7}{_share(verdicts):>9.1%}"


def _miss(verdict: TurnVerdict) -> dict[str, Any]:
    record = verdict.answered.record
    given = ("decision", "card", "entries", "choices", "attribute", "known", "text")
    return {
        "who": verdict.dialogue.who,
        "lang": verdict.dialogue.lang,
        "turn": verdict.number,
        "q": verdict.turn.q,
        "failed": list(verdict.failed),
        **{key: record[key] for key in given},  # type: ignore[literal-required]
    }


def _miss_line(verdict: TurnVerdict) -> str:
    miss = _miss(verdict)
    got = " ".join([miss["decision"], *(miss["entries"] or miss["choices"]), *filter(None, [miss["attribute"]])])
    said = " ".join(miss["text"].split())[:80]
    asked = f"[{miss['lang']}, {miss['who']}, turn {miss['turn']}] {miss['q']!r}"
    return f"missed: {asked} wanted {'; '.join(miss['failed'])}; got {got}: {said!r}"
