"""The formatter: one layout, every lexical form kept, nothing written that would say something else."""

from __future__ import annotations

import stat
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import DataSyntaxError, FolderUnreadable, LossyFormat
from aigov_graph.turtle import canonical, format_files
from aigov_graph.vocabulary.namespaces import AIGOV, ID, RDF, RDFS, XSD

CLAIM = """\
@prefix aigov: <https://w3id.org/aigov-graph/ontology#> .
@prefix claim: <https://w3id.org/aigov-graph/claim/> .
@prefix concept: <https://w3id.org/aigov-graph/concept/> .
@prefix edtf: <http://id.loc.gov/datatypes/> .
@prefix id: <https://w3id.org/aigov-graph/id/> .
@prefix passage: <https://w3id.org/aigov-graph/passage/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

claim:port-council-2024-007
    a aigov:Claim ;
    rdfs:label "The Port Council says that the Harbour Ministry may be interested in the permit portal."@en ;
    rdf:subject id:harbour-ministry ;
    rdf:predicate aigov:interestedIn ;
    rdf:object id:permit-portal ;
    aigov:certainty concept:possible ;
    aigov:mode concept:actual ;
    aigov:negated false ;
    aigov:when "2023/.."^^edtf:edtf ;
    aigov:dimension id:speed ;
    prov:wasAttributedTo id:port-council ;
    prov:hadPrimarySource id:port-council-2024 ;
    aigov:evidence
        passage:port-council-2024-002 ,
        passage:port-council-2024-003 ;
    aigov:reviewStatus concept:accepted ;
.

id:harbour-ministry
    a aigov:Agency ;
    rdfs:label
        "Harbour Ministry"@en ,
        "港务部"@zh-Hans ;
.
"""


def layout(body: str) -> str:
    """The canonical blocks of a text, its prefixes left out."""
    header = f"@prefix id: <{ID}> .\n@prefix rdfs: <{RDFS}> .\n@prefix xsd: <{XSD}> .\n"
    lines = canonical((header + body).encode(), "x.ttl").decode().splitlines()
    return "\n".join(line for line in lines if not line.startswith("@prefix")).strip()


def test_a_canonical_file_is_left_alone() -> None:
    """The layout of the style guide is the formatter's own."""
    assert canonical(CLAIM.encode(), "claims.ttl") == CLAIM.encode()


def test_one_layout_from_any_other() -> None:
    """The same statements as N-Triples in another order give the same file."""
    quads = sorted(ox.parse(CLAIM, format=ox.RdfFormat.TURTLE), key=str, reverse=True)
    lines = "".join(f"{quad.triple} .\n" for quad in quads)
    assert canonical(lines.encode(), "claims.ttl") == CLAIM.encode()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("3", "3"),
        ("-3", "-3"),
        ("03", '"03"^^xsd:integer'),
        ("+3", '"+3"^^xsd:integer'),
        ("1.0", "1.0"),
        ("1.50", "1.50"),
        (".5", '".5"^^xsd:decimal'),
        ('"1"^^xsd:decimal', '"1"^^xsd:decimal'),
        ("1e3", '"1e3"^^xsd:double'),
        ("true", "true"),
        ('"true"^^xsd:boolean', "true"),
        ('"1"^^xsd:boolean', '"1"^^xsd:boolean'),
        ('"yes"^^xsd:boolean', '"yes"^^xsd:boolean'),
        ('"PT72H"^^xsd:duration', '"PT72H"^^xsd:duration'),
        ('"2024-13-45"^^xsd:date', '"2024-13-45"^^xsd:date'),
        ('"x"^^xsd:string', '"x"'),
        ('"x"@ZH-hans-cn', '"x"@zh-Hans-CN'),
        ('"x"@en-x-ABCD-de', '"x"@en-x-abcd-de'),
        (r'"tab\t back\\ quote\" feed\f"', r'"tab\t back\\ quote\" feed\u000C"'),
        ("'👩‍💻 é'", '"👩‍💻 é"'),
        (r'"a\nb\\ \"c\" d\r"', '"""a\nb\\\\ "c" d\\r"""'),
        (r'"a\n\"\"\"b\""', '"""a\n\\"\\""b\\""""'),
        ("()", "()"),
        ("<http://example.org/a%20b/é#x.>", "<http://example.org/a%20b/é#x.>"),
        (r"id:a\,b", f"<{ID}a,b>"),
        ("id:a.b-c_d", "id:a.b-c_d"),
        (r"id:a\-", "id:a-"),
        (f"<{ID}>", f"<{ID}>"),
    ],
)
def test_every_term_is_spelled_as_it_was_or_says_the_same(written: str, kept: str) -> None:
    """Numbers and booleans stand bare only in the form that no reader respells."""
    assert layout(f"id:a rdfs:seeAlso {written} .") == f"id:a\n    rdfs:seeAlso {kept} ;\n."


