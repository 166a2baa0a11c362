"""Settings: from the environment, over a ``.env`` file in the working directory.

The fields are the settings' names in lower case. ``.env.example`` lists them for operators; a test keeps it true.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from bot.tokens import redacted

DISTRIBUTION = "juvenile-justice-bot"
TELEGRAM_API = "https://api.telegram.org"
ENV_FILE = ".env"

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # what Telegram accepts as secret_token of setWebhook
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LISTEN = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<host>[^\s:\[\]]+)):(?P<port>[0-9]{1,5})")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LAST_PORT = 65535


class BadSetting(Exception):  # noqa: N818  (it names what is bad, in the words of the operator)
    """A setting that cannot be used; the message is one line that names it and says what to do."""


class Settings(BaseSettings):
    """What an operator can set. Everything is optional: without a token there is still the terminal."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True)

    telegram_bot_token: SecretStr | None = None
    """From BotFather; never shown, logged or put into an error."""
    telegram_bot_token_file: Path | None = None
    """A file that holds the token, for systems that hand out secrets as files."""
    telegram_api_url: str = TELEGRAM_API
    """Base address of the Bot API: the bot calls ``URL/bot<token>/<method>``."""
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    """Users who may administrate."""
    knowledge_dir: Path = Field(default_factory=lambda: default_knowledge_dir())  # noqa: PLW0108  (defined below)
    data_dir: Path = Field(default_factory=lambda: user_data_path(DISTRIBUTION, appauthor=False))
    """Where the last good knowledge folder is kept, and compiled editions; nothing about people ever is."""
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    health: Literal["on", "off"] = "off"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    default_language: str = "en"

    @property
    def listen_address(self) -> tuple[str, int]:
        """``listen`` as host and port."""
        found = _LISTEN.fullmatch(self.listen)
        if found is None:  # the validator let it through, so this cannot happen
            raise ValueError(self.listen)
        return found["v6"] or found["host"], int(found["port"])

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError(_token_mistake(token.get_secret_value()))
        return token

    @field_validator("telegram_api_url")
    @classmethod
    def _api_url(cls, url: str) -> str:
        return _address(url, example=TELEGRAM_API).rstrip("/")

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:  # noqa: ANN401  (whatever somebody wrote)
        if not isinstance(value, str):
            return value
        numbers = [part.strip() for part in value.split(",") if part.strip()]
        for number in numbers:
            if not (number.isascii() and number.isdigit()):
                raise ValueError(
                    f"{number!r} is not a user id; write numbers with commas between, such as 123456789,987654321"
                )
        return frozenset(map(int, numbers))

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, url: str | None) -> str | None:
        if url is None:
            return None
        if urlsplit(_address(url, example="https://bot.example.org/telegram")).scheme != "https" and not _on_loopback(
            url
        ):
            raise ValueError("Telegram delivers to https:// addresses only")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("use 1 to 256 of the characters A-Z a-z 0-9 _ -")
        return secret

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        found = _LISTEN.fullmatch(value.strip())
        if found is None or int(found["port"]) > _LAST_PORT:
            raise ValueError(f"{value!r} is not an address; write host:port, such as 127.0.0.1:8080")
        return value.strip()

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:  # noqa: ANN401
        return value.upper() if isinstance(value, str) else value

    @field_validator("health", "log_format", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:  # noqa: ANN401
        return value.lower() if isinstance(value, str) else value

    @field_validator("default_language")
    @classmethod
    def _language(cls, value: str) -> str:
        if not _LANGUAGE.fullmatch(value.lower()):
            raise ValueError(f"{value!r} is not the code of a language; write one such as en, fr or es")
        return value.lower()

    @model_validator(mode="after")
    def _token_from_file(self) -> Self:
        """Read the token file; the result is an ordinary token."""
        if self.telegram_bot_token_file is None:
            return self
        if self.telegram_bot_token is not None:
            raise ValueError("set TELEGRAM_BOT_TOKEN or TELEGRAM_BOT_TOKEN_FILE, not both")
        token = _read_token(self.telegram_bot_token_file)
        # The model is frozen for everybody else; the token only arrives by another road here.
        object.__setattr__(self, "telegram_bot_token", SecretStr(token))
        return self


def load() -> Settings:
    """Return the settings of this process.

    Raises BadSetting, whose message never holds a secret.
    """
    try:
        return Settings(_env_file=ENV_FILE)
    except ValidationError as error:
        # A token that was pasted into another setting would be repeated as a wrong value.
        raise BadSetting(redacted(_one_line(error))) from None
    except SettingsError as error:
        raise BadSetting(redacted(str(error))) from None
    except UnicodeDecodeError:
        raise BadSetting(f"{ENV_FILE}: this file is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise BadSetting(f"{ENV_FILE}: cannot be read: {error.strerror}") from None


def default_knowledge_dir() -> Path:
    """Return ``knowledge`` beside the project file, in the working directory or the checkout; else the shipped copy."""
    package = Path(__file__).parent
    for root in (Path.cwd(), package.parent):
        if _is_the_project(root / "pyproject.toml") and (root / "knowledge").is_dir():
            return root / "knowledge"
    return package / "shipped_knowledge"


def _is_the_project(project_file: Path) -> bool:
    try:
        project = tomllib.loads(project_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(project.get("project", {}).get("name") == DISTRIBUTION)


def _read_token(path: Path) -> str:
    try:
        token = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"TELEGRAM_BOT_TOKEN_FILE: {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"TELEGRAM_BOT_TOKEN_FILE: {path} is not a text file") from None
    if not _TOKEN.fullmatch(token):
        raise ValueError(f"TELEGRAM_BOT_TOKEN_FILE: {path}: {_token_mistake(token)}")
    return token


def _token_mistake(token: str) -> str:
    """Say what is wrong with a token without repeating any of it."""
    if token[:1] in "'\"“‘" or token[-1:] in "'\"”’":
        return "there are quotation marks around the token; remove them"
    if any(character.isspace() for character in token):
        return "there is a space or line break in the token; remove it"
    return "this is not a bot token; copy it from BotFather: digits, a colon, then letters and digits"


def _address(url: str, *, example: str) -> str:
    if re.search(r"/bot[0-9]+(?::|%3A)", url, re.IGNORECASE):  # first of all: the others repeat what was written
        raise ValueError(f"leave out /bot and the token; write only the base address, such as {example}")
    mistake = f"{url!r} is not an address; write one such as {example}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(mistake) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0 or re.search(r"\s", url):
        raise ValueError(mistake)
    if parts.query or parts.fragment or parts.username:
        raise ValueError(
            f"leave out everything that begins with ?, # or a user name; write an address such as {example}"
        )
    return url


def _on_loopback(url: str) -> bool:
    return urlsplit(url).hostname in _LOOPBACK


def _one_line(error: ValidationError) -> str:
    """Return the first mistake as ``NAME: what is wrong and what to write``."""
    first = error.errors(include_input=False, include_url=False)[0]
    name = "_".join(str(part) for part in first["loc"]).upper()
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "literal_error":
        message = f"write {first['ctx']['expected']}".replace("'", "")
    return f"{name}: {message}" if name else message
