/** The query page: an editor in place of the plain field, and answers shown on the spot. */

import "./query.css";
import { Editor } from "./query/editor";
import { type Answer, read } from "./query/model";
import { copier, snippets } from "./query/snippets";
import { columnsOfThings, table } from "./query/table";
import { datesIn, timeline } from "./query/timeline";
import { ask, Problem, shown } from "./shared/asking";
import { el, one } from "./shared/dom";
import { t } from "./shared/words";

const ACCEPT = "application/sparql-results+json, application/ld+json";

interface Way {
  name: string;
  label: string;
  fits: (answer: Answer) => boolean;
  draw: (answer: Answer) => HTMLElement | Promise<HTMLElement>;
}

const WAYS: Way[] = [
  { name: "table", label: t("Table"), fits: () => true, draw: table },
  {
    name: "network",
    label: t("Network"),
    fits: (answer) => columnsOfThings(answer).length > 1,
    draw: async (answer) => (await import("./query/network")).network(answer),
  },
  { name: "timeline", label: t("Timeline"), fits: (answer) => datesIn(answer).length > 0, draw: timeline },
  { name: "raw", label: t("As sent"), fits: () => true, draw: (answer) => el("pre", { tabindex: 0, class: "raw" }, pretty(answer.raw)) },
];
const RAW_MOST = 200_000;

class Page {
  private readonly root = one<HTMLElement>(".asking");
  private readonly form = one<HTMLFormElement>("form.ask");
  private readonly field = one<HTMLTextAreaElement>("#query");
  private readonly run = el("button", { type: "button", class: "run", title: t("Ctrl and Enter") }, t("Run"));
  private readonly told = el("p", { class: "told", role: "status", "aria-live": "polite" });
  private readonly results = el("section", { class: "results", "aria-label": t("The answer"), hidden: true });
  private readonly editor: Editor;
  private running: AbortController | undefined;
  private way = "table";

