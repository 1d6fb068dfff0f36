"""Submit, wait for the verdict, show it, compare it with what it must be."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.cli.demonstration.screen import Screen
    from guidelint.cli.demonstration.story import Scene
    from guidelint.cli.demonstration.watch import Shown, Watch


@dataclass
class Played:
    """What came of the submissions."""

    first_s: float = 0.0
    """Seconds from the start of the command to the first verdict in Label Studio."""
    after_s: list[float] = field(default_factory=list[float])
    """Seconds from Submit until the verdict could be read in Label Studio."""
    wrong: list[str] = field(default_factory=list[str])
    """Submissions whose verdict was not what it must be."""

    @property
    def median_s(self) -> float:
        """Median time from Submit to the verdict."""
        return statistics.median(self.after_s) if self.after_s else 0.0


def play_scenes(screen: Screen, watch: Watch, tasks: Sequence[int], scenes: Sequence[Scene]) -> Played:
    """Play every scene; rows appear as verdicts do."""
    played = Played()
    screen.heading("Reader", "Submitted", "Verdict", "After", "Why")
    with screen.step(f"{len(scenes)} submissions judged inside Label Studio", total=len(scenes)) as step:
        for scene in scenes:
            shown = watch.verdict(watch.studio.submit(tasks[scene.task], scene.items, scene.by))
            if not played.first_s:
                played.first_s = screen.seconds
            _note(screen, played, scene, shown)
            step.advance()
        step.outcome = f"{len(scenes) - len(played.wrong)} as expected, {len(played.wrong)} not"
    return played


def _note(screen: Screen, played: Played, scene: Scene, shown: Shown | None) -> None:
    if shown is None:
        played.wrong.append(f"{scene.by}, {scene.what}: no verdict")
        screen.row(scene.by, scene.what, "no verdict", "", "")
        return
    played.after_s.append(shown.after_s)
    screen.row(scene.by, scene.what, shown.decision, f"{shown.after_s:.1f} s", shown.said)
    if shown.decision != scene.decision or (scene.rule and scene.rule not in shown.rules):
        expected = f"{scene.decision} by {scene.rule}" if scene.rule else scene.decision
        played.wrong.append(f"{scene.by}, {scene.what}: {shown.decision} {', '.join(shown.rules)}, not {expected}")
