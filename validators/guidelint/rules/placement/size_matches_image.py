"""The rule ``size-matches-image``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.reply import CannotTell, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Departure

Size = tuple[int, int]


def _shown(size: Size) -> str:
    """Width × height, as image viewers write it."""
    return f"{size[1]} × {size[0]}"


class SizeMatchesImage(SubmissionRule):
    """The image size that a region states is the size of the image.

    ## Why
    Places are stored in percent of a stated size. With the wrong size every region lies somewhere else, and a mask has
    the wrong number of pixels. A swap of width and height comes from a picture that its EXIF data turns.

    ## How it is measured
    Rows and columns that the regions state are compared with one another and with Rows (0028,0010) and Columns
    (0028,0011) of the image, in the frame of the file that was shown: a copy resized by one factor is the same image.
    The images of one task are compared each by itself, and with one another where the guideline says that they show the
    same pixels (`images: one_grid: true`). Where two places tell otherwise of the size of an image, it is not known
    which regions lie right.

    ## Source
    Label Studio issue 6608: width and height swapped by EXIF orientation.
    """

    always = True
    fixed_because = "a region that may lie anywhere would be accepted"
    says = {
        "not-stated": Says(
            "the size of the image was not stored",
            "Delete the region and draw it again. If you did not draw it, tell who imported it.",
            "Have the region drawn again. If it was imported, add original_width and original_height.",
            leaves_nothing=True,
        ),
        "impossible": Says(
            "the size that was stored for the image is not possible: {reason}",
            "Delete the region and draw it again. If you did not draw it, tell who imported it.",
            "Have the region drawn again. If it was imported, write the size of the image in whole pixels as "
            "original_width and original_height.",
            leaves_nothing=True,
        ),
        "swapped": Says(
            "drawn on an image of {stated} pixels, but this image has {actual}: width and height are swapped",
            "Tell the person who prepared the images.",
            "Tell the person who prepared the images: a picture is turned by its EXIF data.",
            leaves_nothing=True,
            beyond_reach=True,
        ),
        "differs-from-image": Says(
            "drawn on an image of {stated} pixels, but this image has {actual}",
            "Reload the page, delete the region and draw it again. If you did not draw it, tell who imported it.",
            "Look which picture it was drawn on: another one, or another copy of this one. If this is the right one, "
            "have it drawn again.",
            leaves_nothing=True,
        ),
        "differs-between-images": Says(
            "the images of the task should show the same pixels, and were drawn on in {count} sizes: {sizes} pixels",
            "Tell the person who prepared the images.",
            "Tell the person who prepared the images: they are to be brought into one grid, or the guideline says "
            "`one_grid: false`.",
            leaves_nothing=True,
            beyond_reach=True,
        ),
        "differs-between-regions": Says(
            "the regions were drawn on images of {count} sizes: {sizes} pixels",
            "Delete the regions that lie in the wrong place and draw them again.",
            leaves_nothing=True,
        ),
    }

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare with the image; where its size is not known, compare the regions with one another."""
        for regions in submission.by_item(region for region in submission.drawn if 0 in region.image_shape):
            yield from self._without_a_size(regions)
        stated = tuple(region for region in submission.drawn if 0 not in region.image_shape)
        for regions in submission.by_item(stated):
            facts = submission.image_of(regions[0]) if regions else submission.image
            actual = (facts.rows or 0, facts.columns or 0)
            if why := facts.contradicted.get("rows") or facts.contradicted.get("columns"):
                yield CannotTell(f"the size of the image is not known: {why}", regions)
            yield from self._with_one_another(regions) if why or 0 in actual else self._with_image(regions, actual)

        if submission.one_grid:
            yield from self._of_one_grid(stated)

    def _of_one_grid(self, regions: tuple[Region, ...]) -> Iterator[Departure]:
        sizes = sorted({region.image_shape for region in regions})
        if len(sizes) > 1:
            shown = ", ".join(_shown(size) for size in sizes)
            yield self.departs("differs-between-images", *regions, count=len(sizes), sizes=shown)

    def _without_a_size(self, regions: Iterable[Region]) -> Iterator[Departure]:
        """Say once what several regions state."""
        by_problem: dict[str, list[Region]] = {}
        for region in regions:
            by_problem.setdefault(region.size_problem, []).append(region)
        for problem, same in by_problem.items():
            yield self.departs("impossible" if problem else "not-stated", *same, reason=problem)

    def _with_image(self, regions: tuple[Region, ...], actual: Size) -> Iterator[Departure]:
        for region in regions:
            if region.image_shape != actual:
                kind = "swapped" if region.image_shape == actual[::-1] else "differs-from-image"
                yield self.departs(kind, region, stated=_shown(region.image_shape), actual=_shown(actual))

    def _with_one_another(self, regions: tuple[Region, ...]) -> Iterator[Departure]:
        sizes = sorted({region.image_shape for region in regions})
        if len(sizes) > 1:
            shown = ", ".join(_shown(size) for size in sizes)
            yield self.departs("differs-between-regions", *regions, count=len(sizes), sizes=shown)

    cases = (
        Case(
            "two images of one grid and of one size",
            {},
            (
                Drawn(text="##..", image_shape=(20, 30), item_index=0),
                Drawn(text="..##", image_shape=(20, 30), item_index=1),
            ),
            image_shape=(0, 0),
            one_grid=True,
        ),
        Case(
            "two images of one grid, each of a size of its own",
            {},
            (
                Drawn(text="##..", image_shape=(20, 30), item_index=0),
                Drawn(text="..##", image_shape=(40, 60), item_index=1),
            ),
            finds="should show the same pixels, and were drawn on in 2 sizes: 30 × 20, 60 × 40 pixels",
            image_shape=(0, 0),
            one_grid=True,
        ),
        Case("the size of the image", {}, Drawn(text="##..", image_shape=(20, 30)), image_shape=(20, 30)),
        Case(
            "one row less",
            {},
            Drawn(text="##..", image_shape=(19, 30)),
            finds="drawn on an image of 30 × 19 pixels, but this image has 30 × 20",
            image_shape=(20, 30),
        ),
        Case(
            "width and height swapped",
            {},
            Drawn(text="##..", image_shape=(30, 20)),
            finds="width and height are swapped",
            image_shape=(20, 30),
        ),
        Case(
            "not stated",
            {},
            Drawn(text="#", as_="keypoint", image_shape=(0, 0)),
            finds="the size of the image was not stored",
        ),
        Case(
            "not whole",
            {},
            (
                Drawn(text="#", as_="keypoint", image_shape=(0, 0), size_problem="original_width is 512.5, not whole"),
                Drawn(text="#", as_="keypoint", image_shape=(0, 0), size_problem="original_width is 512.5, not whole"),
            ),
            finds="the size that was stored for the image is not possible: original_width is 512.5, not whole",
            why="One finding names all regions that state the same.",
        ),
        Case(
            "two sizes in one submission",
            {},
            (Drawn(text="##..", image_shape=(20, 30)), Drawn(text="..##", image_shape=(40, 60))),
            finds="images of 2 sizes: 30 × 20, 60 × 40 pixels",
            image_shape=(0, 0),
            why="The header does not say which of the two it is.",
        ),
        Case(
            "two images of two sizes",
            {},
            (
                Drawn(text="##..", image_shape=(20, 30), item_index=0),
                Drawn(text="..##", image_shape=(40, 60), item_index=1),
            ),
            image_shape=(0, 0),
        ),
        Case(
            "two places that contradict each other",
            {},
            Drawn(text="##..", image_shape=(20, 30)),
            cannot="the size of the image is not known: Rows in the task data is 20, Rows of images.csv, line 2 is 40",
            contradicted_of_image={"rows": "Rows in the task data is 20, Rows of images.csv, line 2 is 40"},
        ),
        Case("the header states no size", {}, Drawn(text="##..", image_shape=(20, 30)), image_shape=(0, 0)),
    )
