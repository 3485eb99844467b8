/** The query as a program asks it: for a shell, for Python and for R. */

import { el } from "../shared/dom";
import { t } from "../shared/words";

const WRITERS: [string, (endpoint: string, query: string) => string][] = [
  [
    "curl",
    (endpoint, query) =>
      `curl '${endpoint}' -H 'Accept: text/csv' --data-urlencode query@- <<'SPARQL'\n${query.replaceAll("\nSPARQL\n", "\n SPARQL\n")}\nSPARQL\n`,
  ],
  [
    "Python",
    (endpoint, query) =>
      `import csv, io, urllib.parse, urllib.request\n\nquery = ${python(query)}\nrequest = urllib.request.Request(\n    "${endpoint}",\n    urllib.parse.urlencode({"query": query}).encode(),\n    {"Accept": "text/csv"},\n)\nwith urllib.request.urlopen(request) as answer:\n    rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))\nprint(rows)\n`,
  ],
  [
    "R",
    (endpoint, query) =>
      `library(httr2)\n\nquery <- r"---(${query})---"\nanswer <- request("${endpoint}") |>\n  req_headers(Accept = "text/csv") |>\n  req_body_form(query = query) |>\n  req_perform()\nrows <- read.csv(text = resp_body_string(answer))\nprint(rows)\n`,
  ],
];

/** The query as a Python literal that holds whatever is in it. */
function python(query: string): string {
  return `"""\\\n${query.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"')}\n"""`;
}

/** A folded part of the page with all three, written when it is opened. */
export function snippets(endpoint: string, query: () => string): HTMLElement {
  const holder = el("div", { class: "snippets" });
  const whole = el("details", { class: "as-program" }, el("summary", {}, t("As curl, Python or R")), holder);
  whole.addEventListener("toggle", () => {
    if (!whole.open) return;
    holder.replaceChildren(
      ...WRITERS.map(([name, write]) => {
        const text = write(endpoint, query());
        return el("section", {}, el("h3", {}, name), copier(() => text, t("Copy {name}", { name })), el("pre", { tabindex: 0 }, el("code", {}, text)));
      }),
    );
  });
  return whole;
}

/** A button that copies a text and says so. */
export function copier(text: () => string, label: string): HTMLButtonElement {
  const button = el("button", { type: "button", class: "quiet copy" }, label);
  button.addEventListener("click", () => void copy());
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = t("Copied");
    } catch {
      button.textContent = t("Not allowed to copy: select the text instead");
    }
    window.setTimeout(() => (button.textContent = label), 2500);
  }
  return button;
}
