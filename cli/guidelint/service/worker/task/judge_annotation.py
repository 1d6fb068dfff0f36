"""Judging one annotation as Label Studio holds it: content in, verdict out, and a digest of all that went in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.task_data import TaskImage, judged_facts
from guidelint.labelstudio.decoding.decoder import decode
from guidelint.validation.judging.engine import engine_version
from guidelint.validation.judging.finding import Finding, finding_id
from guidelint.validation.judging.judge import judge, verdict_on
from guidelint.validation.rule.says import MessagePart
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guidelint.annotation.qualification import Qualification
    from guidelint.annotation.submission import Submission
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.imaging.keys import ImageKeys
    from guidelint.labelstudio.connection.task_client import AnnotationRead
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict

SERVICE = "submission-readable"
"""Name under which the service itself says that a submission could not be judged."""
UNREAD = "unreadable"
"""Kind of the finding that it could not be read."""


@dataclass(frozen=True, slots=True)
class JudgedInputs:
    """Everything one verdict is made from."""

    annotation: int
    task: int
    content: bytes
    """JSON of the annotation."""
    content_digest: str
    previous: bytes | None
    """JSON of the last version before this one."""
    previous_digest: str
    data: Mapping[str, object]
    """Data of the task."""
    qualifications: tuple[Qualification, ...] | None = None
    """What the annotator has passed; None: nobody asks."""
    image_of: Callable[[ImageKeys], TaskImage] | None = None
    """Gives what is known of the images of the task; None: the data alone tell it."""
    _read: list[tuple[Vocabulary, Submission]] = field(default_factory=list["tuple[Vocabulary, Submission]"])
    """What was read from them, so that it is read and measured once."""

    def image(self, keys: ImageKeys) -> TaskImage:
        """Give what is known of the images."""
        return TaskImage(self.data, keys) if self.image_of is None else self.image_of(keys)

    def submission(self, vocabulary: Vocabulary) -> Submission:
        """Read it in the words of a guideline. Raises PayloadError."""
        for words, submission in self._read:
            if words == vocabulary:
                return submission
        image = self.image(vocabulary.image)
        submission = decode(self.content, image, vocabulary, str(self.task))
        if self.previous is not None:
            before = decode(self.previous, image, vocabulary, str(self.task))
            submission = replace(submission, previous=before)
        if self.qualifications is not None:
            submission = replace(submission, qualifications=self.qualifications)
        self._read.append((vocabulary, submission))
        return submission

    def lacks_images(self, vocabulary: Vocabulary) -> bool:
        """Whether what was read of it rests on images that could not be read, and perhaps can another time."""
        return bool(self._read) and self.image(vocabulary.image).lacks_images

    def told_beside(self, vocabulary: Vocabulary) -> list[object]:
        """All that is told beside the data; none: nothing is given."""
        return self.image(vocabulary.image).told_beside() if self.image_of else []


def content_digest(annotation: AnnotationRead) -> str:
    """Digest of what the annotator handed in: regions and answers, whether it was skipped, and who it was."""
    result = _canonical(annotation.result)
    rest = msgspec.json.encode([annotation.was_cancelled, annotation.annotator])
    return hashlib.sha256(rest + result).hexdigest()


def _canonical(result: msgspec.Raw) -> bytes:
    """Write a result always alike; one that is nested too deeply stays as it came, and is told when it is judged."""
    try:
        return msgspec.json.encode(msgspec.json.decode(result), order="sorted")
    except RecursionError:
        return bytes(result)


def subject_digest(subject: JudgedInputs, plan: Plan) -> str:
    """Digest of everything judged: content, previous content, task facts, plan and engine version."""
    facts = judged_facts(subject.data, plan.vocabulary.image)
    beside = subject.told_beside(plan.vocabulary)
    judged: list[object] = [
        subject.content_digest,
        subject.previous_digest,
        facts,
        plan.digest,
        engine_version(),
        *beside,
    ]
    if subject.qualifications is not None:
        judged.append(subject.qualifications)
    return hashlib.sha256(msgspec.json.encode(judged, order="sorted")).hexdigest()


def judge_subject(subject: JudgedInputs, plan: Plan) -> Verdict:
    """Judge it; what cannot be read or stops the judging is unverified with its reason, never lost."""
    try:
        return judge(plan, subject.submission(plan.vocabulary))
    except PayloadError as error:
        return unjudged(subject, plan, f"the submission could not be read: {error}", UNREAD)
    except Exception as error:  # noqa: BLE001 - one submission must not stop the others, and must not be lost
        return unjudged(subject, plan, f"judging it failed: {type(error).__name__}: {error}")


def is_unread(verdict: Verdict) -> bool:
    """Whether a verdict says that the submission could not be read."""
    return any(finding.rule == SERVICE and finding.kind == UNREAD for finding in verdict.findings)


def unjudged(subject: JudgedInputs, plan: Plan, reason: str, kind: str = "rule-failed") -> Verdict:
    """Give the verdict on what could not be judged at all."""
    about = Subject("submission", task=str(subject.task), annotation=str(subject.annotation))
    finding = Finding(
        id=finding_id(SERVICE, about.key, (), "", kind),
        rule=SERVICE,
        kind=kind,
        outcome="rule-failed",
        level="error",
        parts=(MessagePart(reason),),
        do="",
        regions=(),
        evidence={"reason": reason},
        clause="",
    )
    return verdict_on(plan, about, (finding,))