def test_two_spellings_of_a_number_stay_two_statements() -> None:
    """What rdflib as it comes would make one."""
    assert layout("id:a id:p 3, 03, 3.0 .") == (
        'id:a\n    id:p\n        "03"^^xsd:integer ,\n        3 ,\n        3.0 ;\n.'
    )


def test_blank_nodes_and_lists_are_written_inside_their_referrer() -> None:
    """A value per line, nested as deep as it goes, in the order of what is said."""
    text = "id:a id:p [ id:z 1 ], [ id:b 2 ; id:q ( 3 [] ( 4 ) ) ] , id:c . [] id:p 1 ."
    assert layout(text) == (
        "id:a\n"
        "    id:p\n"
        "        id:c ,\n"
        "        [\n"
        "            id:b 2 ;\n"
        "            id:q\n"
        "                (\n"
        "                    3\n"
        "                    []\n"
        "                    (\n"
        "                        4\n"
        "                    )\n"
        "                ) ;\n"
        "        ] ,\n"
        "        [\n"
        "            id:z 1 ;\n"
        "        ] ;\n"
        ".\n"
        "\n"
        "[]\n"
        "    id:p 1 ;\n"
        "."
    )


@pytest.mark.parametrize(
    "text",
    [
        "_:a id:p _:b . _:b id:p _:a .",
        f"_:a <{RDF.first}> 1 ; <{RDF.rest}> _:a .",
        f"id:a id:p _:l . id:b id:p _:l . _:l <{RDF.first}> 1 ; <{RDF.rest}> () .",
        f"id:a id:p _:l . _:l <{RDF.first}> 1 ; <{RDF.rest}> _:m . _:m <{RDF.first}> 2, 3 ; <{RDF.rest}> () .",
        f"id:a id:p _:l . _:l <{RDF.first}> 1 ; <{RDF.rest}> id:m . id:m <{RDF.first}> 2 ; <{RDF.rest}> () .",
        f"id:a id:p _:l . _:l <{RDF.first}> 1 ; <{RDF.rest}> () ; id:p 2 .",
        f"id:a <{RDF.nil}> <{RDF.type}> . () <{RDF.type}> id:b .",
    ],
)
def test_odd_lists_and_rings_of_blank_nodes_keep_what_they_say(text: str) -> None:
    """What the short forms cannot tell is told at length; the formatter itself checks that nothing is lost."""
    once = canonical(f"@prefix id: <{ID}> .\n{text}".encode(), "x.ttl")
    assert canonical(once, "x.ttl") == once


def test_only_used_prefixes_are_declared_and_ours_win() -> None:
    """A file's own prefix stays where it is needed; one that means something else than ours gives way."""
    text = f"""
        @prefix ex: <http://example.org/> . @prefix unused: <http://example.org/unused/> .
        @prefix mine: <{AIGOV}> . @prefix id: <http://example.org/id/> .
        ex:a mine:when id:b , <http://example.org/more/c> .
    """
    assert canonical(text.encode(), "x.ttl").decode() == (
        f"@prefix aigov: <{AIGOV}> .\n"
        "@prefix ex: <http://example.org/> .\n"
        "\n"
        "ex:a\n"
        "    aigov:when\n"
        "        <http://example.org/id/b> ,\n"
        "        <http://example.org/more/c> ;\n"
        ".\n"
    )


def test_a_file_of_no_statements_is_empty() -> None:
    """Prefixes alone say nothing."""
    assert canonical(b"@prefix ex: <http://example.org/> .\n", "x.ttl") == b""


def test_a_comment_is_not_lost_in_silence() -> None:
    """A remark is refused with its line; a hash in an IRI or a string is none."""
    with pytest.raises(LossyFormat) as caught:
        canonical(b'<http://e/#a> <http://e/#b> "#c", """\n# d""" .\n\n  # remark\n', "x.ttl")
    assert (caught.value.what, caught.value.where) == ("1 comment would be lost", "x.ttl:4")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (b'@prefix id: <http://e/> .\nid:a id:b\n  "c', "x.ttl:3:3"),
        (b"id:a id:b id:c .", "x.ttl:1:1"),
        (b"\xef\xbb\xbf<http://e/a> <http://e/b> 1 .", "x.ttl:1:1"),
        (b'<http://e/a> <http://e/b> "\xff" .', "x.ttl:1:28"),
        (b"<http://e/a> <http://e/b> <<( <http://e/a> <http://e/b> 1 )>> .", "x.ttl"),
        (b'<http://e/a> <http://e/b> "x"@ar--rtl .', "x.ttl"),
    ],
)
def test_what_is_no_turtle_of_rdf_1_1_is_an_error_with_its_place(text: bytes, where: str) -> None:
    """The formatter guesses nothing."""
    with pytest.raises(DataSyntaxError) as caught:
        canonical(text, "x.ttl")
    assert caught.value.where == where


