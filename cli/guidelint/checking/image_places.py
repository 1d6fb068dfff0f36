"""The places of images as they are named: folders, addresses of the web, projects of Label Studio."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guidelint.checking.installed import lacking
from guidelint.imaging.providers.folder import FolderImages, folder_images
from guidelint.imaging.providers.joined import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.imaging.addresses.fetch import Fetcher
    from guidelint.imaging.providers.provider import ImageProvider

EXTRA: Final = "labelstudio"
_FILE: Final = "file://"
"""How a folder begins that is written as an address: blanks and whatever else would end it stand as percents."""
_WEB: Final = ("http://", "https://")
_PROJECT: Final = re.compile(r"(?P<server>https?://.+?)/projects/(?P<project>\d{1,10})(?:[/?#].*)?", re.IGNORECASE)


class PlaceError(ValueError):
    """A place that gives no images, and what to do."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far addresses may lead, and with which tokens."""

    inside: tuple[str, ...] = ()
    """Networks of one's own that may be asked."""
    token_file: Path | None = None
    """Tokens of Label Studio; None: from the environment."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where images are."""

    provider: ImageProvider
    folders: tuple[FolderImages, ...] = ()
    fetcher: Fetcher | None = None
    """Fetches from what was named of the web; None: nothing was."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was passed over, for people."""
        return tuple(note for folder in self.folders for note in folder.notes)


def is_web(place: str) -> bool:
    """Tell an address from the name of a folder."""
    return place.strip().lower().startswith(_WEB)


def image_places(places: Sequence[str], reach: Reach) -> Places:
    """Look what lies there. Raises PlaceError."""
    if not places:
        raise PlaceError("--inside names a network, and no --images says what is fetched from it. Name that, too")
    web = [place.strip() for place in places if is_web(place) and not _PROJECT.fullmatch(place.strip())]
    if (is_asked := any(map(is_web, places))) and (said := lacking(EXTRA, "an address for --images")):
        raise PlaceError(said)
    if reach.inside and not is_asked:
        raise PlaceError("--inside names a network, and no address is given to --images. Name that, too")
    fetcher = fetcher_of(web, reach.inside) if is_asked else None
    providers = tuple(_providers(places, fetcher, reach))
    return Places(joined(providers), tuple(one for one in providers if isinstance(one, FolderImages)), fetcher)


def refuse_wrong_places(places: Sequence[str], reach: Reach) -> None:
    """Say what cannot be used without looking through folders. Raises PlaceError."""
    web = [place for place in places if is_web(place)]
    if reach.inside and not web:
        raise PlaceError("--inside names a network, and no address is given to --images. Name that, too")
    fetcher_of([place.strip() for place in web if not _PROJECT.fullmatch(place.strip())], reach.inside)
    for place in places:
        if not is_web(place):
            _refuse_no_folder(place)


def fetcher_of(web: Sequence[str], inside: Sequence[str]) -> Fetcher:
    """Allow what was named and nothing else. Raises PlaceError."""
    from guidelint.imaging.addresses.address import AddressError  # noqa: PLC0415 - with its extra
    from guidelint.imaging.addresses.allowed import Allowed, network_of, place_at  # noqa: PLC0415
    from guidelint.imaging.addresses.fetch import Fetcher  # noqa: PLC0415

    try:
        places = tuple(place_at(place) for place in web)
    except AddressError as error:
        raise PlaceError(f"--images: {error}") from error
    try:
        return Fetcher(Allowed(places, tuple(network_of(network) for network in inside)))
    except AddressError as error:
        raise PlaceError(f"--inside: {error}") from error


def folder_at(place: str) -> FolderImages:
    """Look which images a folder holds. Raises PlaceError."""
    _refuse_no_folder(place)
    found = folder_images(_path_of(place))
    if not found.supply.records:
        raise PlaceError(" ".join((f"--images {place!r} holds no DICOM file, PNG, JPEG or TIFF.", *found.notes)))
    return found


def _path_of(place: str) -> Path:
    """Give the path of a folder, which may be written as an address. Raises PlaceError for that of another machine."""
    if not place.lower().startswith(_FILE):
        return Path(place)
    path = place[len(_FILE) :]
    if not path.startswith("/"):
        raise PlaceError(f"--images {place!r} is no folder of this machine. Write {_FILE} and its whole path")
    from urllib.request import url2pathname  # noqa: PLC0415 - few folders are written so

    return Path(url2pathname(path))


def _refuse_no_folder(place: str) -> None:
    if not _path_of(place).is_dir():
        raise PlaceError(f"--images {place!r} is no folder. Name the folder that holds the images, or an address")


def _providers(places: Sequence[str], fetcher: Fetcher | None, reach: Reach) -> Iterator[ImageProvider]:
    """Give a provider for each place; all that is fetched from the web is one, where the first of it stands."""
    is_given = False
    for place in places:
        if fetcher is None or not is_web(place):
            yield folder_at(place)
        elif found := _PROJECT.fullmatch(place.strip()):
            yield _of_project(found["server"], int(found["project"]), fetcher, reach.token_file)
        elif not is_given:
            from guidelint.imaging.providers.by_address import ImagesByAddress  # noqa: PLC0415 - with its extra

            is_given = True
            yield ImagesByAddress(fetcher)


def _of_project(address: str, project: int, fetcher: Fetcher, token_file: Path | None) -> ImageProvider:
    from guidelint.labelstudio.connection.connection import Connection  # noqa: PLC0415 - with its extra
    from guidelint.labelstudio.connection.credentials import CredentialError, tokens_from  # noqa: PLC0415
    from guidelint.labelstudio.images.project_images import ProjectImages  # noqa: PLC0415

    try:
        ((server, token),) = tokens_from((address,), token_file).items()
    except CredentialError as error:
        raise PlaceError(f"--images {address}/projects/{project}: {error}") from error
    return ProjectImages(Connection(server, token), server, project, fetcher)
