"""A log that nobody can fill: of what is said again and again only the beginning."""

import logging
import time

MOST, WHILE = 5, 60.0  # records of one kind in so many seconds
KINDS = 1000  # kept


class Seldom(logging.Filter):
    """Lets records of one wording pass a few times a minute, and then says how many there were in the minute before."""

    def __init__(self):
        super().__init__()
        self._seen = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tells whether a record is to be written."""
        kind, now = (record.name, str(record.msg)[:100]), time.monotonic()
        begun, count = self._seen.get(kind, (now, 0))
        if now - begun > WHILE:
            if count > MOST:
                record.msg = f"{record.msg} ({count - MOST} more)"
            begun, count = now, 0
        if len(self._seen) > KINDS:
            self._seen.clear()
        self._seen[kind] = begun, count + 1
        return count < MOST


def install() -> None:
    """Puts one in front of every logger that there is."""
    seldom = Seldom()
    loggers = (one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger))
    for logger in (logging.root, *loggers):
        logger.addFilter(seldom)
