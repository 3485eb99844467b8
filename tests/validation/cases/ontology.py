"""The ontology's own style: terms, relations, qualifiers, concepts and the table of badges."""

from functools import partial

from tests.validation import support
from tests.validation.support import C2

case = partial(support.case, into="ontology")

TERM = "aigov:Agency"
RELATION = "aigov:cooperatesWith"
RULE = "concept:badge-rule-denied"
CONCEPT = "concept:certain"

NEW = """aigov:lends a owl:ObjectProperty , aigov:Relation ; rdfs:label "lends"@en , "借出"@zh-Hans ;
    skos:definition "A relation of a lender to a thing."@en ; skos:example "A port lends a crane."@en ;
    rdfs:isDefinedBy <https://w3id.org/aigov-graph/ontology> ; """
NEW_RULE = """concept:badge-rule-new a aigov:BadgeRule ; rdfs:label "Badge rule 999"@en ; aigov:order 999 ;
    aigov:badge concept:badge-denied ; aigov:ifNegated true . """

CASES = (
    case("a term that nobody defines", f"{TERM} change:without rdfs:isDefinedBy .", f"Term-defined Or {TERM}"),
    case(
        "a term without a Chinese label", f'{TERM} rdfs:label "agency"@en .', f"Term-chinese QualifiedMinCount {TERM}"
    ),
    case("a term without a definition", f"{TERM} change:without skos:definition .", f"Term-definition MinCount {TERM}"),
    case(
        "a term with two definitions",
        f'{TERM} skos:definition "A body."@en , "An office."@en .',
        f"Term-definition MaxCount {TERM}",
    ),
    case("a term defined in French", f'{TERM} skos:definition "Un organe."@fr .', f"Term-definition LanguageIn {TERM}"),
    case(
        "a definition of two sentences",
        f'{TERM} skos:definition "A body. It acts."@en .',
        f"Term-definition-sentence Pattern {TERM}",
    ),
    case(
        "a definition that points at its term",
        f'{TERM} skos:definition "This class is for bodies."@en .',
        f"Term-definition-kind Pattern {TERM}",
    ),
    case("a term without an example", f"{TERM} change:without skos:example .", f"Term-example MinCount {TERM}"),
    case("an example in French", f'{TERM} skos:example "Le port."@fr .', f"Term-example LanguageIn {TERM}"),
    case(
        "a relation that is no property",
        f"{RELATION} a aigov:Relation , owl:SymmetricProperty .",
        f"Relation-property Class {RELATION}",
    ),
    case("a relation from anything", f"{NEW} rdfs:range aigov:Entity .", "Relation-domain MinCount aigov:lends"),
    case(
        "a relation with two domains",
        f"{NEW} rdfs:domain aigov:Actor , aigov:Policy ; rdfs:range aigov:Entity .",
        "Relation-domain MaxCount aigov:lends",
    ),
    case(
        "a relation from a concept",
        f"{NEW} rdfs:domain concept:certain ; rdfs:range aigov:Entity .",
        "Relation-domain Class aigov:lends",
        "Class-known Or concept:certain",
    ),
    case("a relation to anything", f"{NEW} rdfs:domain aigov:Actor .", "Relation-range MinCount aigov:lends"),
    case(
        "a relation with two ranges",
        f"{NEW} rdfs:domain aigov:Actor ; rdfs:range aigov:Actor , aigov:Policy .",
        "Relation-range MaxCount aigov:lends",
    ),
    case(
        "a relation to a concept",
        f"{NEW} rdfs:domain aigov:Actor ; rdfs:range concept:certain .",
        "Relation-range Class aigov:lends",
        "Class-known Or concept:certain",
    ),
    case(
        "a symmetric relation with unlike ends",
        f"{RELATION} rdfs:range aigov:Agency .",
        f"Relation-symmetric Or {RELATION}",
    ),
    case(
        "a relation under a qualifier",
        f"{NEW} rdfs:domain aigov:Actor ; rdfs:range aigov:Actor ; rdfs:subPropertyOf aigov:matter .",
        "Relation-super Or aigov:lends",
    ),
    case(
        "a qualifier of neither kind",
        "aigov:matter a owl:ObjectProperty , aigov:Qualifier .",
        "Qualifier Xone aigov:matter",
    ),
    case(
        "a concept of no scheme",
        f"{CONCEPT} change:without skos:inScheme .",
        f"Concept-scheme Equals {CONCEPT}",
        f"Claim-certainty Node {C2}",
    ),
    case(
        "a concept without a Chinese label",
        f'{CONCEPT} rdfs:label "certain"@en ; skos:prefLabel "certain"@en .',
        f"Concept-chinese QualifiedMinCount {CONCEPT}",
    ),
    case(
        "a concept without a definition",
        f"{CONCEPT} change:without skos:definition .",
        f"Concept-definition MinCount {CONCEPT}",
    ),
    case(
        "a concept with two definitions",
        f'{CONCEPT} skos:definition "Sure."@en , "Plain."@en .',
        f"Concept-definition MaxCount {CONCEPT}",
    ),
    case(
        "a concept defined in French",
        f'{CONCEPT} skos:definition "Certain."@fr .',
        f"Concept-definition LanguageIn {CONCEPT}",
    ),
    case(
        "a property badge rules do not have",
        f"{RULE} aigov:certainty concept:certain .",
        f"BadgeRule Closed {RULE}",
        f"Claim-only Class {RULE}",
    ),
    case("a badge rule of no order", f"{RULE} change:without aigov:order .", f"BadgeRule-order MinCount {RULE}"),
    case("a badge rule of two orders", f"{RULE} aigov:order 995 , 996 .", f"BadgeRule-order MaxCount {RULE}"),
    case("a badge rule of a decimal order", f"{RULE} aigov:order 99.5 .", f"BadgeRule-order Datatype {RULE}"),
    case("a badge rule of no badge", f"{RULE} change:without aigov:badge .", f"BadgeRule-badge MinCount {RULE}"),
    case(
        "a badge rule of two badges",
        f"{RULE} aigov:badge concept:badge-denied , concept:badge-opinion .",
        f"BadgeRule-badge MaxCount {RULE}",
    ),
    case("a badge rule that gives a mode", f"{RULE} aigov:badge concept:actual .", f"BadgeRule-badge Node {RULE}"),
    *(
        problem
        for name, two, wrong in (
            ("ifCertainty", "concept:certain , concept:possible", "concept:actual"),
            ("ifMode", "concept:actual , concept:intended", "concept:certain"),
        )
        for problem in (
            case(
                f"a badge rule of two values of {name}",
                f"{RULE} aigov:{name} {two} .",
                f"BadgeRule-{name} MaxCount {RULE}",
            ),
            case(f"a badge rule of a wrong {name}", f"{RULE} aigov:{name} {wrong} .", f"BadgeRule-{name} Node {RULE}"),
        )
    ),
    case(
        "a badge rule of a wrong ifStance",
        f"{RULE} aigov:ifStance concept:certain .",
        f"BadgeRule-ifStance Node {RULE}",
    ),
    case(
        "a badge rule of two stances",
        f"{RULE} aigov:ifStance concept:opinion , concept:certain .",
        f"BadgeRule-ifStance MaxCount {RULE}",
        f"BadgeRule-ifStance Node {RULE}",
    ),
    *(
        problem
        for name in ("ifNegated", "ifRelayed")
        for problem in (
            case(
                f"a badge rule of two values of {name}",
                f"{RULE} aigov:{name} true , false .",
                f"BadgeRule-{name} MaxCount {RULE}",
            ),
            case(f"a badge rule of {name} in words", f'{RULE} aigov:{name} "yes" .', f"BadgeRule-{name} In {RULE}"),
        )
    ),
    case(
        "two badge rules at one place",
        f"{NEW_RULE} {RULE} aigov:order 999 .",
        "badge-order-key badge-order-key concept:badge-rule-new",
    ),
)

VALID = (
    case("a new relation", f"{NEW} rdfs:domain aigov:Actor ; rdfs:range aigov:Entity ."),
    case("a new badge rule", NEW_RULE),
    case("a term of another vocabulary without definition", "<https://vocabulary.example/Port> a owl:Class ."),
)
