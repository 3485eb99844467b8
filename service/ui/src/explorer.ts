/** The explorer: turns the page's drawing into a network one walks about in. What is shown is always what the address
 *  says, so that an address is the whole state and every export link holds the same. */

import "./explorer.css";
import { Canvas } from "./explorer/canvas";
import { Finder } from "./explorer/finder";
import type { Edge, Look, Network, Thing, Words } from "./explorer/model";
import { query } from "./explorer/model";
import { Panel } from "./explorer/panel";
import { Tables } from "./explorer/tables";
import { ask, Problem, shown } from "./shared/asking";
import { data, el, one } from "./shared/dom";
import { local } from "./shared/iris";
import { t } from "./shared/words";

const PAUSE_MS = 150;
const LONG_LIST = 12;
const KEYS = t("Arrow keys go to the nearest thing that way, Enter opens it, plus and minus zoom, 0 shows all, Escape lets go.");

interface Given {
  network: Network;
  looks: Look[];
  words: Words;
  /** What concepts are called, by their local names. */
  concepts: Record<string, string>;
}

class Explorer {
  private readonly root = one<HTMLElement>(".explorer");
  private readonly form = one<HTMLFormElement>("form.filters");
  private readonly count = one<HTMLElement>("[data-count]");
  private readonly voice = el("p", { class: "voice", role: "status", "aria-live": "polite" });
  private readonly canvas: Canvas;
  private readonly panel: Panel;
  private readonly tables: Tables;
  private readonly finder: Finder;
  private network: Network;
  private words: Words;
  private running = new AbortController();
  private timer = 0;

