/** Cytoscape with its layout, in the colours of the page. */

import cytoscape, { type Core, type NodeCollection, type NodeSingular } from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

export { cytoscape };

/** A colour of the page's style sheet. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "#808080";
}

/** Whether the visitor asked for less motion. */
export const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Run with the same chance each time: a link that is shared shows the same picture. */
export function seeded(run: () => void): void {
  const own = Math.random;
  let state = 20240601;
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  try {
    run();
  } finally {
    Math.random = own;
  }
}

/** Call when the visitor's colour scheme changes. */
export function onScheme(change: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);
}

const LETTERS_PX = 12;
const NAME_PX = 112;

interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Write names in letters of one size at any distance, and leave out what would lie upon a weightier name.
 *  Only those of `among` are written, where it is given. */
export function write(cy: Core, among: NodeCollection = cy.nodes()): void {
  const one = 1 / cy.zoom();
  cy.batch(() => {
    cy.nodes().style({ "font-size": LETTERS_PX * one, "text-max-width": `${NAME_PX * one}px`, "text-margin-y": 3 * one, "text-outline-width": 2 * one } as never);
    cy.edges().style({ "font-size": (LETTERS_PX - 2) * one, "text-outline-width": 2 * one } as never);
  });
  const taken: Box[] = [];
  const weight = (node: { data(name: string): unknown; hasClass(name: string): boolean }) => (node.hasClass("current") ? Infinity : Number(node.data("size")));
  const ordered = among.sort((a, b) => weight(b) - weight(a) || 0);
  cy.batch(() =>
    ordered.forEach((element) => {
      const node = element as NodeSingular;
      const box = node.renderedBoundingBox({ includeNodes: false, includeEdges: false, includeLabels: true, includeOverlays: false });
      const free = !taken.some((other) => box.x1 < other.x2 && other.x1 < box.x2 && box.y1 < other.y2 && other.y1 < box.y2);
      if (free) taken.push(box);
      node.toggleClass("crowded", !free);
    }),
  );
}

const GAP = 70;

/** Put the parts that hang together beside each other in rows, as wide as the picture is in proportion. */
export function pack(cy: Core): void {
  const parts = cy
    .elements()
    .components()
    .map((part) => ({ nodes: part.nodes(), box: part.nodes().boundingBox({ includeLabels: false }) }))
    .sort((a, b) => b.box.h - a.box.h);
  const area = parts.reduce((sum, { box }) => sum + (box.w + GAP) * (box.h + GAP), 0);
  const wide = Math.max(Math.sqrt((area * cy.width()) / Math.max(cy.height(), 1)), ...parts.map(({ box }) => box.w + GAP));
  let [x, y, tall] = [0, 0, 0];
  cy.batch(() => {
    for (const { nodes, box } of parts) {
      if (x > 0 && x + box.w > wide) [x, y, tall] = [0, y + tall + GAP, 0];
      nodes.shift({ x: x - box.x1, y: y - box.y1 });
      x += box.w + GAP;
      tall = Math.max(tall, box.h);
    }
  });
}

/** Bring all into view, names and all; they change size with the distance, and take room. */
export function settle(cy: Core, nearest = 1.6): void {
  for (let step = 0; step < 3; step++) {
    write(cy);
    cy.fit(undefined, 20);
  }
  if (cy.zoom() > nearest) {
    cy.zoom(nearest);
    cy.center();
  }
  write(cy);
}

/** Keep names legible while the visitor goes nearer or farther. */
export function keepLegible(cy: Core, rewrite: () => void = () => write(cy)): void {
  let frame = 0;
  cy.on("zoom", () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(rewrite);
  });
}
