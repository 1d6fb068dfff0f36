"""What images must be, beyond modality and pixel spacing."""

from typing import Annotated, Literal

from pydantic import Field

from guidelint.language.form.enforced import AT_INTAKE, EnforcedBy
from guidelint.language.form.fields import Line, Name, Written
from guidelint.language.form.sections.transfer_syntax import TransferSyntax
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import OneOrMore as FromOne
from guidelint.validation.rule.parameters.amount import Ratio
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.quantity import Amount

ThicknessMm = Annotated[float, Amount("slice thickness", "mm", above_least=True, sensible=(0.01, 50), exact=True)]


class ThicknessLimits(Written):
    """Allowed slice thickness."""

    min_mm: Annotated[ThicknessMm, Lower("slice thickness")] | None = None
    """Thinnest slice in mm."""
    max_mm: Annotated[ThicknessMm, Upper("slice thickness")] | None = None
    """Thickest slice in mm."""


class MatrixLimits(Written):
    """Allowed rows and columns."""

    min_rows: Annotated[FromOne, Lower("rows of an image")] | None = None
    """Fewest Rows (0028,0010)."""
    max_rows: Annotated[FromOne, Upper("rows of an image")] | None = None
    """Most Rows (0028,0010)."""
    min_columns: Annotated[FromOne, Lower("columns of an image")] | None = None
    """Fewest Columns (0028,0011)."""
    max_columns: Annotated[FromOne, Upper("columns of an image")] | None = None
    """Most Columns (0028,0011)."""


class MagnificationLimits(Written):
    """Allowed magnification of a microscope's objective."""

    min: Annotated[Ratio, Lower("magnification")] | None = None
    """Smallest magnification, e.g. 20."""
    max: Annotated[Ratio, Upper("magnification")] | None = None
    """Largest magnification, e.g. 40."""


class Window(Written):
    """Which values of pixels are shown from black to white."""

    center: Annotated[float, AlsoCalled("centre", "level")]
    """Window Center (0028,1050), in the units of the pixels; for CT in HU."""
    width: Annotated[float, Field(gt=0)]
    """Window Width (0028,1051), in the same units."""


class SeriesDemands(Written):
    """When a series is complete."""

    no_missing_slices: bool = False
    """true: a series with a slice missing between its first and its last is refused."""
    min_slices: FromOne | None = None
    """Fewest slices."""
    covers: Annotated[Line | None, AlsoCalled("coverage")] = None
    """From where to where it goes, e.g. from the tips of the lungs to the adrenal glands."""


class Privacy(Written):
    """What of a patient may be seen in images that come in."""

    profile: Annotated[Line | None, AlsoCalled("deidentification", "de_identification")] = None
    """How they are de-identified, e.g. DICOM PS3.15 E.1, Basic Application Confidentiality Profile."""
    burned_in_text: Literal["refused", "masked", "allowed"] | None = None
    """What happens to images with names or numbers in their pixels, Burned In Annotation (0028,0301)."""
    faces: Literal["refused", "defaced", "allowed"] | None = None
    """What happens to volumes from which a face can be rebuilt."""


class ImageDemands(Written):
    """What images must be, beyond modality and pixel spacing."""

    body_part: Annotated[tuple[Line, ...], OneOrMore, AlsoCalled("anatomy", "region"), AT_INTAKE] = ()
    """Allowed values of Body Part Examined (0018,0015)."""
    views: Annotated[tuple[Line, ...], OneOrMore, AlsoCalled("view", "projection", "view_position"), AT_INTAKE] = ()
    """Allowed values of View Position (0018,5101), or views as people name them."""
    slice_thickness: Annotated[ThicknessLimits | None, AT_INTAKE] = None
    """Limits of Slice Thickness (0018,0050)."""
    matrix: Annotated[MatrixLimits | None, AlsoCalled("resolution", "size"), AT_INTAKE] = None
    """Limits of rows and columns."""
    magnification: Annotated[MagnificationLimits | None, AT_INTAKE] = None
    """Limits of the magnification of the objective."""
    windows: Annotated[
        dict[Name, Window],
        AlsoCalled("window", "window_presets"),
        EnforcedBy("by people only", "annotators read it", tool="view of an image", each=True),
    ] = {}
    """Windows in which images are looked at, by name, e.g. lung."""
    transfer_syntaxes: Annotated[
        tuple[Annotated[Line, TransferSyntax()], ...],
        OneOrMore,
        AlsoCalled("transfer_syntax", "compression", "compressions"),
        AT_INTAKE,
    ] = ()
    """Allowed values of Transfer Syntax UID (0002,0010), each a UID or its keyword in pydicom; none: any."""
    series: Annotated[SeriesDemands | None, AT_INTAKE] = None
    """When a series is complete."""
    refused_if: Annotated[tuple[Line, ...], AlsoCalled("quality", "reject", "quality_gate"), AT_INTAKE] = ()
    """What makes an image unfit: blur, noise, motion, parts cut off; each with its measure where there is one."""
    privacy: Annotated[Privacy | None, AlsoCalled("phi"), AT_INTAKE] = None
    """What of a patient may be seen in them."""
    synthetic: Annotated[Literal["refused", "marked", "allowed"] | None, AT_INTAKE] = None
    """What happens to images that were made or filled in by a program; marked: they must say so."""
    file_names: Annotated[Line | None, AlsoCalled("naming"), AT_INTAKE] = None
    """How their files are named, e.g. {patient}-{series}-{slice}.png."""
