"""The types of what python-telegram-bot hands to a handler. Its stores for users and chats stay empty."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackContext, ExtBot

Store = dict[Any, Any]
Bot = ExtBot[Any]
Context = CallbackContext[Bot, Store, Store, Store]
App = Application[Bot, Context, Store, Store, Store, None]
