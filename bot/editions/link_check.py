"""Ask every address in a folder whether it still answers: for editors, and never while anybody waits for a reply."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import httpx

from bot import __version__
from bot.knowledge.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

    from bot.knowledge.folder import Folder
    from bot.knowledge.loader.positions import Place

TIMEOUT = 20.0
"""Seconds for one request."""

DELAY = 1.0
"""Seconds between two requests to the same host."""

HOSTS_AT_ONCE = 8
"""Hosts that are asked at the same time, each one request after the other."""

MAX_REDIRECTS = 5

_AGENT = f"juvenile-justice-bot/{__version__} (link check, a few requests)"
_PERMANENT = frozenset({httpx.codes.MOVED_PERMANENTLY, httpx.codes.PERMANENT_REDIRECT})
_GONE = frozenset({httpx.codes.NOT_FOUND, httpx.codes.GONE})


class Verdict(StrEnum):
    """What became of an address."""

    FINE = "fine"
    MOVED = "moved"  # for good, says the site; it still works
    GONE = "gone"  # 404 or 410
    REFUSED = "refused"  # any other error: often a site that does not like programs
    UNREACHABLE = "unreachable"  # no such host, no answer in time, a bad certificate, redirects without end


_SEVERITIES = {
    Verdict.MOVED: Severity.NOTE,
    Verdict.GONE: Severity.ERROR,
    Verdict.REFUSED: Severity.WARNING,
    Verdict.UNREACHABLE: Severity.WARNING,
}
_ADVICE = {
    Verdict.MOVED: "Write the new address.",
    Verdict.GONE: "Find the page's new address, or remove the link.",
    Verdict.REFUSED: "Open it in a browser; many sites refuse programs.",
    Verdict.UNREACHABLE: "Try again later, and open it in a browser.",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What an address answered: ``status`` is the last HTTP status if there was one, ``detail`` says it in words."""

    url: str
    verdict: Verdict
    status: int | None = None
    detail: str = ""


def addresses(folder: Folder) -> dict[str, list[Place]]:
    """Return every address that readers are offered, with all the places where it is written."""
    found: dict[str, list[Place]] = defaultdict(list)
    for entry in folder.catalogue.entries.values():
        for index, link in enumerate(entry.links):
            found[link.url].append(folder.place(entry.id, "links", index, "url"))
        for index, line in enumerate(entry.lines):
            if line.url:
                found[line.url].append(folder.place(entry.id, "lines", index, "url"))
    return dict(found)


def findings(checked: Iterable[Checked], places: dict[str, list[Place]]) -> list[Finding]:
    """Return a finding for every place with an address that is not fine."""
    return sorted(
        Finding(
            *place, _SEVERITIES[one.verdict], f"link-{one.verdict}", f"{one.url} {one.detail}.", _ADVICE[one.verdict]
        )
        for one in checked
        if one.verdict is not Verdict.FINE
        for place in places.get(one.url, ())
    )


async def check_addresses(
    urls: Iterable[str],
    *,
    progress: Callable[[Checked], None] = lambda _: None,
    delay: float = DELAY,
    client: httpx.AsyncClient | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> list[Checked]:
    """Ask every address, HEAD first and GET where that is refused, and return the answers in the order of ``urls``.

    A host is asked one thing at a time, with ``delay`` seconds between. ``progress`` is called after each address.
    """
    wanted = list(dict.fromkeys(urls))
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in wanted:
        by_host[httpx.URL(url).host].append(url)
    gate = asyncio.Semaphore(HOSTS_AT_ONCE)
    answers: dict[str, Checked] = {}

    async def ask_host(client: httpx.AsyncClient, listed: list[str]) -> None:
        async with gate:
            for number, url in enumerate(listed):
                if number:
                    await sleep(delay)
                answers[url] = await _ask(client, url, lambda: sleep(delay))
                progress(answers[url])

    async with client or _client() as open_client:
        await asyncio.gather(*(ask_host(open_client, listed) for listed in by_host.values()))
    return [answers[url] for url in wanted]


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(
        timeout=TIMEOUT, headers={"User-Agent": _AGENT}, follow_redirects=True, max_redirects=MAX_REDIRECTS
    )


async def _ask(client: httpx.AsyncClient, url: str, pause: Callable[[], Awaitable[None]]) -> Checked:
    try:
        answer = await client.head(url)
        if answer.is_error:
            await pause()
            answer = await _get(client, url)
    except httpx.TooManyRedirects:
        return Checked(url, Verdict.UNREACHABLE, detail="leads in a circle")
    except httpx.TimeoutException:
        return Checked(url, Verdict.UNREACHABLE, detail=f"did not answer within {TIMEOUT:.0f} seconds")
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        return Checked(url, Verdict.UNREACHABLE, detail=f"cannot be reached ({problem or type(problem).__name__})")
    return _judge(url, answer)


async def _get(client: httpx.AsyncClient, url: str) -> httpx.Response:
    """Ask for the page itself, but do not read it: the status is enough."""
    async with client.stream("GET", url) as answer:
        return answer


def _judge(url: str, answer: httpx.Response) -> Checked:
    status = answer.status_code
    if status in _GONE:
        return Checked(url, Verdict.GONE, status, f"answers {status}, not there")
    if answer.is_error:
        return Checked(url, Verdict.REFUSED, status, f"answers {status} {answer.reason_phrase}".rstrip())
    if any(_permanent(answer)):
        return Checked(url, Verdict.MOVED, status, f"has moved to {answer.url}")
    return Checked(url, Verdict.FINE, status)


def _permanent(answer: httpx.Response) -> Iterator[bool]:
    return (step.status_code in _PERMANENT for step in answer.history)
