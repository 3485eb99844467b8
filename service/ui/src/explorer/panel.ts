/** The panel: what is said about the thing or the edge one looks at, claim by claim. */

import { ask, Problem } from "../shared/asking";
import { el } from "../shared/dom";
import { local, pageOf } from "../shared/iris";
import { type Claim, type Claims, type Edge, type Look, period, query, STANDINGS, type Thing, type Words } from "./model";

export interface Doings {
  expand(thing: Thing): void;
  fold(thing: Thing): void;
  centre(thing: Thing): void;
  close(): void;
}

export class Panel {
  private running = new AbortController();

  constructor(
    private readonly holder: HTMLElement,
    private readonly address: string,
    private readonly looks: Look[],
    private readonly doings: Doings,
  ) {}

  /** Nothing is looked at. */
  empty(): void {
    this.running.abort();
    this.holder.replaceChildren(
      el("p", { class: "hint" }, "Choose a thing to see who says what about it, how firmly, and where it stands written."),
    );
  }

  async thing(thing: Thing, words: Words, expanded: boolean): Promise<void> {
    const { doings } = this;
    this.begin(
      el("h2", { lang: thing.language || undefined, dir: "auto" }, thing.label),
      el("p", { class: "kind" }, `${this.looks[thing.look]?.name ?? thing.type}${thing.description ? `: ${thing.description}` : ""}`),
      el("p", { class: "kind" }, `${thing.here} of its ${thing.degree} edges are shown.`),
      el(
        "p",
        { class: "doings" },
        expanded
          ? el("button", { type: "button", onclick: () => doings.fold(thing) }, "Hide what was added")
          : el("button", { type: "button", onclick: () => doings.expand(thing) }, "Show what is near it"),
        el("button", { type: "button", class: "quiet", onclick: () => doings.centre(thing) }, "Only what is around it"),
        el("a", { href: pageOf(thing.id) }, "Its page"),
      ),
    );
    await this.claims(words, { of: [local(thing.id)] });
  }

  async edge(edge: Edge, from: Thing, to: Thing, words: Words): Promise<void> {
    this.begin(
      el("h2", { dir: "auto" }, `${from.label} ${edge.symmetric ? "↔" : "→"} ${to.label}`),
      el("p", { class: "kind" }, el("span", { class: `mark ${edge.status}` }, edge.status), ` ${edge.label}`, period(edge) ? `, ${period(edge)}` : ""),
      el("p", { class: "doings" }, el("a", { href: pageOf(edge.id) }, "Its page")),
    );
    await this.claims(words, { of: [local(edge.source)], with: [local(edge.target)] });
  }

  private begin(...parts: HTMLElement[]): void {
    this.running.abort();
    this.running = new AbortController();
    const close = el("button", { type: "button", class: "close quiet", "aria-label": "Close", onclick: () => this.doings.close() }, "×");
    this.holder.replaceChildren(close, ...parts);
  }

  private async claims(words: Words, about: Words): Promise<void> {
    const list = el("div", { class: "said", "aria-busy": "true" }, el("p", { class: "hint" }, "Reading the claims …"));
    this.holder.append(list);
    const { signal } = this.running;
    try {
      const found = (await (await ask(`${this.address}?${query({ ...words, ...about })}`, { signal })).json()) as Claims;
      list.replaceChildren(...grouped(found.claims));
      if (!found.claims.length) list.append(el("p", { class: "hint" }, "No claim fits what you chose to see."));
      if (found.total > found.claims.length) {
        list.append(el("p", { class: "hint" }, `The first ${found.claims.length} of ${found.total} claims; its page has them all.`));
      }
      list.removeAttribute("aria-busy");
    } catch (error) {
      if (error instanceof Problem) list.replaceChildren(el("p", { class: "problem" }, `${error.what} ${error.remedy}`));
      else if (!(error instanceof DOMException)) throw error;
    }
  }
}

function grouped(claims: Claim[]): HTMLElement[] {
  return STANDINGS.flatMap(([standing, heading]) => {
    const these = claims.filter((claim) => claim.standing === standing);
    if (!these.length) return [];
    return [el("h3", { class: standing }, `${heading} (${these.length})`), el("ul", { class: `said-list ${standing}` }, ...these.map(line))];
  });
}

function line(claim: Claim): HTMLElement {
  const when = period(claim);
  return el(
    "li",
    {},
    el("a", { class: "sentence", href: pageOf(claim.id), lang: claim.language || undefined, dir: "auto" }, claim.sentence),
    el(
      "span",
      { class: "axes" },
      el("span", { class: "badge" }, claim.badge),
      el("span", {}, "held by ", el("a", { href: pageOf(claim.holder.id) }, claim.holder.label)),
      el("span", {}, `${claim.certainty}${claim.mode === "actual" ? "" : `, ${claim.mode}`}${when ? `, ${when}` : ""}`),
      el("span", {}, el("a", { href: pageOf(claim.source.id) }, claim.source.label), claim.locators.length ? `, ${claim.locators.join("; ")}` : ""),
    ),
  );
}
