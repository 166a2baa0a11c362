"""/reload: by an administrator, in private, while everybody else goes on asking."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING
from weakref import ref

import pytest

from bot.knowledge.finding import Reload

if TYPE_CHECKING:
    from tests.telegram_app.conftest import Visit


async def test_a_good_folder_is_swapped_in(visit: Visit) -> None:
    """The administrator sees what changed, and the next answer comes from the new edition."""
    path = visit.folder / "societies.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("breeds roses", "grows roses"), encoding="utf-8")
    (visit.folder / "fern.yaml").write_text(
        "kind: topic\nname: {en: Ferns}\nsummary: {en: Ferns are old.}\n", encoding="utf-8"
    )
    report = await visit.ask("/reload", user=visit.admin)
    assert "The knowledge was reloaded. +1 -0 ~1" in (report.text or "")
    assert "fern" in (report.text or "")
    assert "grows roses" in ((await visit.ask("rose society")).text or "")


@pytest.mark.parametrize("by_command", [False, True])
async def test_the_application_lets_go_of_the_edition_before(visit: Visit, *, by_command: bool) -> None:
    """Nothing holds it once another is served, else the memory would grow with each reload."""
    await visit.ask("rose society")
    visit.store.reload()
    await visit.ask("rose society")
    await visit.type("rose")
    before = ref(visit.store.edition.matcher)
    if by_command:
        await visit.ask("/reload", user=visit.admin)
    else:
        visit.store.reload()
    assert before() is None


async def test_a_broken_folder_is_refused_with_its_findings(visit: Visit) -> None:
    """Each error with file, line and column; the old edition goes on answering."""
    path = visit.folder / "societies.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("kind: organisation", "kind: society", 1), encoding="utf-8"
    )
    report = await visit.ask("/reload", user=visit.admin)
    assert "Not reloaded" in (report.text or "")
    assert "societies.yaml:2:" in (report.text or "")
    assert ((await visit.ask("rose society")).text or "").startswith("Rose Society")


async def test_a_folder_full_of_mistakes_fits_into_one_message(visit: Visit) -> None:
    """What does not fit is counted."""
    (visit.folder / "bad.yaml").write_text(
        "---\n".join(f"id: bad-{n}\nname: {{en: {'long ' * 60}}}\nunknown: {n}\n" for n in range(200)), encoding="utf-8"
    )
    report = await visit.ask("/reload", user=visit.admin)
    assert "Not reloaded" in (report.text or "")
    assert len(report.text or "") <= 4096


async def test_nobody_else_can_reload(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a stranger in private, nor the administrator in a group, where the findings are nobody's business."""
    monkeypatch.setattr(type(visit.store), "reload", lambda _: 1 / 0)
    stranger = await visit.ask("/reload")
    unknown = await visit.ask("/nonsense")
    assert stranger.text == unknown.text
    group = visit.world.group("Gardeners", visit.admin)
    said = await visit.say(group, "/reload@stand_in_bot", user=visit.admin)
    assert said.text == unknown.text
    await visit.say(group, "/reload", user=visit.admin)
    assert len(visit.world.replies(group)) == 1


async def test_an_edited_message_never_reloads(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turning an earlier question into a command is not how it is given."""
    await visit.ask("rose society", user=visit.admin)
    monkeypatch.setattr(type(visit.store), "reload", lambda _: 1 / 0)
    visit.world.edit(visit.world.messages(visit.world.private(visit.admin))[0], "/reload")
    await visit.settle()


async def test_questions_are_answered_during_a_reload(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is compiled in a thread."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: object) -> Reload:
        begun.set()
        assert go_on.wait(10)
        return Reload(swapped=True)

    monkeypatch.setattr(type(visit.store), "reload", slow)
    visit.world.ask(visit.admin, "/reload")
    reloading = asyncio.create_task(visit.settle())
    assert await asyncio.to_thread(begun.wait, 10)
    await visit.skip()
    card = await visit.ask("rose society")
    assert (card.text or "").startswith("Rose Society")
    assert visit.world.private(visit.admin).actions == ["typing"]
    go_on.set()
    await reloading
    assert "Nothing has changed" in (visit.world.last(visit.world.private(visit.admin)).text or "")
