"""More mistakes of the same kinds: how the same sound guideline breaks in a writer's hands."""

from __future__ import annotations

from tests.language.mistakes import Mistake

_THYROID = "    title: Thyroid\n    definition: The whole gland.\n    draw: brush\n    color: '#43a047'\n"
COMMENTS = (
    Mistake("a colour in braces", "    color: '#e53935'", "    aliases: [a, #b]", "#b", "comment", "quotation marks"),
    Mistake("number signs in a list", "border: outer", "aliases: [Knot #1, Knot #2]", "Knot", "comment", "quotation"),
    Mistake("an item that begins so", "- cysts", "- #2 cysts", "#2", "comment", "quotation marks"),
    Mistake("a title cut short", "title: Nodule\n", "title: Nodule #1\n", "#1", "comment", "quotation marks"),
    Mistake("a colour with one mark", "'#43a047'", "#43a047'", "#43a047", "comment", "`'#43a047'`"),
    Mistake("a remark for a value", "The whole gland.", "# to do", "# to do", "nothing is written", "Write"),
    Mistake("a key with nothing", "color: '#43a047'", "color:", "color:\n", "nothing is written", "delete"),
    Mistake("a tilde", "title: Thyroid\n", "title: ~\n", "title: ~", "`~` means nothing", "Write"),
    Mistake("null", "title: Thyroid\n", "title: null\n", "title: null", "`null` means nothing", "Write"),
)
COMMAS = (
    Mistake("a comma in braces", "Senior sonographer,", "Head, or deputy,", "Head", "comma", "quotation marks"),
    Mistake("a decimal comma", "max_mm: 0.5", "max_mm: 0,5", "0,5", "decimal comma", "`0.5`"),
    Mistake("a decimal comma beside more", "min_mm: 4,", "min_mm: 4,5,", "4,5", "decimal comma", "`4.5`"),
    Mistake("a comma of thousands", "within_hours: 48", "within_hours: 1,000", "1,000", "comma", "`1000`"),
    Mistake("no comma in braces", "sonographer, within", "sonographer within", "senior:", "comma", "comma"),
    Mistake("no comma in brackets", "[unsure]", "[unsure solid]", "[unsure", "comma", "`unsure, solid`"),
    Mistake("a comma at the end", "draw: brush", "draw: brush,", "brush,", "`brush,`", "`brush`"),
    Mistake("several without brackets", "of: nodule", "of: nodule, thyroid", "of: nod", "name", "`[nodule, thyroid]`"),
    Mistake("several tools", "draw: brush", "draw: brush, polygon", "brush, p", "`draw`", "`[brush, polygon]`"),
)
COLONS = (
    Mistake("no colon", "draw: brush", "draw brush", "draw brush", "colon", "`draw: brush`"),
    Mistake("no colon after a name", "  thyroid:\n", "  thyroid\n", "  thyroid\n", "colon", "`thyroid:`"),
    Mistake("no colon after a part", "classes:\n", "classes\n", "classes\n", "colon", "`classes:`"),
    Mistake("no colon after rules", "    rules:\n", "    rules\n", "rules\n", "colon", "`rules:`"),
    Mistake("no colon in braces", "{max: 12}", "{max 12}", "{max 12", "colon", "`max: 12`"),
    Mistake("no space in braces", "{max: 12}", "{max:12}", "{max:12", "space", "`max: 12`"),
    Mistake("no space before a text", "{who: Senior", "{who:Senior", "{who", "space", "`who: Senior sonographer`"),
    Mistake("no space at the end of a part", "means: No", "means:No", "means:No", "space", "`means: No"),
    Mistake("no space in an option", "poor: Poor", "poor:Poor", "poor:Poor", "space", "`poor: Poor`"),
    Mistake(
        "no space at the top", "title: Thyroid nod", "title:Thyroid nod", "title:T", "space", "`title: Thyroid nod"
    ),
    Mistake("an equals sign", "draw: brush", "draw = brush", "draw =", "`=`", "`draw: brush`"),
    Mistake("an equals sign in braces", "{max: 12}", "{max=12}", "{max=12", "`=`", "`max: 12`"),
    Mistake("a full-width colon", "draw: brush", "draw\uff1abrush", "draw\uff1a", "full-width", "`:`"),
    Mistake("a full-width comma", "sonographer, ", "sonographer\uff0c", "sonographer\uff0c", "full-width", "`,`"),
    Mistake("a colon in an item", "- cysts", "- cysts: simple", "- cysts", "colon", "quotation marks"),
    Mistake("a colon at the end", "whole gland.", "whole gland:", "whole gland:", "colon", "quotation marks"),
    Mistake(
        "a colon in the second line",
        "The whole gland.",
        "The whole gland.\n      Note: all.",
        "Note:",
        "colon",
        "quotation",
    ),
    Mistake(
        "a text taken for keys", "|\n  Outline", "\n  Note: outline", "instructions:", "read as keys", "instructions: |"
    ),
)
DASHES = (
    Mistake("no space after the second dash", "- cysts", "-cysts", "-cysts", "space", "`- cysts`"),
    Mistake("a dash of print", "- cysts", "\u2013 cysts", "\u2013 cysts", "no item", "dash"),
    Mistake("bullets", "- colloid nodules\n      - c", "• colloid nodules\n      • c", "• colloid", "no item", "dash"),
    Mistake("a dash too far", "      - cysts", "       - cysts", "- cysts", "dash", "6 spaces"),
    Mistake(
        "a list behind its key",
        "\n      - colloid nodules\n      - c",
        " - colloid nodules\n      - c",
        "- coll",
        "list",
        "below",
    ),
    Mistake(
        "a list without brackets",
        "\n      - colloid nodules\n      - cysts",
        " colloid nodules, cysts",
        "includes",
        "list",
        "`[colloid nodules, cysts]`",
    ),
    Mistake(
        "an item behind its key",
        "\n      - colloid nodules\n",
        " colloid nodules\n",
        "includes",
        "list",
        "`[colloid nodules, cysts]`",
    ),
    Mistake(
        "a dash for a minus",
        "min_mm: 4,",
        "min_mm: \u22124,",
        "min_mm: \u2212",
        "dash, not a minus",
        "`-4`",
        then="`longest_min_mm` must be at least 0, not -4",
    ),
    Mistake("a dash in a name", "in-thyroid", "in\u2013thyroid", "in\u2013", "hyphens", "`in-thyroid`"),
    Mistake(
        "Markdown without its lines",
        "|\n  Outline each nodule.\n  Answer every",
        "Do this\n  - outline\n  - answer every",
        "- outline",
        "joined",
        "instructions: |",
    ),
)
INDENTATION = (
    Mistake(
        "the first key one less",
        "    title: Thyroid\n",
        "   title: Thyroid\n",
        "title: Thyroid\n",
        "3 spaces",
        "4 spaces",
    ),
    Mistake(
        "the first key one more",
        "    title: Thyroid\n",
        "     title: Thyroid\n",
        "title: Thyroid\n",
        "5 spaces",
        "4 spaces",
    ),
    Mistake("the last key one more", "    color: '#43", "     color: '#43", "color: '#43", "5 spaces", "4 spaces"),
    Mistake("a name one more", "  nodule:\n", "   nodule:\n", "nodule:\n", "3 spaces", "2 spaces"),
    Mistake("a name one less", "  nodule:\n", " nodule:\n", "nodule:\n", "1 space", "2 spaces"),
    Mistake("a part one more", "images:\n", " images:\n", "images:\n", "1 space", "0 spaces"),
    Mistake("an item one less", "      - cysts", "     - cysts", "- cysts", "5 spaces", "6 spaces"),
    Mistake("an option one more", "      cystic:", "       cystic:", "cystic:", "7 spaces", "6 spaces"),
    Mistake("an option one less", "      cystic:", "     cystic:", "cystic:", "5 spaces", "6 spaces"),
    Mistake(
        "keys beside their name",
        "    title: Thyroid\n    definition: The whole gland.\n    draw: brush\n    color: '#43a047'\n",
        "  title: Thyroid\n  definition: The whole gland.\n  draw: brush\n  color: '#43a047'\n",
        "title: Thyroid\n",
        "not indented",
        "4 spaces",
    ),
    Mistake(
        "keys beside their part",
        "  modality: US\n  pixel",
        "modality: US\npixel",
        "modality",
        "not indented",
        "2 spaces",
    ),
    Mistake(
        "a part beneath another",
        "relations:\n  in-thyroid:\n    inside",
        "  relations:\n    in-thyroid:\n      inside",
        "relations:",
        "stands indented",
        "beginning of the line",
    ),
    Mistake(
        "a needed part beneath another",
        "empty_reading:\n  means",
        "  empty_reading:\n    means",
        "empty_reading:",
        "stands indented",
        "beginning of the line",
    ),
    Mistake("a rule beside its rules", "      closed-", "    closed-", "closed-", "it is a rule", "`rules:`"),
    Mistake("tabs before an item", "      - cysts", "\t\t\t- cysts", "- cysts", "tab", "6 spaces"),
    Mistake("a tab behind spaces", "      - cysts", "    \t- cysts", "- cysts", "tab", "6 spaces"),
)
SPACES = (
    Mistake("a no-break space after a colon", "draw: brush", "draw:\u00a0brush", "draw:", "no-break", "spaces"),
    Mistake("a no-break space too many", "draw: brush", "draw: \u00a0brush", "draw:", "no-break", "`brush`"),
    Mistake("a no-break space at the end", "draw: brush", "draw: brush\u00a0", "draw:", "no-break", "`brush`"),
    Mistake("a no-break space in a key", "    draw: brush", "    \u00a0draw: brush", "draw:", "no-break", "`draw`"),
    Mistake("a figure space", "    draw: brush", "    \u2007draw: brush", "draw:", "no-break", "`draw`"),
    Mistake("a narrow no-break space", "draw: brush", "draw:\u202fbrush", "draw:", "no-break", "spaces"),
    Mistake("a space without width", "draw: brush", "draw: \u200bbrush", "draw:", "zero-width", "`brush`"),
    Mistake("a mark in the middle", "classes:\n", "\ufeffclasses:\n", "classes:", "byte order mark", "Delete"),
    Mistake("a mark in a value", "draw: brush", "draw: \ufeffbrush", "draw:", "byte order mark", "`brush`"),
    Mistake("a no-break space after a dash", "- cysts", "-\u00a0cysts", "cysts", "no-break", "spaces"),
)
QUOTES = (
    Mistake("curly marks around a colour", "'#43a047'", "“#43a047”", "color:", "of print", "`'#43a047'`"),
    Mistake("low marks around a title", "title: Thyroid\n", "title: „Thyroid“\n", "„", "of print", "`'Thyroid'`"),
    Mistake("low marks around a colon", "title: Thyroid\n", "title: „Gland: left“\n", "„", "of print", "straight"),
    Mistake("marks of two kinds", "title: Thyroid\n", 'title: "Thyroid”\n', "”", "of print", "straight"),
    Mistake("single curly marks", "title: Thyroid\n", "title: ‘Thyroid’\n", "‘", "of print", "`'Thyroid'`"),
    Mistake("curly marks around a name", "  nodule:\n", "  “nodule”:\n", "“", "lower-case", "`nodule`"),
    Mistake("a mark that is not closed", "title: Thyroid\n", "title: 'Thyroid\n", "'Thyroid", "not closed", "`'`"),
    Mistake("a double mark that is not", "title: Thyroid\n", 'title: "Thyroid\n', '"Thyroid', "not closed", '`"`'),
    Mistake("a colour that is not", "'#43a047'", "'#43a047", "'#43a047", "not closed", "`'`"),
    Mistake("a mark in braces that is not", "who: Senior", "who: 'Senior", "'Senior", "not closed", "`'`"),
    Mistake("an apostrophe at the front", "title: Thyroid\n", "title: 's glands\n", "'s", "not closed", "double"),
    Mistake(
        "an apostrophe in braces", "who: Senior sonographer", "who: 'Head's deputy'", "Head", "apostrophe", "double"
    ),
    Mistake("marks within marks", "The whole gland.", '"The "whole" gland."', '"whole"', "more follows", "single"),
)
SIGNS = (
    *(
        Mistake(f"a text like {text}", "title: Thyroid\n", f"title: {text}\n", text, f"`{text[0]}", "quotation marks")
        for text in (
            *("@gland", "`gland`", "%gland", "*gland*", "*gland", "& gland", "&gland", "!gland", "! gland", "? gland"),
            *("[left] lobe", "{left} lobe"),
        )
    ),
    Mistake("a text in brackets", "title: Thyroid\n", "title: [Thyroid]\n", "[Thyroid]", "wants text", "brackets"),
    Mistake("more than", "within_hours: 48", "within_hours: > 48", "> 48", "no part of a number", "`48`"),
)
BRACKETS = (
    Mistake("a bracket not closed", "border: outer", "aliases: [Knot, Lump", "[Knot", "not closed", "`]`"),
    Mistake("a brace too many", "{max: 12}", "{max: 12}}", "12}}", "closes nothing", "Delete"),
    Mistake("another bracket", "{max: 12}", "{max: 12]", "12]", "opened with another", "`}`"),
)
BLOCKS = (
    Mistake(
        "a text not indented",
        "  Outline each nodule.\n  Answer",
        "Outline each nodule.\nAnswer",
        "Outline",
        "not indented",
        "2",
    ),
    Mistake(
        "a line one less", "  Answer every", " Answer every", "Answer every", "less than its first line", "2 spaces"
    ),
    Mistake("a line not indented", "  Answer every", "Answer every", "Answer every", "less than its first", "2 spaces"),
    Mistake("a text behind its sign", "|\n  Outline", "| Outline", "| Outline", "same line", "below"),
    Mistake("a tab in a text", "  Answer every", "\tAnswer every", "Answer every", "tab", "spaces"),
    Mistake("three dots", "instructions: |", "...\ninstructions: |", "...", "ends the guideline", "Delete"),
)
VALUES = (
    Mistake("a unit behind", "max_mm: 0.5", "max_mm: 0.5 mm", "0.5 mm", "the unit stands in the name", "`0.5`"),
    Mistake("a unit joined", "longest_min_mm: 4", "longest_min_mm: 10mm", "10mm", "unit", "`10`"),
    Mistake("another unit", "longest_min_mm: 4", "longest_min_mm: 1 cm", "1 cm", "which is in mm", "`10`"),
    Mistake("hours with a letter", "within_hours: 48", "within_hours: 24 h", "24 h", "unit", "`24`"),
    Mistake("days for hours", "within_hours: 48", "within_hours: 2 days", "2 days", "which is in hours", "`48`"),
    Mistake("percent", "min_fraction: 0.9", "min_fraction: 90 %", "90 %", "percent", "`0.9`"),
    Mistake("a number in quotes", "within_hours: 48", "within_hours: '48'", "'48'", "quotation marks", "`48`"),
    Mistake("a number in words", "within_hours: 48", "within_hours: two", "two", "digits", "`2`"),
    Mistake("a number with a plus", "within_hours: 48", "within_hours: +48", "+48", "plus", "`48`"),
    Mistake("a number with a bound", "within_hours: 48", "within_hours: ≤ 48", "≤ 48", "`≤`", "`48`"),
    Mistake("no limit", "within_hours: 48", "within_hours: unlimited", "unlimited", "number", "leave the key out"),
    Mistake("a range", "within_hours: 48", "within_hours: 24-48", "24-48", "range", "`24` or `48`"),
    Mistake("required: on", "required: true", "required: on", "required: on", "true or false", "`true`"),
    Mistake("required: True", "required: true", "required: True", "required: True", "true or false", "`true`"),
    Mistake("required: No", "required: true", "required: No", "required: No", "true or false", "`false`"),
    Mistake("required: ja", "required: true", "required: ja", "required: ja", "true or false", "`true`"),
    Mistake("required: often", "required: true", "required: often", "required: often", "true or false", "`when:`"),
    Mistake("a colour in capitals", "'#43a047'", "'#43A047'", "#43A047", "not a colour", "'#43a047'"),
    Mistake("a number for counts", "{max: 12}", "12", "count:", "keys", "`max`"),
)
COLLECTIONS = (
    Mistake(
        "options in brackets", "\n      good: Good\n      poor: Poor", " [Good, Poor]", "[Good", "list", "`good: Good`"
    ),
    Mistake(
        "options without titles",
        "\n      good: Good\n      poor: Poor",
        " {good, poor}",
        "{good",
        "title",
        "good: Good",
    ),
    Mistake(
        "steps as a list",
        "      1: Low\n      2: Medium\n      3: High",
        "      - Low\n      - High",
        "- Low",
        "list",
        "`1: Low`",
    ),
    Mistake(
        "names for items",
        "- colloid nodules\n      - cysts",
        "colloid nodules:\n      cysts:",
        "colloid",
        "list",
        "[colloid",
    ),
    Mistake("braces for brackets", "of: nodule", "of: {nodule, thyroid}", "{nodule", "list", "`[nodule, thyroid]`"),
    Mistake(
        "rules as a list",
        "      diameter-limits: {longest_min_mm: 4, of: object}\n      closed-",
        "      - diameter-limits: {longest_min_mm: 4, of: object}\n      - closed-",
        "- diameter",
        "list",
        "`diameter-limits:`",
    ),
    Mistake(
        "a rule as a word",
        "    rules:\n      diameter-limits: {longest_min_mm: 4, of: object}\n      closed-outline: {max_gap_mm: 1}",
        "    rules: closed-outline",
        "rules: c",
        "keys",
        "{closed-outline: {}}",
    ),
    Mistake(
        "classes as a list",
        f"  thyroid:\n{_THYROID}  nodule:\n",
        f"  - name: thyroid\n{_THYROID}  - name: nodule\n",
        "- name: thyroid",
        "list",
        "`thyroid:`",
    ),
    Mistake(
        "a route as a text", "{who: Senior sonographer, within_hours: 48}", "Head", "senior: H", "keys", "{who: Head}"
    ),
    Mistake(
        "a text for an empty reading",
        "\n  means: No nodule in this view.",
        " None.",
        "empty_reading",
        "keys",
        "means: ",
    ),
    Mistake("a class in capitals twice", "  nodule:\n", "  Thyroid:\n", "Thyroid:\n", "lower-case", "line 10"),
    Mistake(
        "a key in capitals twice", "draw: brush\n", "draw: brush\n    Draw: polygon\n", "Draw", "`Draw`", "line 13"
    ),
    Mistake(
        "a key in two spellings", "draw: brush\n", "draw: brush\n    colour: red\n", "colour", "`colour`", "line 15"
    ),
)
OTHER = (
    Mistake(
        "half of a conflict",
        "version: 1.2.0\n",
        "version: 1.2.0\n=======\n>>>>>>> b\n",
        "=======",
        "merge conflict",
        "delete",
    ),
    Mistake("front matter", "instructions: |\n", "---\ninstructions: |\n", "---", "second document", "one guideline"),
)
UNSEEN = (
    Mistake(
        "a control character", "title: Nodule\n", 'title: "Nod\\x07ule"\n', '"Nod', "control character", "Delete it"
    ),
    Mistake("no character at all", "title: Nodule\n", 'title: "Nodule\\uFFFE"\n', '"Nod', "U+FFFE", "Delete it"),
    Mistake("words turned round", "A focal lesion", "A \u202efocal lesion", "A \u202e", "U+202E", "U+202C"),
    Mistake("a change that does not end", "- cysts", "- \u2067cysts", "\u2067", "U+2067", "U+2069"),
    Mistake("a title of spaces", "title: Nodule\n", "title: '  '\n", "'  '", "shows nothing", "Write words"),
    Mistake(
        "a title of nothing", "title: Nodule\n", 'title: "\\u200d\\u00ad"\n', '"\\u200d', "shows nothing", "Write words"
    ),
    Mistake(
        "a title that looks the same", "title: Nodule\n", "title: Thy\u200droid\n", "Thy\u200d", "already means", "name"
    ),
    Mistake(
        "an answer that looks the same", "cystic: Cystic", "cystic: 'Sol\u00adid '", "'Sol", "already means", "name"
    ),
)
KEYS = (
    Mistake(
        "a question twice",
        "title: Suspicion\n",
        "title: Texture\n",
        "title: Texture\n    of: nodule\n    scale",
        "title",
        "name",
    ),
    Mistake(
        "a letter of few keyboards",
        "draw: brush",
        "draw: brush\n    hotkey: \u00e9",
        "hotkey",
        "one letter",
        "hotkey: q",
    ),
    Mistake("a sign for a key", "draw: brush", "draw: brush\n    hotkey: '+'", "'+'", "every keyboard", "hotkey: q"),
    Mistake(
        "the key that moves the picture", "draw: brush", "draw: brush\n    hotkey: H", "hotkey: H", "moves", "another"
    ),
    Mistake("the key of the eraser", "draw: brush", "draw: brush\n    hotkey: e", "hotkey: e", "eraser", "another key"),
)
MORE = (
    *UNSEEN,
    *KEYS,
    *COMMENTS, *COMMAS, *COLONS, *DASHES, *INDENTATION, *SPACES, *QUOTES, *SIGNS, *BRACKETS, *BLOCKS, *VALUES,
    *COLLECTIONS, *OTHER,
)  # fmt: skip
"""All of them."""
