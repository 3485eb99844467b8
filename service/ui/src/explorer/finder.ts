/** A field that suggests things by name, after the ARIA pattern of a combobox with a list. */

import { ask } from "../shared/asking";
import { el } from "../shared/dom";
import { local } from "../shared/iris";
import { t } from "../shared/words";
import type { Named } from "./model";

const PAUSE_MS = 120;

export class Finder {
  private found: Named[] = [];
  private at = -1;
  private timer = 0;
  private running = new AbortController();
  private readonly list: HTMLUListElement;
  /** The thing chosen, as addresses name it; "" where the field is empty. */
  value: string;

  constructor(
    private readonly field: HTMLInputElement,
    private readonly address: string,
    value: string,
    private readonly chosen: () => void,
  ) {
    this.value = value;
    this.list = el("ul", { class: "suggestions", role: "listbox", id: "suggestions", hidden: true, "aria-label": t("Things of this name") });
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": "false" };
    for (const [name, text] of Object.entries(attributes)) field.setAttribute(name, text);
    field.after(this.list);
    field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.look(), PAUSE_MS);
    });
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    field.addEventListener("change", (event) => {
      event.stopPropagation();
      if (!field.value.trim()) this.choose({ id: "", label: "" });
    });
  }

  set(thing: Named): void {
    this.value = local(thing.id);
    this.field.value = thing.label;
    this.close();
  }

  private async look(): Promise<void> {
    const wanted = this.field.value.trim();
    if (!wanted) return this.close();
    this.running.abort();
    this.running = new AbortController();
    try {
      const reply = await ask(`${this.address}?q=${encodeURIComponent(wanted)}`, { signal: this.running.signal });
      this.found = (await reply.json()) as Named[];
    } catch {
      return;
    }
    this.at = -1;
    this.draw();
  }

  private draw(): void {
    this.list.replaceChildren(
      ...this.found.map((thing, index) =>
        el(
          "li",
          {
            role: "option",
            id: `suggestion-${index}`,
            "aria-selected": index === this.at ? "true" : "false",
            dir: "auto",
            onmousedown: (event) => {
              event.preventDefault();
              this.choose(thing);
            },
          },
          thing.label,
        ),
      ),
    );
    this.list.hidden = !this.found.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    if (this.at < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `suggestion-${this.at}`);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      event.preventDefault();
      const thing = this.found[Math.max(this.at, 0)];
      if (thing && !this.list.hidden) this.choose(thing);
    } else if (event.key === "Escape") this.close();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.found.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.draw();
      this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    }
  }

  private choose(thing: Named): void {
    this.set(thing);
    this.chosen();
  }

  private close(): void {
    clearTimeout(this.timer);
    this.found = [];
    this.draw();
  }
}
