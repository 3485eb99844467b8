/** Where things of ours are shown, and how their IRIs are written short. */

export const BASE = "https://w3id.org/aigov-graph/";
const ONTOLOGY = `${BASE}ontology#`;
const SHOWN = /^(id|claim|edge|passage|concept)\/[^/]+$/;

const PREFIXES: Record<string, string> = {
  aigov: ONTOLOGY,
  id: `${BASE}id/`,
  claim: `${BASE}claim/`,
  concept: `${BASE}concept/`,
  passage: `${BASE}passage/`,
  edge: `${BASE}edge/`,
  graph: `${BASE}graph/`,
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  owl: "http://www.w3.org/2002/07/owl#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  prov: "http://www.w3.org/ns/prov#",
  dcterms: "http://purl.org/dc/terms/",
  oa: "http://www.w3.org/ns/oa#",
  schema: "http://schema.org/",
};

/** The address of a thing's page; another's IRI as it is if a browser may open it, else nothing. */
export function pageOf(iri: string): string {
  if (iri.startsWith(ONTOLOGY)) return `/page/ontology/${encodeURIComponent(iri.slice(ONTOLOGY.length))}`;
  if (iri.startsWith(BASE)) {
    const path = iri.slice(BASE.length);
    return SHOWN.test(path) ? `/page/${path.split("/").map(encodeURIComponent).join("/")}` : "";
  }
  return /^https?:\/\//.test(iri) ? iri : "";
}

/** An IRI with a prefix for its beginning where there is one for it. */
export function short(iri: string): string {
  let best = "";
  for (const prefix in PREFIXES) if (iri.startsWith(PREFIXES[prefix]!) && PREFIXES[prefix]!.length > (PREFIXES[best] ?? "").length) best = prefix;
  return best ? `${best}:${iri.slice(PREFIXES[best]!.length)}` : iri;
}

/** A thing of ours as addresses name it. */
export function local(iri: string): string {
  const things = `${BASE}id/`;
  return iri.startsWith(things) ? iri.slice(things.length) : iri;
}
