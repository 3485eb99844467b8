/** What the server says of a network, and the words that ask for one. */

import { t } from "../shared/words";

export interface Thing {
  id: string;
  label: string;
  language: string;
  type: string;
  look: number;
  description: string;
  here: number;
  degree: number;
}

export interface Edge {
  id: string;
  source: string;
  target: string;
  relation: string;
  label: string;
  status: string;
  certainty: string[];
  symmetric: boolean;
  earliest: string;
  latest: string;
  ongoing: boolean | null;
  holders: string[];
  sources: string[];
  locators: string[];
  claims: number;
}

export interface Network {
  title: string;
  nodes: Thing[];
  edges: Edge[];
}

export interface Named {
  id: string;
  label: string;
}

export interface Claim {
  id: string;
  sentence: string;
  language: string;
  standing: string;
  badge: string;
  certainty: string;
  mode: string;
  earliest: string;
  latest: string;
  ongoing: boolean | null;
  holder: Named;
  source: Named;
  locators: string[];
}

export interface Claims {
  total: number;
  claims: Claim[];
}

export interface Look {
  name: string;
  colour: string;
  shape: string;
}

/** The options of a view by name, each with its texts. */
export type Words = Record<string, string[]>;

export const STANDINGS: [string, string][] = [
  ["fact", t("Stated plainly")],
  ["disputed", t("Disputed")],
  ["denied", t("Denied")],
  ["qualified", t("Stated with a restriction")],
  ["hedged", t("Hedged")],
];

/** How a status is called. */
export function standingName(status: string): string {
  return STANDINGS.find(([name]) => name === status)?.[1] ?? status;
}

/** Words as a query string; `top` always stands in it, so that an address without filters is not the start view. */
export function query(words: Words): string {
  const found = new URLSearchParams();
  for (const [name, texts] of Object.entries(words)) for (const text of texts) found.append(name, text);
  if (!found.has("top")) found.set("top", "0");
  return found.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** A time in words. */
export function period(of: { earliest: string; latest: string; ongoing: boolean | null }): string {
  if (of.earliest && of.earliest === of.latest) return of.earliest;
  if (of.earliest && of.latest) {
    const [start, end] = [of.earliest, of.latest];
    if (start.endsWith("-01-01") && end.endsWith("-12-31")) {
      return start.slice(0, 4) === end.slice(0, 4) ? start.slice(0, 4) : t("{start} to {end}", { start: start.slice(0, 4), end: end.slice(0, 4) });
    }
    return t("{start} to {end}", { start, end });
  }
  if (of.earliest) return t("since {date}", { date: of.earliest.endsWith("-01-01") ? of.earliest.slice(0, 4) : of.earliest });
  return of.latest ? t("until {date}", { date: of.latest }) : "";
}
