"""The only package that knows Telegram: rendering, handlers, intake, sending."""

import os

# python-telegram-bot's own switch to the type that its next major version has for durations; without it each reading of
# "retry after" is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
