/** Cytoscape with its layout, in the colours of the page. */

import cytoscape from "cytoscape";
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
