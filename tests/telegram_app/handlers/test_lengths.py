"""An entry of any length is shown wherever it is asked for; Telegram would refuse a text that is too long."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bot.editions.compilation import compile_folder
from bot.limits import GROUP_TEXT, MESSAGE_TEXT
from tests.telegram_app.conftest import GARDEN, opened

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "The endless garden has <paths> & ponds without an end and " + "goes on and on and " * 200 + "on. "


async def test_an_endless_entry_fits_wherever_it_is_shown(tmp_path: Path) -> None:
    """In private, in place of another card, in a group and sent by way of inline mode, within each one's limit."""
    folder = tmp_path / "garden"
    shutil.copytree(GARDEN, folder)
    for name, other in (("endless", "eternal"), ("eternal", "endless")):
        text = f"kind: organisation\nname: {{en: Garden {name}}}\nsummary: {{en: '{SENTENCE * 3}'}}\nrelated: [{other}]"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    edition = compile_folder(folder, thorough=False)
    assert not edition.errors
    async with opened(edition, folder) as visit:
        private = await visit.ask("garden endless")
        before = private.text
        amended = await visit.tap(private, "Garden eternal")
        assert amended is private
        group = visit.world.group("Gardeners", visit.anna)
        in_group = await visit.say(group, "/about@stand_in_bot garden endless")
        chosen = visit.world.choose_inline(await visit.type("garden endless"), 0, group)
        for shown, limit in (
            (before, MESSAGE_TEXT),
            (amended.text, MESSAGE_TEXT),
            (in_group.text, GROUP_TEXT),
            (chosen.text, MESSAGE_TEXT),
        ):
            assert limit / 2 < len(shown or "") <= limit
            assert "<paths> & ponds" in (shown or "")
