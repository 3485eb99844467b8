"""Sources, passages and rows."""

from tests.validation.support import P1, P2, case

SOURCE = "id:port-council-2024"

CASES = (
    case(
        "evidence that is neither passage nor row",
        f"""passage:port-council-2024-003 a aigov:Evidence ; oa:hasSource {SOURCE} ; aigov:locator "page 2" ;
        aigov:textDigest "sha256:{"e" * 64}" .""",
        "Evidence Or passage:port-council-2024-003",
    ),
    case(
        "a passage of no source",
        f"{P1} change:without oa:hasSource .",
        f"Evidence-source MinCount {P1}",
        "Claim-evidence-of-source Equals claim:port-council-2024-001",
    ),
    case(
        "a passage of two sources",
        f"{P1} oa:hasSource {SOURCE} , id:port-council .",
        f"Evidence-source MaxCount {P1}",
        f"Evidence-source Class {P1}",
        "Claim-evidence-of-source Equals claim:port-council-2024-001",
        "Claim-evidence-of-source Equals claim:port-council-2024-002",
    ),
    case(
        "a row of an actor",
        f"{P2} oa:hasSource id:port-council .",
        f"Evidence-source Class {P2}",
        "Claim-evidence-of-source Equals claim:port-council-2024-002",
        "Claim-evidence-of-source Equals claim:port-council-2024-003",
    ),
    case(
        "an assessment with a property of another kind",
        f'id:read-well a aigov:Assessment ; rdfs:label "well"@en ; dqv:computedOn {SOURCE} ; aigov:about {SOURCE} .',
        "Assessment Closed id:read-well",
    ),
    case(
        "an assessment of nothing",
        'id:read-well a aigov:Assessment ; rdfs:label "read well"@en ; dqv:value 1.0 .',
        "Assessment-of MinCount id:read-well",
    ),
    case(
        "an assessment twice over, once of no source",
        f'id:read-well a aigov:Assessment ; rdfs:label "read well"@en ; oa:hasTarget {SOURCE} , id:port-council .',
        "Assessment-of MaxCount id:read-well",
        "Assessment-of Class id:read-well",
    ),
    case("no digest", f"{P1} change:without aigov:textDigest .", f"Evidence-textDigest MinCount {P1}"),
    case(
        "two digests",
        f'{P1} aigov:textDigest "sha256:{"b" * 64}" , "sha256:{"e" * 64}" .',
        f"Evidence-textDigest MaxCount {P1}",
    ),
    case(
        "a digest with a language",
        f'{P1} aigov:textDigest "sha256:{"b" * 64}"@en .',
        f"Evidence-textDigest Datatype {P1}",
    ),
    case("a digest in capitals", f'{P2} aigov:textDigest "sha256:{"B" * 64}" .', f"Evidence-textDigest Pattern {P2}"),
    case(
        "no locator",
        f"{P1} change:without aigov:locator .",
        f"Evidence-locator MinCount {P1}",
        f"Described-label MinCount {P1}",
    ),
    case("two locators", f'{P1} aigov:locator "page 1" , "top" .', f"Evidence-locator MaxCount {P1}"),
    case("a locator with a language", f'{P1} aigov:locator "page 1"@en .', f"Evidence-locator Datatype {P1}"),
    case("an empty locator", f'{P1} aigov:locator " " .', f"Evidence-locator Pattern {P1}"),
    case("a property passages do not have", f"{P1} aigov:about id:permit-portal .", f"Passage Closed {P1}"),
    case(
        "a passage among the things",
        f"""id:page-one a aigov:Passage ; oa:hasSource {SOURCE} ; oa:start 60 ; oa:end 80 ; aigov:locator "page 1" ;
        aigov:textDigest "sha256:{"e" * 64}" ; aigov:wordsDigest "sha256:{"f" * 64}" .""",
        "Passage-iri Pattern id:page-one",
    ),
    case("no start", f"{P1} change:without oa:start .", f"Passage-start MinCount {P1}"),
    case("two starts", f"{P1} oa:start 0 , 1 .", f"Passage-start MaxCount {P1}"),
    case(
        "a start in words",
        f'{P1} oa:start "0" .',
        f"Passage-start Datatype {P1}",
        f"Passage-start MinInclusive {P1}",
        f"Passage-start-before-end LessThan {P1}",
    ),
    case("a start before the text", f"{P1} oa:start -1 .", f"Passage-start MinInclusive {P1}"),
    case("no end", f"{P1} change:without oa:end .", f"Passage-end MinCount {P1}"),
    case("two ends", f"{P1} oa:end 57 , 58 .", f"Passage-end MaxCount {P1}"),
    case("an end as decimal", f"{P1} oa:end 57.0 .", f"Passage-end Datatype {P1}"),
    case("an empty passage", f"{P1} oa:start 57 .", f"Passage-start-before-end LessThan {P1}"),
    case("two first words", f'{P1} aigov:firstWords "The" , "The ministry" .', f"Passage-firstWords MaxCount {P1}"),
    case("first words with a language", f'{P1} aigov:firstWords "The"@en .', f"Passage-firstWords Datatype {P1}"),
    case("four first words", f'{P1} aigov:firstWords "The ministry may be" .', f"Passage-firstWords Pattern {P1}"),
    case("two last words", f'{P1} aigov:lastWords "portal" , "permit portal" .', f"Passage-lastWords MaxCount {P1}"),
    case("last words with a language", f'{P1} aigov:lastWords "portal"@en .', f"Passage-lastWords Datatype {P1}"),
    case("four last words", f'{P1} aigov:lastWords "in the permit portal" .', f"Passage-lastWords Pattern {P1}"),
    case("no digest of the words", f"{P1} change:without aigov:wordsDigest .", f"Passage-wordsDigest MinCount {P1}"),
    case(
        "two digests of the words",
        f'{P1} aigov:wordsDigest "sha256:{"c" * 64}" , "sha256:{"e" * 64}" .',
        f"Passage-wordsDigest MaxCount {P1}",
    ),
    case(
        "a digest of the words with a language",
        f'{P1} aigov:wordsDigest "sha256:{"c" * 64}"@en .',
        f"Passage-wordsDigest Datatype {P1}",
    ),
    case(
        "a digest of the words cut short",
        f'{P1} aigov:wordsDigest "sha256:{"c" * 63}" .',
        f"Passage-wordsDigest Pattern {P1}",
    ),
    case("a property rows do not have", f"{P2} oa:start 3 .", f"Row Closed {P2}"),
    *(
        problem
        for name, right in (("table", "table 2"), ("keyColumn", "region"), ("key", "North Coast"))
        for problem in (
            case(f"no {name}", f"{P2} change:without aigov:{name} .", f"Row-{name} MinCount {P2}"),
            case(f"two values of {name}", f'{P2} aigov:{name} "{right}" , "other" .', f"Row-{name} MaxCount {P2}"),
            case(f"a {name} with a language", f'{P2} aigov:{name} "{right}"@en .', f"Row-{name} Datatype {P2}"),
            case(f"an empty {name}", f'{P2} aigov:{name} "" .', f"Row-{name} Pattern {P2}"),
        )
    ),
    case("a property sources do not have", f"{SOURCE} aigov:about id:permit-portal .", f"Source Closed {SOURCE}"),
    case("no title", f"{SOURCE} change:without dcterms:title .", f"Source-title MinCount {SOURCE}"),
    case(
        "a title without a language",
        f'{SOURCE} dcterms:title "Permits in an Hour" .',
        f"Source-title Datatype {SOURCE}",
    ),
    case(
        "two titles in one language",
        f'{SOURCE} dcterms:title "Permits in an Hour"@en , "Permits"@en .',
        f"Source-title UniqueLang {SOURCE}",
    ),
    case("a portal as creator", f"{SOURCE} dcterms:creator id:permit-portal .", f"Source-creator Class {SOURCE}"),
    case(
        "a portal as contributor",
        f"{SOURCE} dcterms:contributor id:permit-portal .",
        f"Source-contributor Class {SOURCE}",
    ),
    case("a publisher as text", f'{SOURCE} dcterms:publisher "Port Council" .', f"Source-publisher Class {SOURCE}"),
    case("no publisher", f"{SOURCE} change:without dcterms:publisher .", f"Source-publisher-known MinCount {SOURCE}"),
    *(
        problem
        for name in ("issued", "created", "modified")
        for problem in (
            case(
                f"{name} twice",
                f'{SOURCE} dcterms:{name} "2024-05"^^edtf:edtf , "2024-06"^^edtf:edtf .',
                f"Source-{name} MaxCount {SOURCE}",
            ),
            case(f"{name} on a plain string", f'{SOURCE} dcterms:{name} "2024-05-01" .', f"Source-{name} Or {SOURCE}"),
        )
    ),
    case(
        "no date",
        f"{SOURCE} change:without dcterms:issued , dcterms:created , dcterms:modified .",
        f"Source-dated MinCount {SOURCE}",
    ),
    case("a licence as text", f'{SOURCE} dcterms:license "CC BY" .', f"Source-license NodeKind {SOURCE}"),
    case(
        "rights as IRI",
        f"{SOURCE} dcterms:rights <https://council.example/rights> .",
        f"Source-rights NodeKind {SOURCE}",
    ),
    case(
        "no public address",
        f"{SOURCE} change:without dcterms:identifier .",
        f"Source-address QualifiedMinCount {SOURCE}",
    ),
    case("a language as tagged text", f'{SOURCE} dcterms:language "en"@en .', f"Source-language Datatype {SOURCE}"),
    case("a language in words", f'{SOURCE} dcterms:language "English" .', f"Source-language Pattern {SOURCE}"),
    case(
        "no digest of the whole", f"{SOURCE} change:without aigov:textDigest .", f"Source-textDigest MinCount {SOURCE}"
    ),
    case(
        "two digests of the whole",
        f'{SOURCE} aigov:textDigest "sha256:{"a" * 64}" , "sha256:{"e" * 64}" .',
        f"Source-textDigest MaxCount {SOURCE}",
    ),
    case(
        "a digest of the whole with a language",
        f'{SOURCE} aigov:textDigest "sha256:{"a" * 64}"@en .',
        f"Source-textDigest Datatype {SOURCE}",
    ),
    case(
        "a digest of another kind",
        f'{SOURCE} aigov:textDigest "md5:{"a" * 32}" .',
        f"Source-textDigest Pattern {SOURCE}",
    ),
    case(
        "the same passage twice",
        f"""passage:port-council-2024-003 a aigov:Passage ; oa:hasSource {SOURCE} ; oa:start 0 ; oa:end 57 ;
        aigov:locator "page 1" ; aigov:textDigest "sha256:{"b" * 64}" ; aigov:wordsDigest "sha256:{"c" * 64}" .""",
        "passage-key passage-key passage:port-council-2024-003",
    ),
    case(
        "the same row twice",
        f"""passage:port-council-2024-003 a aigov:Row ; oa:hasSource {SOURCE} ; aigov:locator "table 2" ;
        aigov:table "table 2" ; aigov:keyColumn "region" ; aigov:key "North Coast" ;
        aigov:textDigest "sha256:{"d" * 64}" .""",
        "row-key row-key passage:port-council-2024-003",
    ),
    case(
        "the same text as two sources",
        f"""id:port-report-2024 a aigov:Source ; rdfs:label "Port report"@en ; dcterms:title "Permits"@en ;
        dcterms:publisher id:port-council ; dcterms:issued "2024"^^edtf:edtf ; dcterms:identifier "doi:10.9999/5" ;
        aigov:textDigest "sha256:{"a" * 64}" .""",
        "source-key source-key id:port-report-2024",
    ),
    *(
        case(f"{name} as {text}", f'{SOURCE} dcterms:issued "{text}"^^edtf:edtf .', f"edtf edtf {SOURCE}")
        for name, text in (
            ("a date that runs backwards", "2019/2018"),
            ("a date of level 2", "[2018,2019]"),
            ("a date in words", "May 2024"),
            ("a day that no calendar has", "2024-02-30"),
        )
    ),
)

VALID = (
    case(
        "three first words and no last words",
        f'{P1} aigov:firstWords "The ministry may" ; change:without aigov:lastWords .',
    ),
    case("a passage of one character at the very start", f"{P1} oa:start 0 ; oa:end 1 ."),
    case("a title in two languages", f'{SOURCE} dcterms:title "Permits"@en , "许可证"@zh-Hans .'),
    case("a source issued on a day", f'{SOURCE} dcterms:issued "2024-05-01"^^xsd:date .'),
    case("an ongoing approximate date", f'{SOURCE} dcterms:issued "1980~/.."^^edtf:edtf .'),
)
