"""Claims: their properties, their qualifiers, what their relation takes."""

from tests.validation.support import C1, C2, C3, case

CASES = (
    case("a misspelt property", f"{C1} aigov:certanty concept:possible .", f"Claim Closed {C1}"),
    case(
        "an IRI without a number",
        """claim:port-council a aigov:Claim ; rdfs:label "The ministry may act."@en ;
        rdf:subject id:harbour-ministry ; rdf:predicate aigov:interestedIn ; rdf:object id:permit-portal ;
        aigov:certainty concept:certain ; aigov:mode concept:actual ; aigov:negated false ;
        prov:wasAttributedTo id:port-council ; prov:hadPrimarySource id:port-council-2024 ;
        aigov:evidence passage:port-council-2024-001 ; aigov:reviewStatus concept:draft .""",
        "Claim-iri Pattern claim:port-council",
    ),
    case("no subject", f"{C1} change:without rdf:subject .", f"Claim-subject MinCount {C1}"),
    case("two subjects", f"{C1} rdf:subject id:harbour-ministry , id:sealand .", f"Claim-subject MaxCount {C1}"),
    case(
        "a text as subject",
        f'{C1} rdf:subject "Harbour Ministry" .',
        f"Claim-subject NodeKind {C1}",
        f"Claim-fits SPARQL {C1}",
        'Described-type MinCount "Harbour Ministry"',
        'Described-label MinCount "Harbour Ministry"',
    ),
    case("no predicate", f"{C1} change:without rdf:predicate .", f"Claim-predicate MinCount {C1}"),
    case(
        "two predicates",
        f"{C2} rdf:predicate aigov:cooperatesWith , aigov:interestedIn .",
        f"Claim-predicate MaxCount {C2}",
    ),
    case("a qualifier as relation", f"{C1} rdf:predicate rdfs:seeAlso .", f"Claim-predicate Class {C1}"),
    case("no object", f"{C1} change:without rdf:object .", f"Claim-object MinCount {C1}"),
    case("two objects", f"{C1} rdf:object id:permit-portal , id:sealand .", f"Claim-object MaxCount {C1}"),
    case(
        "a number as object",
        f"{C1} rdf:object 3 .",
        f"Claim-object NodeKind {C1}",
        f"Claim-fits SPARQL {C1}",
        'Described-type MinCount "3"^^<http://www.w3.org/2001/XMLSchema#integer>',
        'Described-label MinCount "3"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ),
    case("no certainty", f"{C1} change:without aigov:certainty .", f"Claim-certainty MinCount {C1}"),
    case(
        "two certainties",
        f"{C1} aigov:certainty concept:possible , concept:probable .",
        f"Claim-certainty MaxCount {C1}",
    ),
    case("a mode as certainty", f"{C1} aigov:certainty concept:intended .", f"Claim-certainty Node {C1}"),
    case("no mode", f"{C1} change:without aigov:mode .", f"Claim-mode MinCount {C1}"),
    case("two modes", f"{C1} aigov:mode concept:actual , concept:intended .", f"Claim-mode MaxCount {C1}"),
    case("a certainty as mode", f"{C1} aigov:mode concept:certain .", f"Claim-mode Node {C1}"),
    case("nothing about denial", f"{C1} change:without aigov:negated .", f"Claim-negated MinCount {C1}"),
    case("both denied and not", f"{C1} aigov:negated true , false .", f"Claim-negated MaxCount {C1}"),
    case("a denial spelled as yes", f'{C1} aigov:negated "yes"^^xsd:boolean .', f"Claim-negated In {C1}"),
    case("a denial spelled as a number", f'{C1} aigov:negated "1"^^xsd:boolean .', f"Claim-negated In {C1}"),
    case("no holder", f"{C1} change:without prov:wasAttributedTo .", f"Claim-holder MinCount {C1}"),
    case("two holders", f"{C1} prov:wasAttributedTo id:port-council , id:sealand .", f"Claim-holder MaxCount {C1}"),
    case("a portal as holder", f"{C1} prov:wasAttributedTo id:permit-portal .", f"Claim-holder Class {C1}"),
    case("a portal as relayer", f"{C2} aigov:relayedBy id:permit-portal .", f"Claim-relayer Class {C2}"),
    case(
        "a holder who relays",
        f"{C2} aigov:relayedBy id:sealand-government .",
        f"Claim-relayer-is-not-holder Disjoint {C2}",
    ),
    case(
        "two stances",
        f"{C2} aigov:stance concept:opinion , concept:certain .",
        f"Claim-stance MaxCount {C2}",
        f"Claim-stance Node {C2}",
    ),
    case("a certainty as stance", f"{C2} aigov:stance concept:certain .", f"Claim-stance Node {C2}"),
    case(
        "stated on two dates",
        f'{C1} aigov:statedOn "2024-05"^^edtf:edtf , "2024-06"^^edtf:edtf .',
        f"Claim-statedOn MaxCount {C1}",
    ),
    case("stated on a plain string", f'{C1} aigov:statedOn "2024-05" .', f"Claim-statedOn Datatype {C1}"),
    case(
        "no source",
        f"{C1} change:without prov:hadPrimarySource .",
        f"Claim-source MinCount {C1}",
        f"Claim-evidence-of-source Equals {C1}",
    ),
    case(
        "two sources",
        f"""{C1} prov:hadPrimarySource id:port-council-2024 , id:port-council-2025 .
        id:port-council-2025 a aigov:Source ; rdfs:label "Second report"@en ; dcterms:title "Second"@en ;
        dcterms:publisher id:port-council ; dcterms:issued "2025"^^edtf:edtf ; dcterms:identifier "doi:10.9999/4" ;
        aigov:textDigest "sha256:{"e" * 64}" .""",
        f"Claim-source MaxCount {C1}",
        f"Claim-evidence-of-source Equals {C1}",
    ),
    case(
        "an actor as source",
        f"{C1} prov:hadPrimarySource id:port-council .",
        f"Claim-source Class {C1}",
        f"Claim-evidence-of-source Equals {C1}",
    ),
    case(
        "no evidence",
        f"{C1} change:without aigov:evidence .",
        f"Claim-evidence MinCount {C1}",
        f"Claim-evidence-of-source Equals {C1}",
    ),
    case(
        "a source as evidence",
        f"{C1} aigov:evidence id:port-council-2024 .",
        f"Claim-evidence Class {C1}",
        f"Claim-evidence-of-source Equals {C1}",
    ),
    case("no review status", f"{C1} change:without aigov:reviewStatus .", f"Claim-reviewStatus MinCount {C1}"),
    case(
        "two review statuses",
        f"{C1} aigov:reviewStatus concept:draft , concept:accepted .",
        f"Claim-reviewStatus MaxCount {C1}",
    ),
    case("a certainty as review status", f"{C1} aigov:reviewStatus concept:certain .", f"Claim-reviewStatus Node {C1}"),
    case("a revision of a source", f"{C2} prov:wasRevisionOf id:port-council-2024 .", f"Claim-revision Class {C2}"),
    case(
        "two claims that revise each other",
        f"{C1} prov:wasRevisionOf {C2} .",
        f"Claim-revision-cycle Disjoint {C1}",
        f"Claim-revision-cycle Disjoint {C2}",
    ),
    case("a claim about itself", f"{C1} rdf:object {C1} .", f"Claim-about-itself Disjoint {C1}"),
    case("a portal as partner", f"{C2} rdf:object id:permit-portal .", f"Claim-fits SPARQL {C2}"),
    case("a portal that cooperates", f"{C2} rdf:subject id:permit-portal .", f"Claim-fits SPARQL {C2}"),
    case("cooperation with oneself", f"{C2} rdf:object id:harbour-ministry .", f"Claim-irreflexive Or {C2}"),
    *(
        case(f"a wrong {name}", f"{C3} aigov:{name} {wrong} .", f"{name} Class {C3}")
        for name, wrong in (
            ("comparedWith", "concept:rare"),
            ("condition", "concept:rare"),
            ("contrastedWith", "concept:rare"),
            ("matter", "concept:rare"),
            ("purpose", "concept:rare"),
            ("dimension", "id:fair-access"),
            ("onlyAmong", "id:waiting-falls"),
            ("quantity", "id:waiting-time"),
            ("involvesTechnology", "id:permit-portal"),
            ("underPolicy", "id:permit-waiver"),
            ("inPlace", "id:sealand-government"),
        )
    ),
    case("two quantities", f"{C3} aigov:quantity id:an-hour , id:one-to-three-days .", f"quantity MaxCount {C3}"),
    case(
        "two degrees",
        f"{C3} aigov:degree concept:rare , concept:certain .",
        f"degree MaxCount {C3}",
        f"degree Node {C3}",
    ),
    case("a certainty as degree", f"{C3} aigov:degree concept:certain .", f"degree Node {C3}"),
    case("two times", f'{C1} aigov:when "2023"^^edtf:edtf , "2024"^^edtf:edtf .', f"when MaxCount {C1}"),
    case("a time as xsd:gYear", f'{C1} aigov:when "2023"^^xsd:gYear .', f"when Datatype {C1}"),
    case("two deadlines", f'{C3} aigov:deadline "2025"^^edtf:edtf , "2026"^^edtf:edtf .', f"deadline MaxCount {C3}"),
    case("a deadline as xsd:date", f'{C3} aigov:deadline "2025-06-01"^^xsd:date .', f"deadline Datatype {C3}"),
    case("a deadline that is no date", f'{C3} aigov:deadline "soon"^^edtf:edtf .', f"edtf edtf {C3}"),
    case("an edge written by hand", 'edge:one a aigov:Edge ; rdfs:label "an edge"@en .', "Edge Not edge:one"),
    case("a claim not typed as one", f"{C2} change:without rdf:type .", f"Claim-only Class {C2}", f"kind kind {C2}"),
)

VALID = (
    case(
        "a claim about a claim",
        f"{C1} rdf:object {C2} ; change:without prov:wasRevisionOf . {C2} change:without prov:wasRevisionOf .",
    ),
    case("interest in oneself, of a relation that allows it", f"{C1} rdf:object id:harbour-ministry ."),
    case("evidence in a row of the same source", f"{C1} aigov:evidence passage:port-council-2024-002 ."),
)
