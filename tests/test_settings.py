"""Settings: what is set, what is refused, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.settings import BadSetting, Settings, load

TOKEN = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, so that no .env is found but one that the test writes."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_has_to_be_set() -> None:
    """The defaults are those of the README."""
    found = load()
    assert found.telegram_bot_token is None
    assert found.telegram_api_url == "https://api.telegram.org"
    assert found.admin_ids == frozenset()
    assert found.listen_address == ("127.0.0.1", 8080)
    assert (found.health, found.log_level, found.log_format) == ("off", "INFO", "console")
    assert found.default_language == "en"
    assert found.data_dir.name == "juvenile-justice-bot"


def test_the_environment_wins_over_the_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the file sets and the environment does not is kept."""
    (elsewhere / ".env").write_text("LOG_LEVEL=debug\nDEFAULT_LANGUAGE=fr\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("DEFAULT_LANGUAGE", "es")
    found = load()
    assert (found.log_level, found.default_language) == ("DEBUG", "es")


def test_an_empty_value_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of .env.example with nothing behind the sign does no harm."""
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert load() == load()
    assert load().telegram_bot_token is None


def test_a_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by printing the settings nor by their representation."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    found = load()
    assert found.telegram_bot_token is not None
    assert found.telegram_bot_token.get_secret_value() == TOKEN
    assert TOKEN not in f"{found} {found!r}"


def test_a_token_may_stand_in_a_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line break behind it is the file's, not the token's."""
    (elsewhere / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")
    found = load()
    assert found.telegram_bot_token is not None
    assert found.telegram_bot_token.get_secret_value() == TOKEN


@pytest.mark.parametrize("token", ["1:x", "42:TEST_token-1"])
def test_a_token_of_another_bot_api_server_may_look_unusual(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """Digits, a colon and something behind it are enough."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    assert load().telegram_bot_token is not None


def test_administrators_are_numbers_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spaces and a comma at the end do no harm."""
    monkeypatch.setenv("ADMIN_IDS", " 1, 22,333 ,")
    assert load().admin_ids == {1, 22, 333}


@pytest.mark.parametrize(
    ("written", "address"),
    [("0.0.0.0:0", ("0.0.0.0", 0)), ("[::1]:8080", ("::1", 8080)), ("localhost:65535", ("localhost", 65535))],  # noqa: S104  (only read)
)
def test_listen_is_a_host_and_a_port(monkeypatch: pytest.MonkeyPatch, written: str, address: tuple[str, int]) -> None:
    """Also of the newer internet protocol, in brackets."""
    monkeypatch.setenv("LISTEN", written)
    assert load().listen_address == address


def test_a_slash_behind_the_address_of_the_api_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """``/bot<token>/`` is put behind it."""
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/")
    assert load().telegram_api_url == "http://127.0.0.1:8081"


def test_a_webhook_on_this_machine_needs_no_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for Telegram delivers there."""
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:9000/hook")
    assert load().webhook_url == "http://127.0.0.1:9000/hook"


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("TELEGRAM_BOT_TOKEN", "secret-without-digits", "not a bot token"),
        ("TELEGRAM_BOT_TOKEN", f'"{TOKEN}"', "quotation marks"),
        ("TELEGRAM_BOT_TOKEN", f"{TOKEN} x", "space"),
        ("TELEGRAM_BOT_TOKEN", f"bot{TOKEN}", "not a bot token"),
        ("TELEGRAM_BOT_TOKEN_FILE", "nowhere", "cannot be read"),
        ("TELEGRAM_BOT_TOKEN_FILE", ".", "cannot be read"),
        ("TELEGRAM_API_URL", "localhost:8081", "is not an address"),
        ("TELEGRAM_API_URL", "ftp://example.org", "is not an address"),
        ("TELEGRAM_API_URL", "http://[", "is not an address"),
        ("TELEGRAM_API_URL", "http://a.example:99999", "is not an address"),
        ("TELEGRAM_API_URL", "https://a.example/?x=1", "leave out"),
        ("TELEGRAM_API_URL", f"https://a.example/bot{TOKEN}", "leave out /bot and the token"),
        ("ADMIN_IDS", "1,@ada", "'@ada' is not a user id"),
        ("ADMIN_IDS", "-5", "'-5' is not a user id"),
        ("ADMIN_IDS", "[1, 2]", "is not a user id"),
        ("WEBHOOK_URL", "http://bot.example.org/", "https:// addresses only"),
        ("WEBHOOK_URL", "bot.example.org", "is not an address"),
        ("WEBHOOK_SECRET", "a secret with spaces", "A-Z a-z 0-9"),
        ("WEBHOOK_SECRET", "x" * 257, "1 to 256"),
        ("LISTEN", "8080", "is not an address"),
        ("LISTEN", "127.0.0.1:99999", "is not an address"),
        ("HEALTH", "maybe", "write on or off"),
        ("LOG_LEVEL", "LOUD", "write DEBUG, INFO, WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "write console or json"),
        ("DEFAULT_LANGUAGE", "English", "not the code of a language"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, part: str
) -> None:
    """It says what is wrong or what to write, and never a secret."""
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as refused:
        load()
    line = str(refused.value)
    assert line.startswith(f"{name}: ")
    assert part in line
    assert "\n" not in line
    if name.endswith(("TOKEN", "SECRET")) or TOKEN in value:
        assert value not in line
        assert TOKEN not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_API_URL", f"api.telegram.org/bot{TOKEN}"),
        ("TELEGRAM_API_URL", "api.telegram.org/bot42:TEST_token-1"),
        ("TELEGRAM_API_URL", f"api.telegram.org/{TOKEN}"),
        ("TELEGRAM_API_URL", f"api.telegram.org/bot{TOKEN.replace(':', '%3a')}"),
        ("TELEGRAM_API_URL", f"https://a.example:99999/{TOKEN}"),
        ("TELEGRAM_BOT_TOKEN_FILE", TOKEN),
        ("ADMIN_IDS", f"1, {TOKEN}"),
        ("WEBHOOK_URL", f"bot.example.org/{TOKEN}"),
        ("WEBHOOK_URL", f"bot.example.org/{TOKEN.replace(':', '%3A')}/updates"),
        ("LISTEN", TOKEN),
        ("DEFAULT_LANGUAGE", TOKEN),
    ],
)
def test_a_token_in_the_wrong_setting_is_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Whatever it was pasted into, the line still names the setting."""
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=f"^{name}: ") as refused:
        load()
    for secret in (TOKEN.partition(":")[2], "TEST_token-1"):
        assert secret not in str(refused.value)


def test_a_token_given_twice_is_refused(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of two bots is meant cannot be told."""
    (elsewhere / "token").write_text(TOKEN, encoding="utf-8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    with pytest.raises(BadSetting, match="not both"):
        load()


def test_a_file_that_is_not_text_is_named(elsewhere: Path) -> None:
    """Some editing programs write other encodings."""
    (elsewhere / ".env").write_bytes("LOG_LEVEL=INFO".encode("utf-16"))
    with pytest.raises(BadSetting, match=r"^\.env: .* UTF-8"):
        load()


def test_the_knowledge_of_the_working_checkout_is_the_default(elsewhere: Path) -> None:
    """Also where the program was installed from it: an editor's changes count."""
    (elsewhere / "pyproject.toml").write_text('[project]\nname = "juvenile-justice-bot"\n', encoding="utf-8")
    (elsewhere / "knowledge").mkdir()
    assert load().knowledge_dir == elsewhere / "knowledge"


def test_the_knowledge_of_another_project_is_not_taken(elsewhere: Path) -> None:
    """A folder of that name is not rare."""
    (elsewhere / "pyproject.toml").write_text('[project]\nname = "other"\n', encoding="utf-8")
    (elsewhere / "knowledge").mkdir()
    assert load().knowledge_dir == Path(settings.__file__).parents[1] / "knowledge"


def test_an_installed_program_serves_the_knowledge_it_brought(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a checkout around it."""
    monkeypatch.setattr(settings, "__file__", str(tmp_path / "site-packages" / "bot" / "settings.py"))
    assert settings.default_knowledge_dir() == tmp_path / "site-packages" / "bot" / "shipped_knowledge"
