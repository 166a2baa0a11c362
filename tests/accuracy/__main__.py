"""How well the shipped knowledge is found, measured: ``python -m tests.accuracy``.

Without a command everything is measured and compared with the floors (exit status 1 where they do not hold);
``--record`` writes the floors.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tests.accuracy import dialogues, fit, floors, grid, hearing, hearing_fit, lists, report
from tests.accuracy.figures import ALL, ASKED, of_questions
from tests.accuracy.questions import FILES
from tests.accuracy.shipped import edition
from tests.benchmarks.report import progress, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.accuracy.figures import Figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("--record", action="store_true", help="write what is measured to floors.yaml")
    commands = parser.add_subparsers(dest="command")
    for name, text in (
        ("grid", "every organisation by every attribute; a sample, or --all"),
        ("lists", "questions for several organisations at once"),
        ("dialogues", "conversations of several turns"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("--misses", type=int, default=0, metavar="N", help="show N of the misses")
        if name == "grid":
            command.add_argument("--all", action="store_true", help="ask every question instead of a sample")
    fitting = commands.add_parser("fit", help="fit the confidence; exit status 1 where the shipped values are others")
    fitting.add_argument("--write", action="store_true", help="write the values to bot/matching/tuning.py")
    danger = commands.add_parser("danger", help="how well somebody in danger is heard; --fit fits the score")
    danger.add_argument("--fit", action="store_true", help="exit status 1 where the shipped score is another one")
    danger.add_argument("--write", action="store_true", help="write the fitted score to knowledge/danger.yaml")
    commands.add_parser("report", help="what each mechanism adds and each number does: docs/tuning.md, ten minutes")
    chosen = parser.parse_args(arguments)
    match chosen.command:
        case "grid":
            found = list(grid.asked(every=chosen.all))
            _show({"grid": grid.figures(found)})
            _show_misses([str(one) for one in found if not one.good], chosen.misses)
            _results(found)
        case "lists":
            listed = list(lists.asked())
            _show({"lists": lists.figures(listed)})
            misses = [
                f"[{one.kind} {one.language}] {one.text!r}: {'; '.join(one.faults)}" for one in listed if one.faults
            ]
            _show_misses(misses, chosen.misses)
        case "dialogues":
            turns = list(dialogues.held_with(edition()))
            _show({"dialogues": dialogues.figures(turns)})
            _show_misses([dialogues.missed(one) for one in turns if not one.right], chosen.misses)
        case "fit":
            return 0 if fit.run(write=chosen.write) else 1
        case "danger":
            return _danger(fit_it=chosen.fit, write=chosen.write)
        case "report":
            report.run()
        case _:
            return _everything(record=chosen.record)
    return 0


def _danger(*, fit_it: bool, write: bool) -> int:
    """Show how well somebody in danger is heard, or fit the score; return the exit status."""
    if not fit_it:
        _show(heard())
        return 0
    text = hearing_fit.written()
    same = text == hearing_fit.FILE.read_text(encoding="utf-8")
    if write and not same:
        hearing_fit.FILE.write_text(text, encoding="utf-8")
    _say(f"The shipped score is {'' if same else 'NOT '}the fitted one{'; written' if write and not same else ''}.")
    return 0 if same or write else 1


def heard() -> dict[str, Figures]:
    """Return how well somebody in danger is heard, of messages that nothing is fitted to."""
    detector = edition().matcher._danger
    return {f"danger, {name}": hearing.figures(asked, detector) for name, asked in hearing.judging().items()}


def measured() -> dict[str, Figures]:
    """Return the figures of everything, the grid by its sample."""
    found = {}
    for file in FILES:
        progress(file)
        found[file] = of_questions(file, edition().matcher)
    progress("lists, dialogues")
    found["lists"] = lists.figures(list(lists.asked()))
    found["dialogues"] = dialogues.figures(list(dialogues.held_with(edition())))
    progress("grid")
    found["grid"] = grid.figures(list(grid.asked(every=False)))
    progress("danger")
    return {**found, **heard()}


def _everything(*, record: bool) -> int:
    found = measured()
    _show(found)
    if record:
        floors.record(found)
        return 0
    recorded = floors.floors()
    different = [line for name, figures in found.items() for line in floors.differences(name, figures, recorded)]
    for line in different:
        _say(line)
    return 1 if different else 0


def _show(found: Mapping[str, Figures]) -> None:
    names = list(dict.fromkeys(share for figures in found.values() for share in figures[ALL] if share != ASKED))
    rows = [
        (f"{name}, {kind}", f"{shares[ASKED]:g}", *(f"{shares[key]:.1%}" if key in shares else "" for key in names))
        for name, figures in found.items()
        for kind, shares in figures.items()
    ]
    _say(table(("set, kind", ASKED, *names), rows))


def _results(found: Sequence[grid.Judged]) -> None:
    for result in grid.Result:
        _say(f"{result}: {sum(one.result is result for one in found) / len(found):.1%}")


def _show_misses(misses: Sequence[str], most: int) -> None:
    for line in misses[:most]:
        _say(line)


def _say(text: str) -> None:
    print(text)  # noqa: T201  (a command's own output)


if __name__ == "__main__":
    sys.exit(main())
