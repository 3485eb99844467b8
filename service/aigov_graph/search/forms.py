"""Names made comparable: width, case, dots, accents, short forms of common words, and which words say little.

Nothing here knows a name of anybody: the tables hold words of the language only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple, Self

LONGEST: Final = 200
"""Characters of a name that are looked at; who sends more is answered by its beginning."""

_HAN: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Scripts written without spaces, or with particles joined on: Chinese, Japanese, Korean."""
HAN_RUN: Final = re.compile(f"[{_HAN}]+")
_HAN_EDGE: Final = re.compile(f"(?<=[{_HAN}])(?=[^\\W{_HAN}])|(?<=[^\\W{_HAN}])(?=[{_HAN}])")
_INITIALS: Final = re.compile(r"\b(?:[^\W\d_]\.[ ]?){2,}")
_JOINED_ON: Final = re.compile(r"\b(co)-(?=[a-z])", re.IGNORECASE)
_WITHIN_WORD: Final = re.compile(r"(?<=\w)['\u2019\u02bc\u2018`´](?=\w)")
_NO_NAME: Final = re.compile(r"[\W_]+")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_PART: Final = "\t"

_SHORT: Final = {
    "acad": "academy",
    "admin": "administration",
    "assn": "association",
    "assoc": "association",
    "centre": "center",
    "co": "company",
    "comm": "commission",
    "corp": "corporation",
    "cttee": "committee",
    "defence": "defense",
    "dem": "democratic",
    "dept": "department",
    "fed": "federal",
    "gov": "government",
    "govt": "government",
    "govts": "governments",
    "grp": "group",
    "hldg": "holding",
    "hldgs": "holdings",
    "inc": "incorporated",
    "inst": "institute",
    "intl": "international",
    "is": "islands",
    "lab": "laboratory",
    "labs": "laboratories",
    "labour": "labor",
    "ltd": "limited",
    "mfg": "manufacturing",
    "min": "ministry",
    "natl": "national",
    "org": "organization",
    "organisation": "organization",
    "programme": "program",
    "rep": "republic",
    "sci": "science",
    "soc": "society",
    "tech": "technology",
    "st": "saint",
    "univ": "university",
}
"""Short and other spellings of words that stand in names of bodies."""

LEGAL: Final = frozenset(
    {
        "company",
        "corporation",
        "limited",
        "incorporated",
        "group",
        "holding",
        "holdings",
        "plc",
        "llc",
        "lp",
        "llp",
        "gmbh",
        "ag",
        "sa",
        "se",
        "spa",
        "nv",
        "bv",
        "ab",
        "oy",
        "oyj",
        "kk",
        "pte",
        "pty",
        "srl",
        "sarl",
        "kgaa",
        "jsc",
        "pjsc",
        "ao",
        "ooo",
        "sdn",
        "bhd",
        "enterprise",
        "enterprises",
    }
)
"""Words of a firm's legal form: they tell no firm from another."""

POLITY: Final = frozenset(
    {
        "republic",
        "kingdom",
        "federation",
        "state",
        "states",
        "democratic",
        "peoples",
        "federal",
        "federative",
        "islamic",
        "socialist",
        "plurinational",
        "bolivarian",
        "cooperative",
        "hashemite",
        "principality",
        "commonwealth",
        "sultanate",
        "emirate",
        "grand",
        "duchy",
        "independent",
        "union",
        "united",
        "arab",
        "emirates",
    }
)
"""Words of a state's form: they tell few states from another."""

STOP: Final = frozenset(
    {
        "the",
        "of",
        "and",
        "for",
        "de",
        "la",
        "le",
        "les",
        "du",
        "des",
        "d",
        "l",
        "el",
        "los",
        "las",
        "y",
        "et",
        "der",
        "die",
        "das",
        "und",
        "in",
        "on",
        "at",
        "to",
        "a",
        "an",
    }
)

_HAN_LEGAL: Final = re.compile(
    "(股份有限公司|有限责任公司|有限公司|集团公司|控股集团|集团|控股|公司|株式会社|合同会社|주식회사)+"
)
_HAN_OF_STATE: Final = re.compile("^[\u4e00-\u9fff]{2,8}?共和国(?=[\u4e00-\u9fff]{2})")
"""The state's full name before the name of one of its bodies."""
HAN_POLITY: Final = re.compile(
    "((?:社会主义|民主主义|民主|人民|伊斯兰|联合|合作|联邦|哈希姆)*(?:独立国|共和国|联邦|联盟|王国|公国|大公国|酋长国|苏丹国|合众国)"
    "|(?<=..)(?<!联合)国)$"
)
"""A state's form behind its name."""


class Form(NamedTuple):
    """A name ready to be compared.

    Attributes:
        folded: the whole name, case, width, dots and accents aside; the words are joined by single spaces.
        words: its words, short forms written out.
        han: its runs of Chinese, Japanese or Korean letters, joined.
        core: `han` without the words of a legal form, and without the state's name before that of one of its bodies.
        initials: the first letters of its telling words; empty unless there are three or more.
        joined: the words without spaces and legal form: "Deep Mind Ltd" is "deepmind".
        telling: the words in order, without those of a legal form and without the, of, and.
    """

    folded: str
    words: tuple[str, ...]
    han: str
    core: str
    initials: str
    joined: str
    telling: str

    @property
    def written(self) -> str:
        """The form as one text, from which `read` makes it again: its parts hold letters, digits and spaces only."""
        return _PART.join((self.folded, " ".join(self.words), *self[2:]))

    @classmethod
    def read(cls, written: str) -> Self:
        """The form that was written so."""
        folded, words, han, core, initials, joined, telling = written.split(_PART)
        return cls(folded, tuple(words.split()), han, core, initials, joined, telling)


def clean(text: str) -> str:
    """A text of a stranger as one that can be stored, compared and sent: no lone surrogates, controls or marks of
    direction, no more than `LONGEST` characters."""
    whole = text[: LONGEST * 2].encode("utf-8", "replace").decode("utf-8")
    spaced = "".join(" " if (kind := unicodedata.category(c)) in ("Cc", "Zl", "Zp") else c if kind != "Cf" else ""
                     for c in whole)  # fmt: skip
    return " ".join(unicodedata.normalize("NFKC", spaced).split())[:LONGEST]


def fold(text: str) -> str:
    """A name with case, width, dots, accents and punctuation made equal."""
    plain = _INITIALS.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", clean(text))
    plain = _WITHIN_WORD.sub("", _JOINED_ON.sub(r"\1", plain)).replace("&", " and ").casefold()
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", plain)))
    return _NO_NAME.sub(" ", _HAN_EDGE.sub(" ", plain)).strip()


def form(text: str) -> Form:
    """A name ready to be compared."""
    return _form(fold(text))


@lru_cache(maxsize=8192)
def _form(folded: str) -> Form:
    han = "".join(HAN_RUN.findall(folded))
    words = tuple(_SHORT.get(word, word) for word in HAN_RUN.sub(" ", folded).split())
    core = _HAN_OF_STATE.sub("", _HAN_LEGAL.sub("", han)) or han
    first = [word[0] for word in words if word not in STOP]
    initials = "".join(first) if len(first) > 2 and not han else ""
    joined = "".join(word for word in words if word not in LEGAL) or "".join(words)
    telling = " ".join([word for word in words if word not in LEGAL and word not in STOP] or words)
    return Form(folded, words, han, core, initials, joined, telling)


def weight(word: str) -> float:
    """How much a word tells of who is meant, before it is known how common it is."""
    if word in STOP:
        return 0.05
    if word in LEGAL:
        return 0.1
    return 0.3 if word in POLITY else 1.0
