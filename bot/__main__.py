"""``python -m bot`` is the same program as the console script ``jjbot``."""

from bot.cli import main

if __name__ == "__main__":
    main()
