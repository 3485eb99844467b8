"""Situations and quantities."""

from tests.validation.support import C1, case

HOUR = "id:an-hour"
DAYS = "id:one-to-three-days"
PORTS = "id:more-than-two-under-nine-ports"
EVENT = "id:portal-day"
TREND = "id:waiting-falls"
DEPLOYMENT = "id:hull-recognition-on-north-coast"
TARGET = "id:portal-everywhere"
MEASUREMENT = "id:waiting-measured"

CASES = (
    case(
        "a property situations do not have",
        f"{EVENT} aigov:certainty concept:certain .",
        f"Situation Closed {EVENT}",
        f"Claim-only Class {EVENT}",
    ),
    case(
        "a situation without evidence",
        f"{EVENT} change:without aigov:evidence .",
        f"Situation-evidence MinCount {EVENT}",
    ),
    case(
        "a source as evidence of a situation",
        f"{EVENT} aigov:evidence id:port-council-2024 .",
        f"Situation-evidence Class {EVENT}",
    ),
    case("a situation about a passage", f"{EVENT} aigov:about passage:port-council-2024-001 .", f"about Class {EVENT}"),
    case("a situation that takes part", f"{EVENT} aigov:participant {TREND} .", f"participant Class {EVENT}"),
    case(
        "two directions",
        f"{TREND} aigov:direction concept:decrease , concept:increase .",
        f"direction MaxCount {TREND}",
    ),
    case("a certainty as direction", f"{TREND} aigov:direction concept:certain .", f"direction Node {TREND}"),
    case(
        "a trend without a direction", f"{TREND} change:without aigov:direction .", f"Trend-direction MinCount {TREND}"
    ),
    case(
        "a deployment by nobody",
        f"{DEPLOYMENT} change:without aigov:deployer .",
        f"Deployment-deployer MinCount {DEPLOYMENT}",
    ),
    case(
        "a portal as deployer",
        f"{DEPLOYMENT} aigov:deployer id:permit-portal .",
        f"Deployment-deployer Class {DEPLOYMENT}",
    ),
    case(
        "a deployment of nothing",
        f"{DEPLOYMENT} change:without aigov:technology .",
        f"Deployment-technology MinCount {DEPLOYMENT}",
    ),
    case(
        "a council as technology",
        f"{DEPLOYMENT} aigov:technology id:port-council .",
        f"Deployment-technology Class {DEPLOYMENT}",
    ),
    *(
        problem
        for name in ("before", "after")
        for problem in (
            case(
                f"two amounts {name}", f"{DEPLOYMENT} aigov:{name} {HOUR} , {DAYS} .", f"{name} MaxCount {DEPLOYMENT}"
            ),
            case(f"a dimension {name}", f"{DEPLOYMENT} aigov:{name} id:waiting-time .", f"{name} Class {DEPLOYMENT}"),
        )
    ),
    case("an event with a deployer", f"{EVENT} aigov:deployer id:port-council .", f"Deployment-only Class {EVENT}"),
    case("a target without a year", f"{TARGET} change:without aigov:dueYear .", f"Target-dueYear MinCount {TARGET}"),
    case(
        "a target due in two years",
        f'{TARGET} aigov:dueYear "2030"^^xsd:gYear , "2031"^^xsd:gYear .',
        f"Target-dueYear MaxCount {TARGET}",
    ),
    case("a target due in a number", f"{TARGET} aigov:dueYear 2030 .", f"Target-dueYear Datatype {TARGET}"),
    case(
        "a target due in a year of five digits",
        f'{TARGET} aigov:dueYear "12030"^^xsd:gYear .',
        f"Target-dueYear Pattern {TARGET}",
    ),
    case("a target of nothing", f"{TARGET} change:without aigov:about .", f"Target-content MinCount {TARGET}"),
    case("an event with a due year", f'{EVENT} aigov:dueYear "2030"^^xsd:gYear .', f"Target-only Class {EVENT}"),
    case(
        "a measurement of no dimension",
        f"{MEASUREMENT} change:without aigov:dimension .",
        f"Measurement-dimension MinCount {MEASUREMENT}",
    ),
    case(
        "a measurement of two dimensions",
        f"""{MEASUREMENT} aigov:dimension id:waiting-time , id:queue-length . id:queue-length a aigov:Dimension ,
        skos:Concept ; rdfs:label "queue length"@en ; skos:prefLabel "queue length"@en .""",
        f"Measurement-dimension MaxCount {MEASUREMENT}",
    ),
    case(
        "a measurement without an amount",
        f"{MEASUREMENT} change:without aigov:quantity .",
        f"Measurement-quantity MinCount {MEASUREMENT}",
    ),
    case("a property quantities do not have", f"{HOUR} aigov:dimension id:waiting-time .", f"Quantity Closed {HOUR}"),
    *(
        problem
        for name, thing in (("exactly", HOUR), ("minimum", DAYS), ("maximum", DAYS), ("above", PORTS), ("below", PORTS))
        for problem in (case(f"{name} as integer", f"{thing} aigov:{name} 3 .", f"Quantity-{name} Datatype {thing}"),)
    ),
    case("two exact amounts", f"{HOUR} aigov:exactly 1.0 , 2.0 .", f"Quantity-exactly MaxCount {HOUR}"),
    case(
        "two minimums",
        f"{DAYS} aigov:minimum 1.0 , 2.0 .",
        f"Quantity-minimum MaxCount {DAYS}",
        f"Quantity-one-lower-bound MaxCount {DAYS}",
    ),
    case(
        "two maximums",
        f"{DAYS} aigov:maximum 3.0 , 4.0 .",
        f"Quantity-maximum MaxCount {DAYS}",
        f"Quantity-one-upper-bound MaxCount {DAYS}",
    ),
    case(
        "above two numbers",
        f"{PORTS} aigov:above 2.0 , 3.0 .",
        f"Quantity-above MaxCount {PORTS}",
        f"Quantity-one-lower-bound MaxCount {PORTS}",
    ),
    case(
        "below two numbers",
        f"{PORTS} aigov:below 8.0 , 9.0 .",
        f"Quantity-below MaxCount {PORTS}",
        f"Quantity-one-upper-bound MaxCount {PORTS}",
    ),
    case("approximate and not", f"{DAYS} aigov:approximate true , false .", f"Quantity-approximate MaxCount {DAYS}"),
    case("approximate in words", f'{DAYS} aigov:approximate "true" .', f"Quantity-approximate In {DAYS}"),
    case("no unit", f"{HOUR} change:without aigov:unit .", f"Quantity-unit MinCount {HOUR}"),
    case("two units", f'{HOUR} aigov:unit "h" , "d" .', f"Quantity-unit MaxCount {HOUR}"),
    case("a unit with a language", f'{HOUR} aigov:unit "hour"@en .', f"Quantity-unit Datatype {HOUR}"),
    case("an empty unit", f'{HOUR} aigov:unit "" .', f"Quantity-unit Pattern {HOUR}"),
    case("a unit that multiplies", f'{HOUR} aigov:unit "Million CNY" .', f"Quantity-unit-without-number Not {HOUR}"),
    case("no number", f"{HOUR} change:without aigov:exactly .", f"Quantity-says-how-much MinCount {HOUR}"),
    case("exact and bounded", f"{HOUR} aigov:minimum 1.0 .", f"Quantity-exact-or-bounded Or {HOUR}"),
    case("two kinds of lower bound", f"{DAYS} aigov:above 0.5 .", f"Quantity-one-lower-bound MaxCount {DAYS}"),
    case("two kinds of upper bound", f"{DAYS} aigov:below 4.0 .", f"Quantity-one-upper-bound MaxCount {DAYS}"),
    case(
        "a minimum greater than the maximum",
        f"{DAYS} aigov:minimum 4.0 .",
        f"Quantity-minimum-up-to-maximum LessThanOrEquals {DAYS}",
    ),
    case(
        "a minimum that is also the bound below",
        f"{DAYS} aigov:minimum 3.0 ; aigov:below 3.00 ; change:without aigov:maximum .",
        f"Quantity-minimum-under-below LessThan {DAYS}",
    ),
    case(
        "above the maximum",
        f"{DAYS} aigov:above 3.0 ; change:without aigov:minimum .",
        f"Quantity-above-under-maximum LessThan {DAYS}",
    ),
    case("above what it is below", f"{PORTS} aigov:above 9.0 .", f"Quantity-above-under-below LessThan {PORTS}"),
    case(
        "two situations of one class and name",
        """id:portal-week a aigov:Event ; rdfs:label "Opening of the portal"@en ;
        aigov:evidence passage:port-council-2024-001 .""",
        "label-key label-key id:portal-week",
    ),
)

VALID = (
    case("a minimum that is also the maximum", f"{DAYS} aigov:minimum 3.0 ; aigov:maximum 3.00 ."),
    case(
        "amounts beyond what a float can tell apart",
        f"{DAYS} aigov:minimum 400000000000000000.1 ; aigov:maximum 400000000000000000.2 .",
    ),
    case("a minimum with a bound below", f"{DAYS} aigov:below 9.0 ; change:without aigov:maximum ."),
    case("a target that is only an amount", f"{TARGET} aigov:quantity {HOUR} ; change:without aigov:about ."),
    case("a claim with a restrictive quantity", f"{C1} aigov:quantity {DAYS} ."),
    case("a situation retired for another", f"{EVENT} owl:deprecated true ; dcterms:isReplacedBy {TREND} ."),
)