  constructor() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const text = asked.get("query") ?? this.field.value;
    if (WAYS.some((way) => way.name === asked.get("view"))) this.way = asked.get("view")!;
    const holder = el("div", { class: "editor" });
    const label = one<HTMLLabelElement>("label[for=query]");
    this.field.before(holder);
    this.field.hidden = true;
    this.field.value = text;
    this.field.required = false;
    this.editor = new Editor(
      holder,
      text,
      { terms: this.address("terms"), names: this.address("names") },
      this.address("nonce"),
      { run: () => void this.ask(), change: (changed) => (this.field.value = changed) },
    );
    label.addEventListener("click", (event) => {
      event.preventDefault();
      this.editor.view.focus();
    });
    this.run.addEventListener("click", () => (this.running ? this.running.abort() : void this.ask()));
    one(".doings").prepend(this.run, copier(() => this.link(), t("Copy link")));
    one<HTMLButtonElement>(".fetch").textContent = t("Get the file");
    this.form.after(this.told, this.results);
    one(".also").after(snippets(new URL(this.address("endpoint"), location.href).href, () => this.editor.text));
    this.gallery();
    this.root.classList.add("alive");
    if (asked.has("query")) this.say(t("This query came with the link and was not run. Look at it, then press Run."));
  }

  private address(name: string): string {
    return this.root.dataset[name] ?? "";
  }

  /** An address that brings the query along, without running it. */
  private link(): string {
    const found = new URLSearchParams({ query: this.editor.text, view: this.way });
    return `${location.origin}${location.pathname}#${found.toString()}`;
  }

  private async ask(): Promise<void> {
    this.running?.abort();
    const running = (this.running = new AbortController());
    this.run.textContent = t("Stop");
    this.results.setAttribute("aria-busy", "true");
    this.editor.clear();
    this.say(t("Asking …"));
    const started = performance.now();
    try {
      const reply = await ask(this.address("endpoint"), {
        method: "POST",
        headers: { Accept: ACCEPT, "Content-Type": "application/sparql-query" },
        body: this.editor.text,
        signal: running.signal,
      });
      const answer = read(await reply.text(), reply.headers.get("content-type") ?? "");
      const took = Math.round(performance.now() - started);
      history.replaceState(null, "", this.link());
      await this.show(answer);
      this.say(counted(answer, took));
    } catch (error) {
      this.results.hidden = true;
      if (error instanceof Problem) this.wrong(error);
      else if (error instanceof DOMException && error.name === "AbortError") this.say(t("Stopped."));
      else throw error;
    } finally {
      if (this.running === running) {
        this.running = undefined;
        this.run.textContent = t("Run");
        this.results.removeAttribute("aria-busy");
      }
    }
  }

  private wrong(problem: Problem): void {
    this.say("");
    this.told.classList.add("problem");
    if (problem.line) {
      this.editor.mark(problem.line, problem.column, problem.what);
      const go = el("button", { type: "button", class: "quiet" }, t("Line {line}, column {column}", { line: problem.line, column: problem.column }));
      go.addEventListener("click", () => {
        this.editor.mark(problem.line, problem.column, problem.what);
        this.editor.view.focus();
      });
      this.told.append(go, " ");
    }
    this.told.append(shown(problem));
  }

  private async show(answer: Answer): Promise<void> {
    const ways = WAYS.filter((way) => way.fits(answer));
    const body = el("div", { class: "shown", role: "tabpanel", id: "shown", tabindex: -1 });
    const tabs = ways.map((way) =>
      el("button", { type: "button", role: "tab", id: `tab-${way.name}`, "aria-controls": "shown" }, way.label),
    );
    const choose = async (index: number, focus: boolean) => {
      for (const [at, tab] of tabs.entries()) {
        tab.setAttribute("aria-selected", String(at === index));
        tab.tabIndex = at === index ? 0 : -1;
      }
      body.setAttribute("aria-labelledby", tabs[index]!.id);
      body.replaceChildren(await ways[index]!.draw(answer));
      if (focus) {
        tabs[index]!.focus();
        this.way = ways[index]!.name;
        history.replaceState(null, "", this.link());
      }
    };
    for (const [index, tab] of tabs.entries()) {
      tab.addEventListener("click", () => void choose(index, true));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) void choose((index + step + tabs.length) % tabs.length, true);
      });
    }
    this.results.replaceChildren(el("div", { role: "tablist", class: "tabs", "aria-label": t("Show the answer as") }, ...tabs), body);
    this.results.hidden = false;
    await choose(Math.max(ways.findIndex((way) => way.name === this.way), 0), false);
  }

  /** The questions fill the editor on the spot, and can be narrowed by a word. */
  private gallery(): void {
    const whole = document.querySelector<HTMLElement>(".gallery");
    if (!whole) return;
    let texts: Promise<Record<string, string>> | undefined;
    const entries = [...whole.querySelectorAll<HTMLLIElement>("li")];
    const none = el("p", { class: "hint", hidden: true }, t("No question has these words."));
    const search = el("input", { type: "search", placeholder: t("such as export, disputed, Huawei"), "aria-label": t("Find a question") });
    search.addEventListener("input", () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const entry of entries) entry.hidden = !words.every((word) => entry.textContent?.toLowerCase().includes(word));
      none.hidden = entries.some((entry) => !entry.hidden);
    });
    one("ul", whole).before(search, none);
    for (const link of whole.querySelectorAll<HTMLAnchorElement>("[data-example]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void fill(link);
      });
    }
    const fill = async (link: HTMLAnchorElement) => {
      texts ??= ask(this.address("questions")).then((reply) => reply.json() as Promise<Record<string, string>>);
      const text = (await texts)[link.dataset.example ?? ""];
      if (!text) return;
      for (const other of whole.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      this.editor.text = text;
      one("label[for=query]").textContent = link.nextElementSibling?.textContent ?? link.textContent;
      this.form.scrollIntoView({ block: "nearest" });
      await this.ask();
    };
  }

  private say(text: string): void {
    this.told.classList.remove("problem");
    this.told.textContent = text;
  }
}

function counted(answer: Answer, ms: number): string {
  if (answer.kind === "truth") return t("Answered in {ms} ms.", { ms });
  const values = { number: answer.rows.length.toLocaleString("en"), ms };
  if (answer.kind === "graph") return answer.rows.length === 1 ? t("1 statement in {ms} ms.", values) : t("{number} statements in {ms} ms.", values);
  return answer.rows.length === 1 ? t("1 row in {ms} ms.", values) : t("{number} rows in {ms} ms.", values);
}

function pretty(raw: string): string {
  return raw.length > RAW_MOST ? `${raw.slice(0, RAW_MOST)}\n…` : JSON.stringify(JSON.parse(raw), null, 2);
}

new Page();
