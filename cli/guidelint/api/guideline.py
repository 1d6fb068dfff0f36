"""A guideline that work is judged by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.api.error import GuidelintError, refusals

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping

    from guidelint.api.error import Problem
    from guidelint.api.given import Given, Several, Task
    from guidelint.api.report import Report
    from guidelint.checking.exam.exam import Exam
    from guidelint.checking.exam.result import Result
    from guidelint.checking.handbook.written import Form
    from guidelint.checking.impact.impact import Impact
    from guidelint.checking.plain.verdict import Verdict
    from guidelint.checking.reliability.reliability import Reliability
    from guidelint.checking.simulation.simulation import Simulation
    from guidelint.labelstudio.migrating.of_file import Migrated
    from guidelint.language.examples.folder import Folder
    from guidelint.language.loaded import Loaded
    from guidelint.language.versions.comparison import Comparison
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.rule.rule import Level


_LOAD_IT = "Load its YAML, or its name"


class Guideline:
    """A guideline that work is judged by. ``load`` gives one."""

    __slots__ = ("_examples", "_plan", "_read", "_warnings")

    def __init__(
        self,
        plan: Plan,
        read: Loaded | None = None,
        warnings: tuple[Problem, ...] = (),
        examples: Folder | None = None,
    ) -> None:
        self._plan = plan
        self._read = read
        self._warnings = warnings
        self._examples = examples

    @property
    def name(self) -> str:
        """What it is called: ``lung-nodule-ct``."""
        return self._plan.guideline.name

    @property
    def version(self) -> str:
        """Its version: ``1.0.0``."""
        return self._plan.guideline.version

    @property
    def title(self) -> str:
        """What people read above it."""
        return self._plan.guideline.title

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is unwise about its text; often nothing."""
        return self._warnings

    @property
    def plan_digest(self) -> str:
        """SHA-256 of what it means: the same for another title or order."""
        return self._plan.digest

    @property
    def text_digest(self) -> str:
        """SHA-256 of its exact text; empty: it was loaded from a plan without one."""
        return self._plan.text_digest

    def compile(self) -> dict[str, str]:
        """Give what it becomes: file name → text, the same as ``guidelint compile`` writes.

        Raises GuidelintError when it was loaded from a plan, which does not tell what annotators see.
        """
        from guidelint.labelstudio.target import outputs  # noqa: PLC0415 - only who compiles needs it

        read = self._text("what annotators see")
        with refusals():
            return outputs(read.guideline, self._plan)

    def handbook(self, form: Form = "html") -> str:
        """Write it for people, as ``guidelint handbook`` does: one page of HTML, or Markdown.

        It shows the examples that lie beside its file, but for those of exams. Raises GuidelintError when it was loaded
        from a plan, or a file of the examples is not what it should be.
        """
        from guidelint.checking.handbook.written import written  # noqa: PLC0415 - only who hands it out needs it

        read = self._text("what people read")
        with refusals():
            return written(read.guideline, self._plan, self._examples, form)

    def changes_since(self, earlier: Guideline, *, renamed: bool = False) -> Comparison:
        """Tell what changes from an earlier version to this one, as ``guidelint diff`` does.

        ``changes`` of it come the gravest first; ``moves`` is the number of the version that must move. Raises
        GuidelintError when one of them was loaded from a plan, which does not tell what people read, and when their
        names differ, unless the guideline was ``renamed``.
        """
        from guidelint.language.versions.comparison import compared  # noqa: PLC0415 - only who compares

        before, after = earlier._text("what people read"), self._text("what people read")
        earlier._is_before(self, renamed=renamed)
        return compared(before, after)

    def moved(self, values: Mapping[str, str | float]) -> Guideline:
        """Give the same guideline with single values moved, to see what would change: path → value, as in YAML.

        A path is ``classes.nodule.rules.diameter-limits.longest_min_mm``. Raises GuidelintError where it is no
        guideline then.
        """
        from guidelint.checking.impact.what_if import plan_of_moved  # noqa: PLC0415 - only who asks
        from guidelint.language.versions.moved import moved  # noqa: PLC0415

        told = {path: str(value) for path, value in values.items()}
        with refusals():
            read = moved(self._text("what was written"), told)
            return Guideline(plan_of_moved(read, told), read)

    def impact(
        self,
        later: Guideline,
        *deliveries: str | os.PathLike[str],
        facts: str | os.PathLike[str] | None = None,
        images: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None = None,
        inside: Several = (),
        renamed: bool = False,
    ) -> Impact:
        """Tell which work changes its verdict under a later version, as ``guidelint impact`` does.

        ``deliveries``: files or folders of work that was done under this version. Raises GuidelintError when there is
        none, or a file cannot be read, and when the names of both differ, unless the guideline was ``renamed``.
        """
        from guidelint.api.places import given_of  # noqa: PLC0415 - only who asks
        from guidelint.checking.impact.of_files import impact_on_files  # noqa: PLC0415

        self._is_before(later, renamed=renamed)
        with refusals():
            given = given_of(facts, images, inside)
            return impact_on_files(self._plan, later._plan, [str(one) for one in deliveries], given)

    def impact_on_projects(
        self,
        *projects: str,
        store: str | os.PathLike[str] = "",
        token_file: str | os.PathLike[str] | None = None,
        facts: str | os.PathLike[str] | None = None,
    ) -> tuple[Impact, ...]:
        """Tell which work in running projects changes its verdict under this version: ``guidelint impact`` of projects.

        ``projects``: their addresses, such as ``http://localhost:8080/projects/7``; ``store``: that of the service,
        which knows by which version each annotation is judged: one is given for each. Tokens stand in
        ``GUIDELINT_TOKEN`` or ``token_file``. Needs the extra ``service``. Raises GuidelintError when something cannot
        be read.
        """
        from guidelint.api.running import impact_on_running  # noqa: PLC0415 - only who asks

        return impact_on_running(self._plan, projects, store, token_file, facts)

    def migrate(
        self,
        later: Guideline,
        export: str | os.PathLike[str],
        output: str | os.PathLike[str],
        *,
        back: bool = False,
        renamed: bool = False,
    ) -> Migrated:
        """Write a Label Studio export of work under this version with the names of a later one.

        As ``guidelint migrate`` does: ``redo`` of what is given lists what somebody must do again; ``back``: work under
        the later version becomes work under this one. Raises GuidelintError when it cannot be read or written, and when
        the names of both differ, unless the guideline was ``renamed``.
        """
        from guidelint.labelstudio.migrating.of_file import migrate_file  # noqa: PLC0415 - only who migrates

        before, after = self._text("names").guideline, later._text("names").guideline
        self._is_before(later, renamed=renamed)
        with refusals():
            return migrate_file(before, after, Path(export), Path(output), back=back)

    def _is_before(self, later: Guideline, *, renamed: bool) -> None:
        """Raise GuidelintError where the two are no versions of one guideline."""
        from guidelint.language.versions.one_guideline import of_one_guideline  # noqa: PLC0415 - only who compares

        with refusals():
            of_one_guideline(self._plan.guideline.name, later._plan.guideline.name, renamed=renamed)

    def _text(self, wanted: str) -> Loaded:
        """Give the text that it was loaded from. Raises GuidelintError when that was a plan."""
        if self._read is None:
            raise GuidelintError(f"{self!r} was loaded from a plan: that does not tell {wanted}. {_LOAD_IT}")
        return self._read

    def judge(
        self,
        task: Task,
        annotation: str | int | None = None,
        *,
        facts: str | os.PathLike[str] | None = None,
        qualifications: str | os.PathLike[str] | None = None,
        images: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None = None,
        inside: Several = (),
    ) -> Verdict:
        """Judge one annotation of a task as Label Studio exports it: a dict, or its JSON.

        ``annotation``: the id of one, where the task has several. Only that annotation is judged; what lies above it
        (series, patients, several readers) needs ``check``, whose ``facts``, ``qualifications``, ``images`` and
        ``inside`` these are. Raises GuidelintError when it cannot be read.
        """
        from guidelint.api.judging import judged  # noqa: PLC0415 - only who judges needs it
        from guidelint.api.places import given_of  # noqa: PLC0415

        passed = None if qualifications is None else Path(qualifications)
        return judged(self._plan, task, annotation, given_of(facts, images, inside), passed)

    def reliability(self, *deliveries: str | os.PathLike[str], within_mm: float = 1.5) -> Reliability:
        """Tell whether readers of the same object come to the same verdicts, as ``guidelint reliability`` does.

        ``deliveries``: files or folders of work that several readers did; ``within_mm``: how near to a limit in mm the
        mean of two readers is to count as near it. Raises GuidelintError when a file cannot be read, or no two readers
        read the same.
        """
        from guidelint.checking.reliability.of_files import reliability_of_files  # noqa: PLC0415 - only who asks

        with refusals():
            return reliability_of_files(self._plan, [str(one) for one in deliveries], within_mm)

    def exam(self, role: str = "") -> Exam:
        """Give the exam that it asks of a role, or the only one: ``items``, ``unusable``, and ``drawn(seed)``.

        Raises GuidelintError when it asks for none, was loaded from a plan, or an example cannot be read.
        """
        from guidelint.checking.exam.exam import exam_of_text  # noqa: PLC0415 - only who examines needs it

        read = self._text("what is expected of an exam")
        with refusals():
            return exam_of_text(read, self._examples, role)

    def grade(
        self, *exports: str | os.PathLike[str], role: str = "", earlier: str | os.PathLike[str] | None = None
    ) -> tuple[Result, ...]:
        """Tell who has passed an exam, from exports of its project, as ``guidelint exam grade`` does.

        ``earlier``: a file with results of exams before this one, which count as attempts. Raises GuidelintError when a
        file cannot be read, or there is no exam.
        """
        from guidelint.checking.exam.of_export import results_of  # noqa: PLC0415 - only who grades needs it
        from guidelint.checking.exam.written import results_in  # noqa: PLC0415

        exam = self.exam(role)
        with refusals():
            before = () if earlier is None else results_in(Path(earlier))
            return results_of(exam, [Path(one) for one in exports], before)

    def simulate(
        self,
        *deliveries: str | os.PathLike[str],
        tasks: int = 1_000,
        readers: int = 1,
        prevalence: Mapping[str, float] | None = None,
    ) -> Simulation:
        """Tell what a project of so many tasks will ask of whom, from work done before, as ``guidelint simulate`` does.

        ``prevalence``: class → share of the tasks on which it will be marked, where it is not that of the work. Raises
        GuidelintError when a file cannot be read, or the work says too little.
        """
        from guidelint.checking.simulation.of_files import simulation_of_files  # noqa: PLC0415 - only who asks
        from guidelint.checking.simulation.simulation import Project  # noqa: PLC0415

        review = self._read.guideline.review if self._read else None
        project = Project(tasks, readers, prevalence or {})
        with refusals():
            return simulation_of_files(self._plan, review, [str(one) for one in deliveries], project)

    def judge_image(
        self, image: str | os.PathLike[str] | Mapping[str, object], *, facts: str | os.PathLike[str] | None = None
    ) -> Verdict:
        """Judge an image before a task exists, by the rules that look at an image alone.

        ``image``: the path of a DICOM file, or the data that a task of the image will have; ``facts`` as in ``check``.
        Raises GuidelintError when it cannot be read, or the guideline asks nothing of an image by itself.
        """
        from guidelint.api.judging_image import judged_image  # noqa: PLC0415 - only who judges images needs it

        return judged_image(self._plan, image, facts)

    def check(
        self,
        *deliveries: Given,
        also: Iterable[Guideline] = (),
        baseline: str | os.PathLike[str] | None = None,
        write_baseline: str | os.PathLike[str] | None = None,
        expect: str | os.PathLike[str] | Iterable[str | int] | None = None,
        select: Several = (),
        ignore: Several = (),
        levels: Mapping[str, Level] | Several = (),
        classes: Several = (),
        annotators: Several = (),
        tasks: Several = (),
        facts: str | os.PathLike[str] | None = None,
        qualifications: str | os.PathLike[str] | None = None,
        images: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None = None,
        inside: Several = (),
        legend: str | os.PathLike[str] | None = None,
        from_: str = "",
        schema: bool = False,
        server: str = "",
        max_task_mib: int = 128,
        allow_empty: bool = False,
        jobs: int = 1,
    ) -> Report:
        """Judge deliveries as ``guidelint check`` does: files, folders, patterns, or tasks in memory, all together.

        Nothing is judged before the report is read. The arguments are the options of the command; ``expect`` may also
        list the ids of the tasks that should have a verdict, and whatever of it has none keeps the delivery from being
        accepted. ``also``: further guidelines, such as other versions; each task is then judged by the one that it
        names. ``jobs``: judge in so many processes, 0: one for each core; what comes of it is the same, in the same
        order. Raises GuidelintError when it cannot begin.
        """
        from guidelint.api.begin import Wishes, begun  # noqa: PLC0415 - only who checks needs it

        wishes = Wishes(
            baseline=baseline,
            write_baseline=write_baseline,
            expect=expect,
            select=select,
            ignore=ignore,
            levels=levels,
            classes=classes,
            annotators=annotators,
            tasks=tasks,
            facts=facts,
            qualifications=qualifications,
            images=images,
            inside=inside,
            legend=legend,
            from_=from_,
            server=server,
            max_task_mib=max_task_mib,
            allow_empty=allow_empty,
            jobs=jobs,
        )
        with refusals():
            by = [(one._plan, one._broken() if schema else None) for one in (self, *also)]  # noqa: SLF001 - its own class
            return begun(by, deliveries, wishes)

    def _broken(self) -> Callable[[bytes], str]:
        """Compile the schema that annotations are held against. Raises GuidelintError."""
        from guidelint.labelstudio.config.result_schema import submission_schema  # noqa: PLC0415 - few checks ask
        from guidelint.labelstudio.decoding.result_check import ResultCheck  # noqa: PLC0415

        return ResultCheck(submission_schema(self._text("the schema").guideline)).broken

    def __repr__(self) -> str:
        return f"Guideline({self._plan.guideline})"
