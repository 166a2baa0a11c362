"""Checking links, against a server on loopback."""

from __future__ import annotations

import asyncio
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.editions import link_check
from bot.editions.link_check import Checked, Verdict, addresses, check_addresses, findings
from bot.knowledge.folder import read_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.knowledge.conftest import Write

SEEN: list[str] = []


class Site(BaseHTTPRequestHandler):
    """Answers by path: /404 with that status, /moved with a redirect, /no-head only to GET, /cut not at all."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        SEEN.append(f"{self.command} {self.path}")
        if self.path == "/cut":
            self.close_connection = True
            return
        targets = {"/moved": (301, "/fine"), "/now": (302, "/fine"), "/circle": (302, "/circle")}
        if self.path in targets:
            status, target = targets[self.path]
            self.send_response(status)
            self.send_header("Location", target)
        elif self.path == "/no-head":
            self.send_response(405 if self.command == "HEAD" else 200)
        else:
            self.send_response(int(self.path[1:]) if self.path[1:].isdigit() else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815  (the names that the server looks for)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name in the base class)
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    """Serve ``Site`` and return its address."""
    SEEN.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Pauses:
    """Counts the pauses instead of making them."""

    def __init__(self) -> None:
        self.made: list[float] = []

    async def __call__(self, seconds: float) -> None:
        """Do not sleep."""
        self.made.append(seconds)


@pytest.mark.parametrize(
    ("path", "verdict", "status", "detail"),
    [
        ("/fine", Verdict.FINE, 200, ""),
        ("/no-head", Verdict.FINE, 200, ""),
        ("/now", Verdict.FINE, 200, ""),
        ("/moved", Verdict.MOVED, 200, "has moved to"),
        ("/404", Verdict.GONE, 404, "answers 404"),
        ("/410", Verdict.GONE, 410, "answers 410"),
        ("/403", Verdict.REFUSED, 403, "answers 403 Forbidden"),
        ("/500", Verdict.REFUSED, 500, "answers 500"),
        ("/circle", Verdict.UNREACHABLE, None, "leads in a circle"),
        ("/cut", Verdict.UNREACHABLE, None, "cannot be reached"),
    ],
)
async def test_verdicts(site: str, path: str, verdict: Verdict, status: int | None, detail: str) -> None:
    """What a site answers becomes a verdict with the reason in words."""
    (checked,) = await check_addresses([site + path], sleep=Pauses())
    assert (checked.url, checked.verdict, checked.status) == (site + path, verdict, status)
    assert detail in checked.detail


async def test_unknown_host() -> None:
    """A host that does not exist is unreachable."""
    (checked,) = await check_addresses(["https://no-such-host.invalid/"])
    assert checked.verdict is Verdict.UNREACHABLE


async def test_no_answer_in_time() -> None:
    """A host that does not answer is given up after a while."""

    def slow(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("", request=request)

    client = httpx.AsyncClient(transport=httpx.MockTransport(slow))
    (checked,) = await check_addresses(["https://slow.example/"], client=client)
    assert (checked.verdict, checked.detail) == (Verdict.UNREACHABLE, "did not answer within 20 seconds")


async def test_politeness(site: str) -> None:
    """Each address is asked once, HEAD first and GET only where that failed, with a pause between any two requests."""
    pauses, told = Pauses(), list[str]()
    urls = [f"{site}/a", f"{site}/404", f"{site}/a", f"{site}/b"]
    checked = await check_addresses(urls, sleep=pauses, delay=3, progress=lambda one: told.append(one.url))
    assert [one.url for one in checked] == told == [urls[0], urls[1], urls[3]]
    assert SEEN == ["HEAD /a", "HEAD /404", "GET /404", "HEAD /b"]
    assert pauses.made == [3, 3, 3]


async def test_hosts_are_asked_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Different hosts do not wait for one another, but only so many are asked at once."""
    monkeypatch.setattr(link_check, "HOSTS_AT_ONCE", 2)
    open_now, most = set[str](), list[int]()

    async def answer(request: httpx.Request) -> httpx.Response:
        open_now.add(request.url.host)
        most.append(len(open_now))
        for _ in range(5):
            await asyncio.sleep(0)
        open_now.discard(request.url.host)
        return httpx.Response(200)

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    await check_addresses([f"https://site{n}.example/" for n in range(6)], client=client)
    assert max(most) == 2


def test_findings_at_their_places(write: Write) -> None:
    """Every place with a bad address is a finding; fine ones are none."""
    link = "links: [{is: website, url: https://a.example/}]"
    text = f"name: X\nsummary: x\n{link}\n"
    helping = "kind: help\nname: H\nreply: r\nlines: [{url: https://b.example/}, {number: 1}]\n"
    folder = read_folder(write(x=text, y=text, help=helping))
    places = addresses(folder)
    assert {url: len(found) for url, found in places.items()} == {"https://a.example/": 2, "https://b.example/": 1}
    checked = [
        Checked("https://a.example/", Verdict.GONE, 404, "answers 404, not there"),
        Checked("https://b.example/", Verdict.FINE, 200),
    ]
    found = findings(checked, places)
    assert [(one.path, one.line, one.column, one.code) for one in found] == [
        ("knowledge/x.yaml", 3, 28, "link-gone"),
        ("knowledge/y.yaml", 3, 28, "link-gone"),
    ]
    assert found[0].message == "https://a.example/ answers 404, not there."
