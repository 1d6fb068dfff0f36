"""The images of a project's tasks, read as Label Studio shows them to annotators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.addresses.address import AddressError, shown
from guidelint.imaging.addresses.body import BodyError
from guidelint.imaging.addresses.fetch import FetchError, redirected
from guidelint.imaging.pixels.not_now import NotNow
from guidelint.imaging.providers.fetched import read_fetched
from guidelint.imaging.providers.provider import NoSuchImage
from guidelint.labelstudio.connection.errors import LabelStudioError, NotThere
from guidelint.labelstudio.images.where import where_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.imaging.addresses.fetch import Fetcher
    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey
    from guidelint.labelstudio.connection.connection import Connection
    from guidelint.labelstudio.images.where import Where


@dataclass(frozen=True, slots=True)
class ProjectImages:
    """What was imported into Label Studio, lies on its machine, or in storage that is connected with the project."""

    connection: Connection
    server: str
    """Its address."""
    project: int
    fetcher: Fetcher
    """Follows where Label Studio leads to its storage, without its token."""

    @property
    def name(self) -> str:
        """The project."""
        return f"project {self.project} of {self.server}"

    def read(self, image: str, sop_uid: str, frame: Frame | None) -> Grey:  # noqa: ARG002 - tasks name one image
        """Read an image. Raises NotMeasurable, of what kind the protocol says."""
        named = shown(image) or "of a task that names none"
        where = where_at(image, self.server, self.project)
        if where is None:
            raise NoSuchImage(f"the image {named} does not lie in {self.name}")
        try:
            return read_fetched(self._pieces(where), named, frame)
        except NotThere as error:
            raise NoSuchImage(f"{self.name} has no image {named}, nor storage that has") from error
        except LabelStudioError as error:
            raise NotNow(f"the image {named} is not given by Label Studio ({error}). Can guidelint see it?") from error
        except (AddressError, BodyError) as error:
            raise NotMeasurable(f"the image {named} cannot be fetched: {error}") from error
        except FetchError as error:
            raise NotNow(f"the image {named} could not be fetched: {error}") from error

    def _pieces(self, where: Where) -> Iterator[bytes]:
        most_bytes = self.fetcher.bounds.most_bytes
        elsewhere = yield from self.connection.file(where.path, where.params, most_bytes)
        if elsewhere:
            bare = f"{self.server}{where.path.partition('?')[0]}"
            yield from self.fetcher.fetch(str(redirected(bare, bare, elsewhere)))