  constructor(given: Given) {
    this.network = given.network;
    this.words = given.words;
    const side = el("aside", { class: "panel", "aria-label": t("What is said") });
    const box = el("div", { class: "canvas", tabindex: 0, role: "application", "aria-label": t("The network as a picture"), "aria-describedby": "keys" });
    const stage = one<HTMLElement>(".stage");
    stage.querySelector(".legend")?.before(this.tools(), box, el("p", { class: "keys", id: "keys" }, KEYS), this.voice);
    stage.after(side);
    this.root.classList.add("alive");
    this.canvas = new Canvas(box, given.looks, {
      thing: (thing) => void this.expand(thing),
      edge: (edge) => this.openEdge(edge),
      at: (thing) => this.say(t("{thing}, {kind}. {number} edges here.", { thing: thing.label, kind: given.looks[thing.look]?.name ?? "", number: thing.here })),
      nothing: () => this.close(),
    });
    this.panel = new Panel(side, this.address("claims"), given.looks, given.concepts, {
      expand: (thing) => void this.expand(thing),
      fold: (thing) => void this.fold(thing),
      centre: (thing) => void this.centre(thing),
      close: () => {
        this.close();
        box.focus();
      },
    });
    this.tables = new Tables(one(".below"), given.looks, given.concepts, (id) => this.pick(id));
    this.finder = new Finder(one("#around"), this.address("names"), local(given.words.around?.[0] ?? ""), () => void this.changed());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.changed();
    });
    this.form.addEventListener("change", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.changed(), PAUSE_MS);
    });
    for (const picker of this.form.querySelectorAll<HTMLElement>(".picker")) narrow(picker);
    this.panel.empty();
    this.draw();
    const at = new URLSearchParams(location.hash.slice(1)).get("of");
    const thing = at && this.network.nodes.find((node) => local(node.id) === at);
    if (thing) this.open(thing);
  }

  private address(name: string): string {
    return this.root.dataset[name] ?? "";
  }

  private tools(): HTMLElement {
    const tool = (label: string, sign: string, act: () => void) =>
      el("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick: act }, sign);
    return el(
      "div",
      { class: "tools", role: "toolbar", "aria-label": t("The picture") },
      tool(t("Nearer"), "+", () => this.canvas.zoom(1.3)),
      tool(t("Farther"), "−", () => this.canvas.zoom(1 / 1.3)),
      tool(t("Show all"), "⤢", () => this.canvas.fit()),
      tool(t("Lay out anew"), "↻", () => this.canvas.arrange()),
    );
  }

  /** The words that the form says, with what was expanded by hand. */
  private said(): Words {
    const found: Words = {};
    for (const [name, value] of new FormData(this.form)) {
      const text = String(value).trim();
      if (text && name !== "also" && name !== "around") (found[name] ??= []).push(text);
    }
    if (this.finder.value) found.around = [this.finder.value];
    if (this.words.also?.length) found.also = this.words.also;
    if (this.words.lang) found.lang = this.words.lang;
    if (found.status?.length === 1 && found.status[0] === "fact") delete found.status;
    return found;
  }

  private async changed(): Promise<void> {
    await this.load(this.said());
  }

  private async load(words: Words, near?: string): Promise<boolean> {
    this.running.abort();
    this.running = new AbortController();
    this.root.setAttribute("aria-busy", "true");
    try {
      const reply = await ask(`${this.address("network")}?${query(words)}`, { signal: this.running.signal });
      this.network = (await reply.json()) as Network;
    } catch (error) {
      if (error instanceof Problem) this.say(shown(error), true);
      else if (!(error instanceof DOMException)) throw error;
      return false;
    } finally {
      this.root.removeAttribute("aria-busy");
    }
    this.words = words;
    this.remember();
    this.draw(near);
    return true;
  }

  private remember(of?: string): void {
    history.replaceState(null, "", `${location.pathname}?${query(this.words)}${of ? `#of=${encodeURIComponent(of)}` : ""}`);
    for (const link of this.root.querySelectorAll<HTMLAnchorElement>("[data-format]")) {
      link.href = `${this.address("export")}/${link.dataset.format}?${query(this.words)}`;
    }
    for (const picker of this.form.querySelectorAll<HTMLElement>(".picker")) {
      const chosen = picker.querySelectorAll("input[name]:checked").length;
      one("[data-picked]", picker).textContent = chosen ? String(chosen) : "";
    }
  }

  private draw(near?: string): void {
    const { nodes, edges } = this.network;
    this.canvas.show(this.network, near);
    this.tables.show(this.network);
    const told = nodes.length ? t("{things} things, {edges} edges.", { things: nodes.length, edges: edges.length }) : t("Nothing fits what you chose to see.");
    this.count.textContent = told;
    this.say(told);
  }

  private async expand(thing: Thing): Promise<void> {
    const id = local(thing.id);
    this.open(thing);
    if (this.words.also?.includes(id)) return;
    const before = this.network.nodes.length;
    if (await this.load({ ...this.words, also: [...(this.words.also ?? []), id] }, thing.id)) {
      const now = this.network.nodes.find((node) => node.id === thing.id) ?? thing;
      const more = this.network.nodes.length - before;
      this.open(now);
      this.say(
        more ? t("{thing}: {number} more things are shown.", { thing: thing.label, number: more }) : t("{thing}: all that is near it was shown already.", { thing: thing.label }),
      );
    }
  }

  private async fold(thing: Thing): Promise<void> {
    const also = (this.words.also ?? []).filter((id) => id !== local(thing.id));
    const { also: _, ...rest } = this.words;
    if (await this.load(also.length ? { ...rest, also } : rest)) {
      const now = this.network.nodes.find((node) => node.id === thing.id);
      if (now) this.open(now);
      else this.close();
    }
  }

  private async centre(thing: Thing): Promise<void> {
    this.finder.set(thing);
    const { also: _, ...rest } = this.words;
    if (await this.load({ ...rest, around: [local(thing.id)] }, thing.id)) {
      const now = this.network.nodes.find((node) => node.id === thing.id);
      if (now) this.open(now);
    }
  }

  private open(thing: Thing): void {
    this.canvas.select(thing.id);
    this.remember(local(thing.id));
    void this.panel.thing(thing, this.filters(), this.words.also?.includes(local(thing.id)) ?? false);
  }

  private openEdge(edge: Edge): void {
    const [from, to] = [edge.source, edge.target].map((id) => this.network.nodes.find((node) => node.id === id));
    if (from && to) void this.panel.edge(edge, from, to, this.filters());
  }

  private pick(id: string): void {
    const thing = this.network.nodes.find((node) => node.id === id);
    const edge = this.network.edges.find((found) => found.id === id);
    if (thing) this.open(thing);
    else if (edge) {
      this.canvas.select(undefined);
      this.openEdge(edge);
    }
    const side = one<HTMLElement>(".panel");
    side.scrollIntoView({ block: "nearest" });
    side.querySelector<HTMLElement>("button:not(.close), a")?.focus();
  }

  private close(): void {
    this.canvas.select(undefined);
    this.panel.empty();
    this.remember();
  }

  /** What is asked of claims: the filters, not how much of the network is shown. */
  private filters(): Words {
    const { also: _also, top: _top, most: _most, around: _around, depth: _depth, ...rest } = this.words;
    return rest;
  }

  private say(text: string | HTMLElement, wrong = false): void {
    this.voice.replaceChildren(text);
    this.voice.classList.toggle("problem", wrong);
  }
}

/** A long list of choices gets a field that narrows it. */
function narrow(picker: HTMLElement): void {
  const choices = [...picker.querySelectorAll<HTMLElement>(".choices label")];
  if (choices.length <= LONG_LIST) return;
  const field = el("input", { type: "search", placeholder: t("narrow this list"), "aria-label": t("Narrow the list: {name}", { name: picker.querySelector("summary")?.firstChild?.textContent?.trim() ?? "" }) });
  field.addEventListener("change", (event) => event.stopPropagation());
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const choice of choices) choice.hidden = !choice.textContent?.toLowerCase().includes(wanted) && !choice.querySelector("input:checked");
  });
  one(".choices", picker).before(field);
}

new Explorer(data<Given>("explorer-data"));
