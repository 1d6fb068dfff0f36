"""Guidelines for a chest radiograph as large as people have them: up to 40 classes, nine questions on each region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from guidelint.labelstudio.config.keys import MANY
from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan

Groups = Mapping[str, "Sequence[str]"]
"""Heading → titles of the classes under it."""
Questions = Mapping[str, "Sequence[str]"]
"""Title → options."""

FINDINGS: Final[Groups] = {
    "Lung": ("Atelectasis", "Calcification", "Consolidation", "Diffuse Nodule", "Emphysema", "Fibrosis", "Mass",
             "Nodule"),
    "Pleura": ("Effusion", "Pleural Thickening", "Pneumothorax"),
    "Heart and ribs": ("Cardiomegaly", "Fracture"),
}  # fmt: skip
MORE_FINDINGS: Final[Groups] = {
    "Lung": (*FINDINGS["Lung"], "Infiltration", "Interstitial Lung Disease", "Cavity", "Cyst", "Bronchiectasis",
             "Lung Opacity", "Oedema", "Granuloma"),
    "Pleura": (*FINDINGS["Pleura"], "Pleural Plaque", "Hydropneumothorax", "Fissural Thickening"),
    "Mediastinum": ("Hilar Enlargement", "Mediastinal Shift", "Widened Mediastinum", "Aortic Enlargement",
                    "Tortuous Aorta", "Pneumomediastinum", "Hiatal Hernia"),
    "Heart and ribs": ("Cardiomegaly", "Fracture", "Scoliosis", "Rib Lesion"),
    "Devices": ("Tracheal Tube", "Gastric Tube", "Central Line", "Pacemaker", "Chest Drain", "Sternal Wires", "Clip"),
}  # fmt: skip
THREE: Final[Groups] = {"Lung": ("Consolidation", "Mass", "Nodule")}
GERMAN: Final[Groups] = {
    "Lunge": ("Belüftungsstörung", "Verkalkung", "Lungenparenchymverdichtung", "Kleinfleckige Verschattungen",
              "Lungenüberblähung", "Lungengerüstveränderung", "Raumforderung", "Lungenrundherd"),
    "Pleura": ("Pleuraerguss", "Pleuraverdickung", "Spannungspneumothorax"),
    "Herz und Rippen": ("Herzvergrößerung", "Rippenserienfraktur"),
}  # fmt: skip
ARABIC: Final[Groups] = {
    "الرئة": ("انخماص", "تكلس", "تصلب رئوي", "عقيدات منتشرة", "انتفاخ رئوي", "تليف", "كتلة", "عقيدة"),
    "الجنبة": ("انصباب", "تسمك الجنبة", "استرواح الصدر"),
    "القلب والأضلاع": ("تضخم القلب", "كسر"),
}
OF_REGION: Final[Questions] = {
    "Subtlety": ("Extremely subtle", "Moderately subtle", "Fairly subtle", "Moderately obvious", "Obvious"),
    "Internal structure": ("Soft tissue", "Fluid", "Fat", "Air"),
    "Deposits": ("Popcorn", "Laminated", "Solid", "Non-central", "Central", "Absent"),
    "Sphericity": ("Linear", "Between linear and ovoid", "Ovoid", "Between ovoid and round", "Round"),
    "Margin": ("Poorly defined", "Nearly poorly defined", "Medium", "Nearly sharp", "Sharp"),
    "Side": ("Right", "Left", "Both"),
    "Confidence": ("Possible", "Probable", "Certain"),
    "Texture": ("Ground glass", "Between", "Part-solid", "Between part-solid and solid", "Solid"),
    "Malignancy": (
        "Highly unlikely", "Moderately unlikely", "Indeterminate", "Moderately suspicious", "Highly suspicious"
    ),
}  # fmt: skip
OF_IMAGE: Final[Questions] = {
    "View": ("PA", "AP", "Lateral"),
    "Image labels": ("No finding", "Support devices"),
    "Image quality": ("Good", "Limited", "Not readable"),
}
ARABIC_OF_REGION: Final[Questions] = {
    "الوضوح": ("خفي جدا", "خفي", "متوسط", "واضح", "واضح جدا"),
    "البنية الداخلية": ("نسيج رخو", "سائل", "دهن", "هواء"),
    "الترسبات": ("فشاري", "صفائحي", "صلب", "لا مركزي", "مركزي", "غائب"),
    "الكروية": ("خطي", "بين الخطي والبيضوي", "بيضوي", "بين البيضوي والمستدير", "مستدير"),
    "الحافة": ("غير محددة", "شبه غير محددة", "متوسطة", "شبه حادة", "حادة"),
    "الجانب": ("أيمن", "أيسر", "كلاهما"),
    "الثقة": ("ممكن", "محتمل", "مؤكد"),
    "القوام": ("زجاج مغشى", "بين بين", "صلب جزئيا", "شبه صلب", "صلب"),
    "الخباثة": ("غير محتملة جدا", "غير محتملة", "غير محددة", "مشتبهة", "مشتبهة جدا"),
}
ARABIC_OF_IMAGE: Final[Questions] = {
    "المنظر": ("خلفي أمامي", "أمامي خلفي", "جانبي"),
    "وسم الصورة": ("لا موجودات", "أجهزة داعمة"),
    "جودة الصورة": ("جيدة", "محدودة", "غير مقروءة"),
}
SCALE: Final = 5
"""A question with so many options is a scale."""


@dataclass(frozen=True, slots=True)
class Chest:
    """What a chest guideline asks for, in the words that annotators see."""

    classes: Groups
    of_region: Questions
    of_image: Questions
    tools: tuple[str, ...] = ("polygon", "rectangle")

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles of all classes."""
        return tuple(title for titles in self.classes.values() for title in titles)

    def key(self, title: str) -> str:
        """Key of a class; of the one that is called so in English where it has a key at all."""
        return _key(title, self.titles.index(title), "class")

    def question(self, title: str) -> str:
        """Key of a question."""
        return _key(title, [*self.of_region, *self.of_image].index(title), "question")

    def option(self, question: str, title: str) -> str:
        """Key of an option: on a scale its place, from 1."""
        options = {**self.of_region, **self.of_image}[question]
        place = options.index(title)
        return str(place + 1) if len(options) == SCALE else _key(title, place, "option")

    def guideline(self) -> Guideline:
        """The guideline itself: everything is required, outlines may not cross themselves."""
        return load(yaml.safe_dump(self._document(), allow_unicode=True, sort_keys=False))

    def outputs(self) -> dict[str, str]:
        """What the guideline compiles into."""
        return outputs(self.guideline(), self.plan())

    def plan(self) -> Plan:
        """What a reading is judged by."""
        return compile_plan(self.guideline(), catalogue())

    def _document(self) -> dict[str, object]:
        return {
            "guidelint": 1,
            "guideline": f"chest-{len(self.titles)}",
            "version": "1.0.0",
            "title": "Findings on a chest radiograph",
            "summary": "Marks and rates findings.",
            "classes": {
                self.key(title): self._class(title) | self._under(heading)
                for heading, titles in self.classes.items()
                for title in titles
            },
            "attributes": {
                **{self.question(title): self._asked(title, self._keys) for title in self.of_region},
                **{self.question(title): self._asked(title, "image") for title in self.of_image},
            },
            "empty_reading": {"means": "Nothing was found."},
            "instructions": "Read the whole image.",
        }

    @property
    def _keys(self) -> list[str]:
        return [self.key(title) for title in self.titles]

    def _class(self, title: str) -> dict[str, object]:
        return {
            "title": title,
            "definition": f"What the textbook calls {title}.",
            "draw": list(self.tools),
            "rules": {"simple-outline": {}},
        }

    def _under(self, heading: str) -> dict[str, str]:
        return {"group": heading} if len(self.titles) >= MANY else {}

    def _asked(self, title: str, of: str | list[str]) -> dict[str, object]:
        options = {**self.of_region, **self.of_image}[title]
        asked: dict[str, object] = {"title": title, "of": of, "required": True}
        if len(options) == SCALE:
            return {**asked, "scale": dict(enumerate(options, 1)), "higher_means": f"more {title}"}
        return {**asked, "choose_one": {self.option(title, option): option for option in options}}


def chest(classes: Groups = FINDINGS, tools: tuple[str, ...] = ("polygon", "rectangle")) -> Chest:
    """In English."""
    return Chest(classes, OF_REGION, OF_IMAGE, tools)


def arabic_chest() -> Chest:
    """In Arabic, from right to left."""
    return Chest(ARABIC, ARABIC_OF_REGION, ARABIC_OF_IMAGE)


def _key(title: str, place: int, kind: str) -> str:
    key = title.lower().replace(" ", "-")
    return key if key.isascii() else f"{kind}-{place + 1}"
