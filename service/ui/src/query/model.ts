/** Answers as the page shows them: tables of terms. */

export interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  datatype?: string;
  language?: string;
}

export type Row = Record<string, Term | undefined>;

export interface Answer {
  names: string[];
  rows: Row[];
  /** Of an ASK. */
  truth?: boolean;
  /** As the service sent it. */
  raw: string;
  /** What it is, for people: a table, a graph, a yes or no. */
  kind: "table" | "graph" | "truth";
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map((name) => XSD + name));

export function isNumber(term: Term): boolean {
  return NUMBERS.has(term.datatype ?? "");
}

interface SparqlResults {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, { type: string; value: string; datatype?: string; "xml:lang"?: string }>[] };
}

type Node = Record<string, unknown>;

/** Read an answer by its media type: SPARQL results in JSON, or a graph in JSON-LD. */
export function read(raw: string, mediaType: string): Answer {
  if (mediaType.includes("ld+json")) {
    const rows = [...statements(JSON.parse(raw) as unknown)];
    return { names: ["subject", "predicate", "object"], rows, raw, kind: "graph" };
  }
  const found = JSON.parse(raw) as SparqlResults;
  if (found.boolean !== undefined) return { names: [], rows: [], truth: found.boolean, raw, kind: "truth" };
  const rows = (found.results?.bindings ?? []).map((binding) => {
    const row: Row = {};
    for (const [name, term] of Object.entries(binding)) {
      row[name] = {
        type: term.type === "typed-literal" ? "literal" : (term.type as Term["type"]),
        value: typeof term.value === "string" ? term.value : JSON.stringify(term.value),
        datatype: term.datatype,
        language: term["xml:lang"],
      };
    }
    return row;
  });
  return { names: found.head.vars ?? [], rows, raw, kind: "table" };
}

/** The statements of expanded JSON-LD, as the service writes it. */
function* statements(found: unknown): Generator<Row> {
  const graph = Array.isArray(found) ? (found as Node[]) : (((found as Node)["@graph"] as Node[] | undefined) ?? [found as Node]);
  for (const node of graph) {
    const subject = named(String(node["@id"] ?? ""));
    for (const [predicate, values] of Object.entries(node)) {
      if (predicate === "@id") continue;
      for (const value of Array.isArray(values) ? (values as unknown[]) : [values]) {
        const object = predicate === "@type" ? named(String(value)) : term(value);
        yield { subject, predicate: named(predicate === "@type" ? "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" : predicate), object };
      }
    }
  }
}

function named(iri: string): Term {
  return { type: iri.startsWith("_:") ? "bnode" : "uri", value: iri };
}

function term(value: unknown): Term {
  if (typeof value !== "object" || value === null) return { type: "literal", value: String(value) };
  const found = value as Node;
  if ("@id" in found) return named(String(found["@id"]));
  return {
    type: "literal",
    value: String(found["@value"] ?? ""),
    datatype: found["@type"] as string | undefined,
    language: found["@language"] as string | undefined,
  };
}
