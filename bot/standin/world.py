"""The simulated world: Telegram's servers on one side, people with their phones on the other.

A synchronous state machine without threads, network or time of its own::

    world = World()
    anna = world.user("Anna", language="fr")
    chat = world.private(anna)
    world.say(anna, chat, "hello")                      # an update waits for the bot
    world.call(world.token, "getUpdates", {})           # the bot's side, one method call
    world.last(chat)                                    # what was said last

Tests and the terminal chat let the real bot talk to it over HTTP, through ``bot.standin.server.Server``.
It is not thread-safe: use it from the thread in which its door runs.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final

from bot.standin.chats import User
from bot.standin.methods import intake, messages, profile, queries
from bot.standin.people import People
from bot.standin.rules import parameters
from bot.standin.rules.refusal import ApiError
from bot.standin.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.standin.clock import Clock
    from bot.standin.methods.messages import Parameters
    from bot.standin.updates import Poll

TOKEN: Final = "700000000:AAStandInForTelegramOnLoopback00000"  # noqa: S105  (opens nothing but this stand-in)
"""A made-up token in the form of a real one."""

_TOKEN_FORM: Final = re.compile(r"[0-9]{1,15}:[A-Za-z0-9_-]{20,60}\Z")

CALLS: Final[dict[str, Callable[[State, Parameters], Any]]] = {
    "getMe": profile.get_me,
    "getUpdates": intake.get_updates,
    "setWebhook": intake.set_webhook,
    "deleteWebhook": intake.delete_webhook,
    "getWebhookInfo": intake.get_webhook_info,
    "sendMessage": messages.send_message,
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "sendChatAction": messages.send_chat_action,
    "leaveChat": messages.leave_chat,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
    "answerGuestQuery": queries.answer_guest_query,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyName": profile.setter("name"),
    "getMyName": profile.getter("name"),
    "setMyDescription": profile.setter("description"),
    "getMyDescription": profile.getter("description"),
    "setMyShortDescription": profile.setter("short_description"),
    "getMyShortDescription": profile.getter("short_description"),
}
"""The methods there are; Telegram reads their names without regard to case."""

_NAMES: Final = {name.lower(): name for name in CALLS}


class World(People):
    """People, chats, and one bot.

    ``clock`` gives Unix time in seconds. ``privacy_mode``: in groups the bot sees only what is meant for it.
    ``inline``, ``inline_feedback``, ``guest_mode``: as set with BotFather. ``flood_limits``: refuse what exceeds
    Telegram's published limits.
    """

    def __init__(
        self,
        clock: Clock = time.time,
        *,
        token: str = TOKEN,
        bot_name: str = "Stand-in",
        bot_username: str = "stand_in_bot",
        privacy_mode: bool = True,
        inline: bool = True,
        inline_feedback: bool = True,
        guest_mode: bool = True,
        flood_limits: bool = False,
    ) -> None:
        bot = User(int(token.partition(":")[0]), bot_name, username=bot_username, is_bot=True)
        super().__init__(
            State(
                clock,
                token,
                bot,
                privacy_mode=privacy_mode,
                inline=inline,
                inline_feedback=inline_feedback,
                guest_mode=guest_mode,
                flood_limits=flood_limits,
            )
        )
        self.calls: list[tuple[str, dict[str, Any], ApiError | None]] = []
        """Every call but getUpdates: method, parameters as sent, and the refusal if it was refused."""

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.state.token

    @property
    def bot(self) -> User:
        """The bot, as people see it."""
        return self.state.bot

    @property
    def refused(self) -> list[tuple[str, ApiError]]:
        """The calls that were refused, with the reason."""
        return [(method, error) for method, _, error in self.calls if error is not None]

    @property
    def pending(self) -> list[dict[str, Any]]:
        """The updates that the bot has not confirmed yet, oldest first."""
        return self.state.updates.pending

    def call(self, token: str, method: str, params: dict[str, Any] | None = None) -> Any:  # noqa: ANN401  (JSON)
        """Return the result of a method call by a bot. Raises ApiError where Telegram would refuse it."""
        name, given = self._admitted(token, method, params or {})
        try:
            result = CALLS[name](self.state, parameters.read(name, given))
        except ApiError as error:
            self._record(name, given, error)
            raise
        self._record(name, given, None)
        return result

    def poll(self, token: str, params: dict[str, Any]) -> Poll:
        """Begin a getUpdates that waits: ask ``state.updates.answer(poll)`` again after each change."""
        name, given = self._admitted(token, "getUpdates", params)
        poll = intake.begin_poll(self.state, parameters.read(name, given))
        self.changed()
        return poll

    def _admitted(self, token: str, method: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        if not _TOKEN_FORM.match(token):
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        name = _NAMES.get(method.lower())
        if name is None:
            self._record(method, params, ApiError(404, "Not Found"))
            raise ApiError(404, "Not Found")
        return name, params

    def _record(self, name: str, given: dict[str, Any], error: ApiError | None) -> None:
        if name != "getUpdates":
            self.calls.append((name, given, error))
        self.changed()
