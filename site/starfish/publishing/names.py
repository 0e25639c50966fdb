"""What our front and the process behind it say to each other, and to nobody else."""

OURS = "X-Starfish-Front"
"""On the front's own questions. It lets no visitor's through."""

PEER = "X-Starfish-Peer"
"""Who asked the front, which Django would see if there were none. No visitor's own is let through."""

EDITION = "X-Starfish-Edition"
"""The state of the public site that an answer belongs to. Only such answers are remembered."""

ASK_EDITION = "/edition"
ASK_SORRY = "/sorry"
ASK_REFUSED = "/refused"
ASK_WHAT_TO_PREPARE = "/what-to-prepare"
ASK_PAGE = "/page"
"""Followed by a public address."""
