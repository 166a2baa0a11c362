"""A Telegram bot that answers questions from a folder of knowledge entries."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("juvenile-justice-bot")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
