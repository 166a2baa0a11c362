"""A Telegram bot that answers questions from a folder of knowledge entries."""

import os
from importlib.metadata import PackageNotFoundError, version

# Before numpy is imported: its library for matrices would start a thread for each core of the machine. Ours are small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

try:
    __version__ = version("juvenile-justice-bot")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
