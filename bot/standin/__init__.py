"""A strict stand-in for Telegram on loopback. Imports nothing of the bot.

``world.World`` is the servers and the people: a synchronous state machine with a clock that can be injected.
``server.Server`` lets a bot talk to it over HTTP.

It answers only the methods and parameters that a bot like this one calls (``rules.parameters``) and refuses all
others. It is stricter than Telegram where leniency would hide a mistake: unknown parameters, malformed numbers and
nested quotations are refused.

Not modelled, and so not to be relied upon in a test:

* formatting other than HTML, and ``entities`` instead of markup; entities inside code are kept, not dropped; control
  and direction characters are left in texts as they are;
* sending or editing anything but text; deleting, forwarding, pinning; reactions, polls, topics, payments, business
  accounts; rich and ephemeral messages;
* who may write in a group, slow mode, and the rights of administrators other than seeing all messages;
* the time limit for edits, and for answers to buttons after the bot was shown the tap (150 seconds are counted);
* caching of inline answers by place and kind of chat, and rarer feedback than every chosen result;
* at the door: HTTPS, compression of answers, uploads; the pause before a second 409, the longer wait of short polls
  that repeat, and update numbers that begin anew after a quiet week;
* of webhooks: certificates, method calls in the answer, and removal after 23 hours of 410;
* faults. Telegram's own troubles (429 without reason, 5xx, cut connections, malformed bodies) belong between the bot
  and the door: a proxy in the tests.
"""
