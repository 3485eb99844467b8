/** An answer in the order of time, each row with a bar where it lies. */

import { el } from "../shared/dom";
import { t } from "../shared/words";
import type { Answer, Row, Term } from "./model";
import { shownTerm } from "./table";

const MOST = 500;
const DATE_TYPES = /#(date|dateTime|gYear|gYearMonth)$|datatypes\/edtf$/i;
const DATE_LIKE = /^-?\d{4}(-\d{2}(-\d{2})?)?$/;

interface Span {
  start: number;
  end: number;
}

/** The columns that hold dates. */
export function datesIn(answer: Answer): string[] {
  return answer.names.filter((name) => {
    const found = answer.rows.map((row) => row[name]).filter((term) => term !== undefined);
    return found.length > 0 && found.every(isDate);
  });
}

export function timeline(answer: Answer): HTMLElement {
  const columns = datesIn(answer);
  const dated = answer.rows.map((row) => ({ row, span: spanOf(row, columns) })).filter((item): item is { row: Row; span: Span } => item.span !== undefined);
  dated.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const known = dated.flatMap(({ span }) => [span.start, span.end]).filter(Number.isFinite);
  const [first, last] = [Math.floor(Math.min(...known)), Math.ceil(Math.max(...known, Math.min(...known) + 1))];
  const scale = (at: number) => Math.min(100, Math.max(0, (100 * (at - first)) / (last - first)));
  const items = dated.slice(0, MOST).map(({ row, span }) => {
    const bar = el("span", { class: "bar-of-time", "aria-hidden": "true" });
    const [from, to] = [scale(span.start), scale(span.end)];
    bar.style.insetInlineStart = `${from}%`;
    bar.style.inlineSize = `max(5px, ${to - from}%)`;
    if (!Number.isFinite(span.end)) bar.classList.add("open-end");
    if (!Number.isFinite(span.start)) bar.classList.add("open-start");
    const when = [...new Set(columns.map((name) => row[name]?.value).filter(Boolean))].join(` ${t("to")} `);
    const rest = answer.names.filter((name) => !columns.includes(name) && row[name]);
    return el(
      "li",
      {},
      el("span", { class: "when" }, when),
      el("span", { class: "track" }, bar),
      el("span", { class: "what" }, ...rest.flatMap((name, index) => [index ? " · " : "", shownTerm(row[name]!)])),
    );
  });
  const left = dated.length > MOST ? `${t("The first {number} of {all}.", { number: MOST, all: dated.length })} ` : "";
  const undated = answer.rows.length - dated.length;
  return el(
    "div",
    {},
    el("p", { class: "scale", "aria-hidden": "true" }, el("span", {}, String(first)), el("span", {}, String(last))),
    el("ol", { class: "timeline" }, ...items),
    el("p", { class: "hint" }, `${left}${undated ? t("{number} rows have no date.", { number: undated }) : ""}`),
  );
}

function isDate(term: Term): boolean {
  return term.type === "literal" && (DATE_TYPES.test(term.datatype ?? "") || DATE_LIKE.test(term.value));
}

/** From the earliest day that any of the columns names to the latest. */
function spanOf(row: Row, columns: string[]): Span | undefined {
  const spans = columns.flatMap((name) => (row[name] ? [spanIn(row[name].value)] : []));
  const usable = spans.filter((span) => span !== undefined);
  if (!usable.length) return undefined;
  return { start: Math.min(...usable.map((span) => span.start)), end: Math.max(...usable.map((span) => span.end)) };
}

/** The time an EDTF text or a date covers, as years with fractions. */
function spanIn(text: string): Span | undefined {
  const [begin, finish] = text.includes("/") ? text.split("/") : [text, text];
  const start = begin === ".." || begin === "" ? -Infinity : yearIn(begin ?? "", false);
  const end = finish === ".." || finish === "" ? Infinity : yearIn(finish ?? "", true);
  return start === undefined || end === undefined || (start === -Infinity && end === Infinity) ? undefined : { start, end };
}

function yearIn(text: string, last: boolean): number | undefined {
  const found = /^(-?\d{2}(?:\d{2}|\dX|XX))(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text);
  if (!found) return undefined;
  const year = Number(found[1]!.replaceAll("X", last ? "9" : "0"));
  const month = found[2] && Number(found[2]) <= 12 ? Number(found[2]) : 0;
  if (!month) return year + (last ? 1 : 0);
  const day = found[3] ? Number(found[3]) : 0;
  return year + (month - 1 + (day ? (day - (last ? 0 : 1)) / 31 : last ? 1 : 0)) / 12;
}
