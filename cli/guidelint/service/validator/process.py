"""The validating process: a question on standard input, an answer on standard output, one at a time.

A question is a line of JSON, server and size, and then so many bytes; an answer is a line of JSON. The first line of
all holds the settings; an empty line in return says that questions may come.
"""

from __future__ import annotations

import logging
import os
import signal
import sys

import msgspec

from guidelint.checking.supplied import SuppliedError
from guidelint.service.given import given_by
from guidelint.service.log import logger, note, start_logging
from guidelint.service.settings import Settings
from guidelint.service.store.base.database import open_store
from guidelint.service.validator.messages import Question, Reply
from guidelint.service.validator.validate import Validator, refused
from guidelint.service.worker.servers.clients import clients_of
from guidelint.service.worker.stopping import die_with_parent

NICENESS = 5
"""As the judging process: the receiver goes first."""


def main() -> None:
    """Answer until standard input ends."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the receiver ends this process
    start_logging()
    os.nice(NICENESS)
    questions = sys.stdin.buffer
    if not (first := questions.readline()):
        return
    settings = msgspec.json.decode(first, type=Settings)
    try:
        given = given_by(settings, clients_of(settings))
    except SuppliedError as error:
        note("what was given of images cannot be used", logging.ERROR, reason=str(error))
        return
    validator = Validator(open_store(settings.store, patience_s=1.0), given)
    _say(b"")
    while line := questions.readline():
        question = msgspec.json.decode(line, type=Question)
        _say(msgspec.json.encode(_reply(validator, question, questions.read(question.size))))


def _reply(validator: Validator, question: Question, body: bytes) -> Reply:
    try:
        return validator.reply(question.server, body)
    except Exception:  # noqa: BLE001 - whatever goes wrong with one question, the next is answered
        logger.exception("a validation failed")
        return refused(503, "failed", "it could not be judged; the log of the service says more")


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
