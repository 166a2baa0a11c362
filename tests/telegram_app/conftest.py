"""The real application before the stand-in for Telegram, answering from a small folder about gardens."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from telegram.request import HTTPXRequest

from bot.editions.compilation import compile_folder
from bot.editions.store import EditionStore
from bot.settings import Settings
from bot.standin.clock import ManualClock
from bot.standin.server import Server
from bot.standin.world import World
from bot.telegram_app.application import ALLOWED_UPDATES, build
from bot.telegram_app.handlers.responder import CurrentResponder
from bot.telegram_app.memory import Memory
from bot.telegram_app.outbox.sending import Sending
from bot.telegram_app.tasks import aside
from tests.operations.searching import searched

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.editions.edition import Edition
    from bot.standin.chats import Chat, Message, User
    from bot.standin.state import InlineQuery
    from bot.telegram_app.ptb_types import App, Context

GARDEN = Path(__file__).parent / "garden"


@dataclass
class Visit:
    """A world with people in it, and the bot behind its door; nothing happens until ``settle``."""

    world: World
    application: App
    store: EditionStore
    folder: Path
    anna: User
    admin: User
    errors: list[BaseException] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    refusals: int = 0
    """Calls that are expected to be refused."""
    _offset: int = 0

    async def settle(self) -> None:
        """Let the bot fetch and handle all that is waiting, one update after the other, over HTTP."""
        while updates := await self.application.bot.get_updates(
            offset=self._offset, timeout=0, allowed_updates=ALLOWED_UPDATES
        ):
            for update in updates:
                self._offset = update.update_id + 1
                await self.application.process_update(update)

    async def skip(self) -> None:
        """Let what is waiting pass as if an earlier run of the bot had handled it."""
        for update in await self.application.bot.get_updates(timeout=0, allowed_updates=ALLOWED_UPDATES):
            self._offset = update.update_id + 1

    async def ask(self, text: str, *, user: User | None = None, reply_to: Message | None = None) -> Message:
        """Write to the bot in private and return the last message of that chat."""
        who = user or self.anna
        self.world.ask(who, text, reply_to)
        await self.settle()
        return self.world.last(self.world.private(who))

    async def tap(self, message: Message, button: str, *, user: User | None = None) -> Message:
        """Tap a button and return the last message of that chat."""
        self.world.tap(user or self.anna, message, button)
        await self.settle()
        return self.world.last(message.chat)

    async def say(self, chat: Chat, text: str, *, user: User | None = None, reply_to: Message | None = None) -> Message:
        """Write in a group and return its last message."""
        self.world.say(user or self.anna, chat, text, reply_to)
        await self.settle()
        return self.world.last(chat)

    async def type(self, query: str, *, user: User | None = None, offset: str = "") -> InlineQuery:
        """Type an inline query and return it with its answer."""
        typed = self.world.type_inline(user or self.anna, query, offset)
        await self.settle()
        return typed

    @property
    def sent(self) -> list[str]:
        """The methods of all calls that did something, in order."""
        return [method for method, _, _ in self.world.calls if not method.startswith("get")]


def settings(world: World, url: str, **changes: Any) -> Settings:  # noqa: ANN401  (values of settings)
    """Return the settings of a bot in this world."""
    return Settings(telegram_bot_token=SecretStr(world.token), telegram_api_url=url, **changes)


@pytest.fixture(scope="session")
def garden() -> Edition:
    """Compile the garden once."""
    edition = compile_folder(GARDEN, thorough=False)
    assert not edition.errors
    return edition


def grown(folder: Path, count: int) -> Edition:
    """Return an edition with ``count`` more societies."""
    entries = [
        f"id: club-{number:03}\nkind: organisation\nname: {{en: Garden Club {number:03}}}\n"
        f"summary: {{en: Members of number {number:03} meet and dig.}}\n"
        f"links: [{{is: website, url: 'https://club-{number:03}.example.org'}}]\n"
        for number in range(count)
    ]
    (folder / "clubs.yaml").write_text("---\n".join(entries), encoding="utf-8")
    edition = compile_folder(folder, thorough=False)
    assert not edition.errors, edition.errors
    return edition


def _client() -> HTTPXRequest:
    """Return the real HTTP client, without the certificates that it reads for half of a test's time."""
    return HTTPXRequest(httpx_kwargs={"verify": False})


@asynccontextmanager
async def opened(edition: Edition, folder: Path, **world_options: Any) -> AsyncIterator[Visit]:  # noqa: ANN401
    """Open the door, start the bot; at the end nothing may have failed and no call may have been refused."""
    clock = ManualClock()
    world, memory = World(clock, **world_options), Memory(clock)
    anna, admin = world.user("Anna"), world.user("Ada", username="ada")
    async with Server(world) as door:
        store = EditionStore(folder, edition, ())
        application = build(
            settings(world, door.url, admin_ids=str(admin.id)),
            CurrentResponder(store),
            reload=lambda: aside(store.reload),
            rate_limiter=Sending(),
            request=_client(),
            get_updates_request=_client(),
            memory=memory,
        )
        visit = Visit(world, application, store, folder, anna, admin, memory=memory)

        async def note(update: object, context: Context) -> None:
            assert context.error is not None
            visit.errors.append(context.error)

        application.error_handlers.clear()
        application.add_error_handler(note)
        async with application:
            with searched(world):
                yield visit
    if visit.errors:
        raise visit.errors[0]
    assert len(world.refused) == visit.refusals, world.refused


@pytest.fixture
async def visit(garden: Edition, tmp_path: Path) -> AsyncIterator[Visit]:
    """Anna, an administrator, and the bot that knows about gardens."""
    folder = tmp_path / "garden"
    shutil.copytree(GARDEN, folder)
    async with opened(garden, folder) as visit:
        yield visit


@pytest.fixture
def undecided(garden: Edition, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a question for which the matcher offers hedges and lawns, whatever its thresholds are."""
    from bot.matching.decision import Choose, Question, Rule  # noqa: PLC0415

    text = "what is cut here"
    entries = tuple(garden.catalogue.entries[name] for name in ("hedges", "lawns"))
    decide: Callable[[Question], Any] = garden.matcher.decide

    def offer(question: Question) -> Any:  # noqa: ANN401
        if question.text == text:
            return Choose(question=question, rule=Rule.CLOSE, language="en", entries=entries)
        return decide(question)

    monkeypatch.setattr(garden.matcher, "decide", offer)
    return text
