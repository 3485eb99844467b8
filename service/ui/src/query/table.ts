/** An answer as a table: names lead to their pages, columns sort, and long answers come in pieces. */

import { el } from "../shared/dom";
import { pageOf, short } from "../shared/iris";
import { t } from "../shared/words";
import { type Answer, isNumber, type Row, type Term } from "./model";

const PIECE = 200;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function table(answer: Answer): HTMLElement {
  if (answer.truth !== undefined) return el("p", { class: "verdict" }, answer.truth ? t("Yes.") : t("No."));
  if (!answer.rows.length) return el("p", { class: "verdict" }, t("Nothing in the graph answers this."));
  let rows = answer.rows;
  let shown = 0;
  const body = el("tbody");
  const more = el("button", { type: "button", class: "quiet more-rows", onclick: () => add() });
  const heads = answer.names.map((name) =>
    el("th", { scope: "col", "aria-sort": "none" }, el("button", { type: "button", class: "sort", onclick: () => sort(name) }, name)),
  );

  function add(): void {
    body.append(...rows.slice(shown, shown + PIECE).map((row) => el("tr", {}, ...answer.names.map((name) => cell(name, row[name])))));
    shown = Math.min(shown + PIECE, rows.length);
    more.hidden = shown >= rows.length;
    more.textContent = t("Show more ({number} left)", { number: rows.length - shown });
  }

  function sort(name: string): void {
    const head = heads[answer.names.indexOf(name)]!;
    const falling = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    rows = [...answer.rows].sort((a, b) => (falling ? -1 : 1) * compared(a[name], b[name]));
    shown = 0;
    body.replaceChildren();
    add();
  }

  add();
  return el(
    "div",
    {},
    el(
      "div",
      { class: "scroll", role: "region", tabindex: 0, "aria-label": t("The answer as a table") },
      el("table", {}, el("thead", {}, el("tr", {}, ...heads)), body),
    ),
    more,
  );
}

/** A term as people read it: a link where it has a page, its text in its own language otherwise. */
export function shownTerm(found: Term): HTMLElement {
  if (found.type === "uri") {
    const page = pageOf(found.value);
    return page ? el("a", { href: page, title: found.value }, short(found.value)) : el("span", { title: found.value }, short(found.value));
  }
  const type = found.datatype ? short(found.datatype) : "";
  return el("span", { lang: found.language || undefined, dir: "auto", title: type || undefined }, found.value);
}

function cell(name: string, found: Term | undefined): HTMLElement {
  if (!found) return el("td", { "data-label": name, class: "none" }, "–");
  return el("td", { "data-label": name, class: isNumber(found) ? "number" : DATE.test(found.value) ? "date" : undefined }, shownTerm(found));
}

function compared(a: Term | undefined, b: Term | undefined): number {
  if (!a || !b) return Number(Boolean(b)) - Number(Boolean(a));
  if (isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
  return a.value.localeCompare(b.value);
}

/** What two ends and a label can be read from. */
export function columnsOfThings({ names, rows }: { names: string[]; rows: Row[] }): string[] {
  return names.filter((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || row[name].type !== "literal"));
}
