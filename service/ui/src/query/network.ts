/** An answer as a network: two columns are the ends, and a third may name the edge. */

import type { Core, NodeSingular, StylesheetJson } from "cytoscape";
import { colour, cytoscape, keepLegible, onScheme, pack, seeded, settle } from "../shared/cytoscape";
import { el } from "../shared/dom";
import { pageOf, short } from "../shared/iris";
import { t } from "../shared/words";
import type { Answer, Row } from "./model";
import { columnsOfThings } from "./table";

const MOST_EDGES = 600;

/** The picture, with fields to choose what it is made of. */
export function network(answer: Answer): HTMLElement {
  const things = columnsOfThings(answer);
  const others = answer.names;
  const [from, to] = guess(things);
  const named = others.includes("predicate") ? "predicate" : others.includes("relation") ? "relation" : "";
  const box = el("div", { class: "canvas", role: "img", "aria-label": t("The answer as a network; the table says the same in words") });
  const told = el("p", { class: "hint" });
  const choose = (label: string, options: string[], chosen: string) => {
    const field = el("select", { onchange: () => draw() }, ...options.map((name) => el("option", { value: name, selected: name === chosen }, name || t("nothing"))));
    return { field, whole: el("label", {}, `${label} `, field) };
  };
  const [start, end, word] = [choose(t("From"), things, from), choose(t("to"), things, to), choose(t("named by"), ["", ...others], named)];

  let cy: Core;

  function begin(): void {
    cy = cytoscape({ container: box, style: sheet(), maxZoom: 3, minZoom: 0.1, boxSelectionEnabled: false, autounselectify: true });
    cy.on("tap", "node", (event) => {
      const page = pageOf(String((event.target as NodeSingular).id()));
      if (page) location.assign(page);
    });
    onScheme(() => cy.style(sheet()));
    keepLegible(cy);
    draw();
  }

  function draw(): void {
    const [a, b, c] = [start.field.value, end.field.value, word.field.value];
    const pairs = answer.rows.filter((row) => row[a] && row[b]);
    const ids = new Set<string>();
    cy.elements().remove();
    cy.batch(() => {
      for (const [index, row] of pairs.slice(0, MOST_EDGES).entries()) {
        const ends = [a, b].map((name) => row[name]!.value) as [string, string];
        for (const [place, id] of ends.entries()) {
          if (!ids.has(id)) cy.add({ group: "nodes", data: { id, size: 14, label: nameOf(row, place ? b : a) } });
          ids.add(id);
        }
        const label = c && row[c] ? (row[c].type === "uri" ? short(row[c].value).replace(/^[^:]*:/, "") : row[c].value) : "";
        cy.add({ group: "edges", data: { id: `row-${index}`, source: ends[0], target: ends[1], label: cut(label) } });
      }
    });
    seeded(() => cy.layout({ name: "fcose", animate: false, nodeSeparation: 110, idealEdgeLength: 90, nodeRepulsion: 20000, gravity: 0.35 } as never).run());
    cy.nodes().forEach((node) => {
      node.data("size", 12 + 5 * Math.sqrt((node as NodeSingular).degree(false)));
    });
    pack(cy);
    settle(cy);
    const values = { things: ids.size, edges: Math.min(pairs.length, MOST_EDGES), all: pairs.length };
    told.textContent =
      pairs.length > MOST_EDGES
        ? t("{things} things, {edges} edges of {all}. Choose a thing to open its page.", values)
        : t("{things} things, {edges} edges. Choose a thing to open its page.", values);
  }

  requestAnimationFrame(begin); // it needs a place on the page to measure
  return el("div", {}, el("p", { class: "choose" }, start.whole, end.whole, word.whole), box, told);
}

function guess(things: string[]): [string, string] {
  const pick = (...names: string[]) => names.find((name) => things.includes(name));
  const from = pick("subject", "from", "exporter", "holder") ?? things[0] ?? "";
  const to = pick("object", "to", "recipient") ?? things.find((name) => name !== from && !["claim", "predicate", "relation", "edge"].includes(name)) ?? things.find((name) => name !== from) ?? from;
  return [from, to];
}

/** A thing's name: the column beside it that is called so, else the end of its IRI. */
function nameOf(row: Row, column: string): string {
  const beside = row[`${column}Label`] ?? row[`${column}Name`];
  return cut(beside?.value ?? short(row[column]!.value).replace(/^[^:]*:/, ""));
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length > 60 ? `${letters.slice(0, 59).join("")}…` : text;
}

function sheet(): StylesheetJson {
  const [ink, ground, soft, accent] = ["ink", "ground", "soft", "accent"].map(colour) as [string, string, string, string];
  const letters = { color: ink, "text-outline-color": ground, "font-family": "system-ui, Noto Sans, PingFang SC, Noto Sans CJK SC, sans-serif" };
  return [
    { selector: "node", style: { ...letters, label: "data(label)", "background-color": accent, width: "data(size)", height: "data(size)", "text-valign": "bottom", "text-wrap": "wrap" } },
    { selector: ".crowded", style: { "text-opacity": 0 } },
    { selector: "edge", style: { ...letters, label: "data(label)", width: 1.4, "line-color": soft, "target-arrow-color": soft, "target-arrow-shape": "triangle", "arrow-scale": 0.8, "curve-style": "bezier", "text-rotation": "autorotate", "min-zoomed-font-size": 7 } },
  ] as unknown as StylesheetJson;
}