IRIS = st.sampled_from(
    [
        f"{AIGOV}when",
        f"{AIGOV}9.",
        f"{ID}a-b",
        f"{ID}-a",
        f"{ID}a%2Fb",
        f"{ID}港",
        f"{ID}a/b#c",
        f"{ID}(x)",
        f"{ID}it's",
        RDF.type,
        RDF.first,
        RDF.rest,
        RDF.nil,
        "urn:x",
        "http://example.org/?q=a&b=c#d",
        "http://example.org/é~!$*,;=@:",
    ]
).map(ox.NamedNode)
BLANKS = st.sampled_from(["b1", "b2", "b3"]).map(ox.BlankNode)
TEXTS = st.text(max_size=12) | st.sampled_from(
    ['"', '""', '"""', '\n"', "\\", "\\n", "\r\n", "#", "\u2028", "😀\n", "'''"]
)
LITERALS = (
    st.builds(ox.Literal, TEXTS)
    | st.builds(lambda t, tag: ox.Literal(t, language=tag), TEXTS, st.sampled_from(["en", "zh-Hans", "en-GB-x-a1"]))
    | st.builds(
        lambda t, name: ox.Literal(t, datatype=ox.NamedNode(XSD[name])),
        TEXTS
        | st.sampled_from(["03", "1", "1.0", "1.", "+1", "-0", "1e3", "INF", "true", "yes", "PT72H", "P3D", "2024"]),
        st.sampled_from(["integer", "decimal", "double", "boolean", "duration", "date", "gYear", "int"]),
    )
    | st.builds(
        lambda t, iri: ox.Literal(t, datatype=iri), TEXTS, st.just(ox.NamedNode("http://id.loc.gov/datatypes/edtf"))
    )
)
TRIPLES = st.builds(ox.Triple, IRIS | BLANKS, IRIS, IRIS | BLANKS | LITERALS)


@given(st.lists(TRIPLES, max_size=12), st.randoms(use_true_random=False))
def test_any_graph_keeps_its_statements_and_has_one_layout(triples: list[ox.Triple], random: Random) -> None:
    """Whatever the terms: the result says the same, a second run changes nothing, the order read does not matter."""
    lines = sorted({f"{triple} .\n" for triple in triples})
    random.shuffle(lines)
    text = "".join(lines).encode()
    result = canonical(text, "x.ttl")
    before, after = (ox.Dataset(ox.parse(t, format=ox.RdfFormat.TURTLE)) for t in (text, result))
    for dataset in (before, after):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert before == after
    assert canonical(result, "x.ttl") == result
    assert canonical("".join(sorted(lines)).encode(), "x.ttl") == result
    assert not any(line.endswith(" ") for line in result.decode().split("\n") if '"' not in line)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A folder with one file in canonical layout, one in another."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "graphs" / "entities").mkdir(parents=True)
    (tmp_path / "ontology" / "aigov.ttl").write_bytes(canonical(CLAIM.encode(), "x.ttl"))
    (tmp_path / "graphs" / "entities" / "ports.ttl").write_text(f"<{ID}b> <{ID}p> 1 .\n<{ID}a> <{ID}p> 1 .\n")
    return DataFolder(tmp_path / "ontology", tmp_path / "graphs")


def test_checking_names_the_files_and_writes_nothing(folder: DataFolder) -> None:
    """`check` tells what would change."""
    path = folder.graphs / "entities" / "ports.ttl"
    before = path.read_bytes()
    assert [file.name for file in format_files(folder, check=True)] == ["graphs/entities/ports.ttl"]
    assert path.read_bytes() == before


def test_formatting_writes_what_differs_and_then_nothing_more(folder: DataFolder) -> None:
    """The changed file keeps its permissions, and no draft stays behind."""
    path = folder.graphs / "entities" / "ports.ttl"
    path.chmod(0o640)
    assert [file.name for file in format_files(folder, check=False)] == ["graphs/entities/ports.ttl"]
    assert path.read_text() == f"@prefix id: <{ID}> .\n\nid:a\n    id:p 1 ;\n.\n\nid:b\n    id:p 1 ;\n.\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in path.parent.iterdir()] == ["ports.ttl"]
    assert format_files(folder, check=False) == []


def test_nothing_is_written_if_one_file_cannot_be(folder: DataFolder) -> None:
    """A comment in a later file keeps an earlier one as it was."""
    path = folder.graphs / "entities" / "ports.ttl"
    before = path.read_bytes()
    (path.parent / "quays.ttl").write_text("# remark\n")
    with pytest.raises(LossyFormat, match="comment"):
        format_files(folder, check=False)
    assert path.read_bytes() == before


def test_only_the_named_files_are_formatted(folder: DataFolder) -> None:
    """A file that cannot be formatted is no hindrance to another; one that is not the folder's is refused."""
    entities = folder.graphs / "entities"
    (entities / "quays.ttl").write_text("# remark\n")
    assert [file.name for file in format_files(folder, check=False, only=[entities / "ports.ttl"])] == [
        "graphs/entities/ports.ttl"
    ]
    with pytest.raises(FolderUnreadable, match="no Turtle file"):
        format_files(folder, check=False, only=[entities / "absent.ttl"])
