"""Entities hold identity only; what all labelled things share; concepts among the entities."""

from tests.validation.support import C1, case

CASES = (
    case(
        "a relation written on an entity",
        "id:harbour-ministry aigov:cooperatesWith id:port-council .",
        "Entity Closed id:harbour-ministry",
    ),
    case(
        "a date on an entity", 'id:harbour-ministry aigov:when "2010"^^edtf:edtf .', "Entity Closed id:harbour-ministry"
    ),
    case(
        "an IRI with capitals",
        'id:HarbourBank a aigov:Agency ; rdfs:label "Harbour Bank"@en .',
        "Thing-iri Pattern id:HarbourBank",
    ),
    case(
        "a thing that is only a relatum",
        'id:quay a aigov:Relatum ; rdfs:label "quay"@en .',
        "Type-specific Not id:quay",
    ),
    case(
        "no label",
        "id:port-council change:without rdfs:label .",
        "label-english QualifiedMinCount id:port-council",
        "Described-label MinCount id:port-council",
    ),
    case(
        "only a Chinese label",
        'id:fair-access rdfs:label "公平准入"@zh-Hans .',
        "label-english QualifiedMinCount id:fair-access",
    ),
    case(
        "two English labels",
        'id:fair-access rdfs:label "fair access"@en , "equal access"@en .',
        "label-english QualifiedMaxCount id:fair-access",
        "label-unique UniqueLang id:fair-access",
    ),
    case(
        "a label without a language",
        'id:fair-access rdfs:label "fair access"@en , "accès" .',
        "label-tagged Datatype id:fair-access",
    ),
    case(
        "two labels in one language",
        'id:fair-access rdfs:label "fair access"@en , "公平"@zh-Hans , "公正"@zh-Hans .',
        "label-unique UniqueLang id:fair-access",
    ),
    case(
        "a label with a blank at its end",
        'id:fair-access rdfs:label "fair access "@en .',
        "label-trimmed Pattern id:fair-access",
    ),
    case(
        "a label over two lines",
        'id:fair-access rdfs:label "fair\\naccess"@en .',
        "label-trimmed Pattern id:fair-access",
    ),
    case(
        "a preferred label without a language",
        'id:waiting-time skos:prefLabel "waiting time"@en , "Wartezeit" .',
        "prefLabel Datatype id:waiting-time",
        "prefLabel-is-label Equals id:waiting-time",
    ),
    case(
        "two preferred labels in one language",
        'id:waiting-time skos:prefLabel "waiting time"@en , "delay"@en .',
        "prefLabel UniqueLang id:waiting-time",
        "prefLabel-is-label Equals id:waiting-time",
        "Concept-prefLabel QualifiedMaxCount id:waiting-time",
    ),
    case(
        "a preferred label that is not the label",
        'id:waiting-time skos:prefLabel "delay"@en .',
        "prefLabel-is-label Equals id:waiting-time",
    ),
    case(
        "a concept without a preferred label",
        "id:waiting-time change:without skos:prefLabel .",
        "Concept-prefLabel QualifiedMinCount id:waiting-time",
    ),
    case(
        "another name without a language",
        'id:port-council skos:altLabel "Council of Ports" .',
        "altLabel Datatype id:port-council",
    ),
    case(
        "another name that is the label",
        'id:port-council skos:altLabel "Port Council"@en .',
        "altLabel Disjoint id:port-council",
    ),
    case(
        "a description without a language",
        'id:port-council schema:description "A council." .',
        "description Datatype id:port-council",
    ),
    case(
        "two descriptions in one language",
        'id:port-council schema:description "A council."@en , "Advises."@en .',
        "description UniqueLang id:port-council",
    ),
    case(
        "a remark without a language",
        'id:port-council skos:editorialNote "Check the name." .',
        "editorialNote Datatype id:port-council",
    ),
    case(
        "an identifier as IRI",
        "id:port-council dcterms:identifier <https://council.example/> .",
        "identifier NodeKind id:port-council",
    ),
    *(
        problem
        for name, right, wrong in (("isoAlpha2", "QS", "qs"), ("isoAlpha3", "QSL", "QS"), ("isoNumeric", "987", "87"))
        for problem in (
            case(
                f"two values of {name}",
                f'id:sealand aigov:{name} "{right}" , "{right[::-1]}" .',
                f"{name} MaxCount id:sealand",
            ),
            case(f"{name} with a language", f'id:sealand aigov:{name} "{right}"@en .', f"{name} Datatype id:sealand"),
            case(f"{name} as {wrong}", f'id:sealand aigov:{name} "{wrong}" .', f"{name} Pattern id:sealand"),
        )
    ),
    *(
        problem
        for name, right, wrong, component in (
            ("aigov:m49Code", '"987"', '"87"', "Pattern"),
            ("schema:latitude", "12.5", "91.0", "MaxInclusive"),
            ("schema:longitude", "12.5", "-180.5", "MinInclusive"),
        )
        for shape in (name.partition(":")[2],)
        for problem in (
            case(
                f"{shape} as {wrong}",
                f"id:sealand {name} {wrong} .",
                f"{shape} {component} id:sealand",
                "registry-only registry-only id:sealand",
            ),
            case(
                f"two values of {shape}",
                f"id:sealand {name} {right} , {right.replace('1', '2').replace('9', '1')} .",
                f"{shape} MaxCount id:sealand",
                "registry-only registry-only id:sealand",
            ),
            case(
                f"{shape} of an agency",
                f"id:port-council {name} {right} .",
                "Place-only Class id:port-council",
                "registry-only registry-only id:port-council",
            ),
        )
    ),
    *(
        case(
            f"{name} {value}",
            f"id:sealand {name} {value} .",
            *(f"{name.partition(':')[2]} {component} id:sealand" for component in components.split()),
            "registry-only registry-only id:sealand",
        )
        for name, value, components in (
            ("aigov:m49Code", '"987"@en', "Datatype"),
            ("schema:latitude", '"12.5"', "Datatype MinInclusive MaxInclusive"),
            ("schema:latitude", "-90.5", "MinInclusive"),
            ("schema:longitude", '"12.5"', "Datatype MinInclusive MaxInclusive"),
            ("schema:longitude", "180.5", "MaxInclusive"),
        )
    ),
    case(
        "a capital that is no place",
        "id:sealand aigov:capital id:port-council .",
        "capital Class id:sealand",
        "registry-only registry-only id:sealand",
    ),
    case(
        "the capital of an agency",
        "id:port-council aigov:capital id:sealand .",
        "capital-of Class id:port-council",
        "registry-only registry-only id:port-council",
    ),
    case(
        "a place within an agency",
        "id:sealand schema:containedInPlace id:port-council .",
        "containedInPlace Class id:sealand",
        "registry-only registry-only id:sealand",
    ),
    case(
        "a place within a place, written by hand",
        "id:north-coast schema:containedInPlace id:sealand .",
        "registry-only registry-only id:north-coast",
    ),
    case(
        "a government with a country code",
        'id:sealand-government aigov:isoAlpha2 "QS" .',
        "Place-only Class id:sealand-government",
    ),
    *(
        case(
            f"{name} as text",
            f'id:port-council {name} "https://register.example/1" .',
            f"{name.partition(':')[2]} NodeKind id:port-council",
        )
        for name in ("skos:exactMatch", "skos:closeMatch", "schema:sameAs", "rdfs:seeAlso")
    ),
    *(
        case(
            f"an agency as {name}",
            f"id:hull-recognition skos:{name} id:port-council .",
            f"{name} Class id:hull-recognition",
        )
        for name in ("broader", "narrower", "related")
    ),
    case(
        "two concepts broader than each other",
        "id:image-recognition skos:broader id:hull-recognition .",
        "broader-cycle Disjoint id:image-recognition",
        "broader-cycle Disjoint id:hull-recognition",
    ),
    case(
        "a concept as scheme", "id:waiting-time skos:inScheme id:hull-recognition .", "inScheme Class id:waiting-time"
    ),
    case(
        "a thing both retired and not",
        "id:port-ministry owl:deprecated true , false .",
        "deprecated MaxCount id:port-ministry",
        "deprecated In id:port-ministry",
    ),
    case("a thing retired in words", 'id:port-ministry owl:deprecated "true" .', "deprecated In id:port-ministry"),
    case(
        "a thing replaced but not retired",
        "id:port-ministry change:without owl:deprecated .",
        "isReplacedBy MinCount id:port-ministry",
    ),
    case(
        "a retired thing still named",
        f"{C1} rdf:subject id:port-ministry .",
        "Described-in-force MaxCount id:port-ministry",
    ),
    case(
        "a government of nothing",
        "id:sealand-government change:without aigov:governs .",
        "governs MinCount id:sealand-government",
    ),
    case(
        "a government of two places",
        "id:sealand-government aigov:governs id:sealand , id:north-coast .",
        "governs MaxCount id:sealand-government",
    ),
    case(
        "a government of a council",
        "id:sealand-government aigov:governs id:port-council .",
        "governs Or id:sealand-government",
    ),
    case(
        "an agency that governs", "id:port-council aigov:governs id:sealand .", "Government-only Class id:port-council"
    ),
    case(
        "a technology that is no concept",
        "id:image-recognition a aigov:Technology .",
        "Concept-entity HasValue id:image-recognition",
    ),
    case(
        "a technology of no scheme",
        "id:image-recognition change:without skos:inScheme .",
        "Technology-scheme HasValue id:image-recognition",
    ),
    case(
        "an instrument of no scheme",
        "id:permit-waiver change:without skos:inScheme .",
        "PolicyInstrument-scheme HasValue id:permit-waiver",
    ),
    case(
        "a misspelt thing named in a claim",
        f"{C1} rdf:object id:permit-portel .",
        "Claim-fits SPARQL " + C1,
        "Described-type MinCount id:permit-portel",
        "Described-label MinCount id:permit-portel",
    ),
    case("a thing without a type", 'id:quay rdfs:label "quay"@en .', "kind kind id:quay"),
    case(
        "a thing of another vocabulary, with a relation",
        'id:quay a schema:Place ; rdfs:label "quay"@en ; aigov:partOf id:north-coast .',
        "kind kind id:quay",
    ),
    case(
        "a type that is no class",
        'id:quay a aigov:Quay ; rdfs:label "quay"@en .',
        "Class-known Or aigov:Quay",
        "kind kind id:quay",
    ),
    case(
        "two agencies of one name",
        'id:council-of-ports a aigov:Agency ; rdfs:label "Port Council"@en .',
        "label-key label-key id:port-council",
    ),
    case(
        "an actor and an agency of one name",
        'id:council-of-ports a aigov:Actor ; rdfs:label "Port Council"@en .',
        "label-key label-key id:port-council",
    ),
)

VALID = (
    case("a state and a government of one name", 'id:sealand-government rdfs:label "Sealand"@en .'),
    case("labels in two languages", 'id:fair-access rdfs:label "fair access"@en , "公平准入"@zh-Hans .'),
    case("a retired thing replaced by nothing", "id:port-ministry change:without dcterms:isReplacedBy ."),
    case("a government of a subdivision", "id:sealand-government aigov:governs id:north-coast ."),
)
