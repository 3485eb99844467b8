/** The tables beneath the picture: the same things and edges as lists to read and to walk through by keys. */

import { el, one } from "../shared/dom";
import { pageOf } from "../shared/iris";
import { t } from "../shared/words";
import { type Edge, type Look, type Network, standingName, type Thing } from "./model";

export class Tables {
  constructor(
    private readonly root: HTMLElement,
    private readonly looks: Look[],
    private readonly concepts: Record<string, string>,
    private readonly chosen: (id: string) => void,
  ) {
    root.addEventListener("keydown", (event) => walk(event));
  }

  /** Write both tables anew. */
  show(network: Network): void {
    const labels = new Map(network.nodes.map((thing) => [thing.id, thing]));
    const things = [...network.nodes].sort((a, b) => b.here - a.here || a.label.localeCompare(b.label));
    this.fill("nodes", things.map((thing) => this.thing(thing)));
    this.fill("edges", network.edges.map((edge) => this.edge(edge, labels)));
  }

  private fill(name: string, rows: HTMLElement[]): void {
    const table = one<HTMLElement>(`[data-table="${name}"]`, this.root);
    table.hidden = rows.length === 0;
    one("tbody", table).replaceChildren(...rows);
  }

  private pick(id: string, label: string, language = ""): HTMLElement {
    return el("button", { type: "button", class: "pick", lang: language || undefined, dir: "auto", onclick: () => this.chosen(id) }, label);
  }

  private thing(thing: Thing): HTMLElement {
    return el(
      "tr",
      {},
      cell(t("thing"), this.pick(thing.id, thing.label, thing.language), " ", page(thing.id, thing.label)),
      cell(t("kind"), this.looks[thing.look]?.name ?? thing.type),
      cell(t("edges here"), String(thing.here)),
      cell(t("edges in all"), String(thing.degree)),
    );
  }

  private edge(edge: Edge, things: Map<string, Thing>): HTMLElement {
    const name = (id: string) => things.get(id)?.label ?? id;
    const unsure = edge.certainty[0] && edge.certainty[0] !== "certain" ? ` ${this.concepts[edge.certainty[0]] ?? edge.certainty[0]}` : "";
    const places = edge.locators.slice(0, 3).join("; ");
    const more = edge.locators.length > 3 ? ` ${t("and {number} more", { number: edge.locators.length - 3 })}` : "";
    return el(
      "tr",
      {},
      cell(t("from"), name(edge.source)),
      cell(t("relation"), this.pick(edge.id, edge.label), " ", page(edge.id, `${name(edge.source)} ${edge.label} ${name(edge.target)}`)),
      cell(t("to"), name(edge.target)),
      cell(t("how it is said"), el("span", { class: `mark ${edge.status}` }, standingName(edge.status)), unsure),
      cell(t("held by"), edge.holders.join(", ")),
      cell(t("source"), `${edge.sources.join(", ")}${places ? `: ${places}${more}` : ""}`),
    );
  }
}

function cell(name: string, ...parts: (Node | string)[]): HTMLElement {
  return el("td", { "data-label": name, dir: "auto" }, ...parts);
}

function page(iri: string, label: string): HTMLElement {
  return el("a", { class: "to-page", href: pageOf(iri), "aria-label": t("Page of {name}", { name: label }) }, t("page"));
}

/** Arrow keys go from row to row. */
function walk(event: KeyboardEvent): void {
  const at = event.target;
  if (!(at instanceof HTMLElement) || !at.matches(".pick")) return;
  const all = [...(at.closest("tbody")?.querySelectorAll<HTMLElement>(".pick") ?? [])];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = event.key === "Home" ? all[0] : event.key === "End" ? all[all.length - 1] : step ? all[all.indexOf(at) + step] : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
}
