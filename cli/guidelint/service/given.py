"""What judging is given of the images of each project, beside the data of its tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.checking.image_places import Reach
from guidelint.checking.supplied import Supplied, SuppliedError, refuse_wrong, supplied
from guidelint.imaging.addresses.fetch import Fetcher
from guidelint.imaging.given import NOTHING_GIVEN, Given
from guidelint.imaging.pixels.pixels import Recent
from guidelint.imaging.providers.images import Images
from guidelint.imaging.providers.joined import joined
from guidelint.labelstudio.images.project_images import ProjectImages
from guidelint.service.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey
    from guidelint.imaging.providers.provider import ImageProvider
    from guidelint.labelstudio.connection.task_client import TaskClient
    from guidelint.service.settings import Settings

    GivenOf = Callable[[str, int], Given]
    """Server and project → what is given of their images."""


def nothing_given(_server: str, _project: int) -> Given:
    """Give nothing, whatever the project."""
    return NOTHING_GIVEN


def _nobody() -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class GivenByProject:
    """Facts and places that were named, and after those the Label Studio of the project itself."""

    supplied: Supplied
    fetcher: Fetcher
    """Follows where a Label Studio leads to."""
    clients: Mapping[str, TaskClient]
    read: Callable[[], None] = _nobody
    """Called when the reading of an image begins and when it has ended: it may take long, and is no judging."""
    recent: Recent = field(default_factory=Recent)

    def __call__(self, server: str, project: int) -> Given:
        """Give what there is for one project."""
        places = self.supplied.images
        named = () if places is None else (places.provider,)
        client = self.clients.get(server)
        own = () if client is None else (ProjectImages(client.connection, server, project, self.fetcher),)
        if not named and not own:
            return Given(self.supplied.facts)
        asked = tuple(ReadAside(one, self.read) for one in (*named, *own))
        return Given(self.supplied.facts, Images(joined(asked), self.recent))


@dataclass(frozen=True, slots=True)
class ReadAside:
    """Images whose reading is told of."""

    images: ImageProvider
    told: Callable[[], None]

    @property
    def name(self) -> str:
        """Where they are."""
        return self.images.name

    def read(self, image: str, sop_uid: str, frame: Frame | None) -> Grey:
        """Read, and tell before and after. Raises NotMeasurable."""
        self.told()
        try:
            return self.images.read(image, sop_uid, frame)
        finally:
            self.told()


def refuse_what_is_not_there(settings: Settings) -> None:
    """Say before anything begins what cannot be used. Raises SettingsError."""
    try:
        refuse_wrong(_facts(settings), settings.images, _reach(settings))
    except SuppliedError as error:
        raise SettingsError(str(error)) from error


def given_by(
    settings: Settings, clients: Mapping[str, TaskClient], read: Callable[[], None] = _nobody
) -> GivenByProject:
    """Read what was given. Raises SuppliedError."""
    found = supplied(_facts(settings), settings.images, _reach(settings))
    return GivenByProject(found, (found.images and found.images.fetcher) or Fetcher(), clients, read)


def _facts(settings: Settings) -> Path | None:
    return Path(settings.facts) if settings.facts else None


def _reach(settings: Settings) -> Reach:
    return Reach(settings.inside, Path(settings.token_file) if settings.token_file else None)
