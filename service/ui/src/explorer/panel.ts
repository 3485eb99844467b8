/** The panel: what is said about the thing or the edge one looks at, claim by claim. */

import { ask, Problem, shown } from "../shared/asking";
import { el } from "../shared/dom";
import { local, pageOf } from "../shared/iris";
import { t } from "../shared/words";
import { type Claim, type Claims, type Edge, type Look, period, query, STANDINGS, standingName, type Thing, type Words } from "./model";

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
    private readonly concepts: Record<string, string>,
    private readonly doings: Doings,
  ) {}

  /** Nothing is looked at. */
  empty(): void {
    this.running.abort();
    this.holder.replaceChildren(
      el("p", { class: "hint" }, t("Choose a thing to see who says what about it, how firmly, and where it stands written.")),
    );
  }

  async thing(thing: Thing, words: Words, expanded: boolean): Promise<void> {
    const { doings } = this;
    this.begin(
      el("h2", { lang: thing.language || undefined, dir: "auto" }, thing.label),
      el("p", { class: "kind" }, `${this.looks[thing.look]?.name ?? thing.type}${thing.description ? `: ${thing.description}` : ""}`),
      el("p", { class: "kind" }, t("{here} of its {all} edges are shown.", { here: thing.here, all: thing.degree })),
      el(
        "p",
        { class: "doings" },
        expanded
          ? el("button", { type: "button", onclick: () => doings.fold(thing) }, t("Hide what was added"))
          : el("button", { type: "button", onclick: () => doings.expand(thing) }, t("Show what is near it")),
        el("button", { type: "button", class: "quiet", onclick: () => doings.centre(thing) }, t("Only what is around it")),
        el("a", { href: pageOf(thing.id) }, t("Its page")),
      ),
    );
    await this.claims(words, { of: [local(thing.id)] });
  }

  async edge(edge: Edge, from: Thing, to: Thing, words: Words): Promise<void> {
    this.begin(
      el("h2", { dir: "auto" }, `${from.label} ${edge.symmetric ? "↔" : "→"} ${to.label}`),
      el("p", { class: "kind" }, el("span", { class: `mark ${edge.status}` }, standingName(edge.status)), ` ${edge.label}`, period(edge) ? `, ${period(edge)}` : ""),
      el("p", { class: "doings" }, el("a", { href: pageOf(edge.id) }, t("Its page"))),
    );
    await this.claims(words, { of: [local(edge.source)], with: [local(edge.target)] });
  }

  private begin(...parts: HTMLElement[]): void {
    this.running.abort();
    this.running = new AbortController();
    const close = el("button", { type: "button", class: "close quiet", "aria-label": t("Close"), onclick: () => this.doings.close() }, "×");
    this.holder.replaceChildren(close, ...parts);
  }

  private async claims(words: Words, about: Words): Promise<void> {
    const list = el("div", { class: "said", "aria-busy": "true" }, el("p", { class: "hint" }, t("Reading the claims …")));
    this.holder.append(list);
    const { signal } = this.running;
    try {
      const found = (await (await ask(`${this.address}?${query({ ...words, ...about })}`, { signal })).json()) as Claims;
      list.replaceChildren(...grouped(found.claims, this.concepts));
      if (!found.claims.length) list.append(el("p", { class: "hint" }, t("No claim fits what you chose to see.")));
      if (found.total > found.claims.length) {
        list.append(el("p", { class: "hint" }, t("The first {number} of {all} claims; its page has them all.", { number: found.claims.length, all: found.total })));
      }
      list.removeAttribute("aria-busy");
    } catch (error) {
      if (error instanceof Problem) list.replaceChildren(el("p", { class: "problem" }, shown(error)));
      else if (!(error instanceof DOMException)) throw error;
    }
  }
}

function grouped(claims: Claim[], concepts: Record<string, string>): HTMLElement[] {
  return STANDINGS.flatMap(([standing, heading]) => {
    const these = claims.filter((claim) => claim.standing === standing);
    if (!these.length) return [];
    return [el("h3", { class: standing }, `${heading} (${these.length})`), el("ul", { class: `said-list ${standing}` }, ...these.map((claim) => line(claim, concepts)))];
  });
}

function line(claim: Claim, concepts: Record<string, string>): HTMLElement {
  const name = (concept: string) => concepts[concept] ?? concept;
  const when = period(claim);
  return el(
    "li",
    {},
    el("a", { class: "sentence", href: pageOf(claim.id), lang: claim.language || undefined, dir: "auto" }, claim.sentence),
    el(
      "span",
      { class: "axes" },
      el("span", { class: "badge" }, concepts[`badge-${claim.badge}`] ?? claim.badge),
      el("span", {}, `${t("held by")} `, el("a", { href: pageOf(claim.holder.id) }, claim.holder.label)),
      el("span", {}, `${name(claim.certainty)}${claim.mode === "actual" ? "" : `, ${name(claim.mode)}`}${when ? `, ${when}` : ""}`),
      el("span", {}, el("a", { href: pageOf(claim.source.id) }, claim.source.label), claim.locators.length ? `, ${claim.locators.join("; ")}` : ""),
    ),
  );
}
