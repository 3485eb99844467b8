/** The editor: SPARQL in colour, with the ontology's terms and the graph's things to complete from. */

import { autocompletion, closeBrackets, closeBracketsKeymap, type CompletionContext, type CompletionResult, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { ask } from "../shared/asking";
import { local } from "../shared/iris";
import { t, words } from "../shared/words";

interface Terms {
  prefixes: Record<string, string>;
  terms: { name: string; kind: string; label: string; help: string }[];
}

const KEYWORDS = "SELECT DISTINCT WHERE OPTIONAL FILTER GRAPH UNION MINUS BIND VALUES PREFIX ORDER BY GROUP HAVING LIMIT OFFSET ASK CONSTRUCT DESCRIBE COUNT SAMPLE MIN MAX AVG LANG STR CONTAINS LCASE REGEX BOUND EXISTS NOT IN".split(" ");
const KINDS: Record<string, string> = { relation: t("relation"), qualifier: t("qualifier"), class: t("class"), property: t("property"), concept: t("concept") };
const ICONS: Record<string, string> = { relation: "property", qualifier: "variable", class: "class", property: "property", concept: "enum" };

/** Colours by the page's variables, so that light and dark follow the page. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--fact)" },
  { tag: [tags.variableName, tags.special(tags.variableName), tags.propertyName], color: "var(--disputed)" },
  { tag: [tags.number, tags.bool], color: "var(--hedged)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.url, tags.namespace, tags.atom], color: "var(--qualified)" },
]);

const look = EditorView.theme({
  "&": { backgroundColor: "var(--ground)", color: "var(--ink)", fontSize: "0.9rem" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace', lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--ink)", paddingBlock: "0.6rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--soft)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent) 7%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent) !important" },
  ".cm-tooltip": { backgroundColor: "var(--ground)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "0.4rem", maxWidth: "min(30rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--ground)" },
  ".cm-completionInfo": { padding: "0.5rem 0.7rem", fontFamily: "system-ui, sans-serif" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.75" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--denied)" },
});

export class Editor {
  readonly view: EditorView;
  private terms: Promise<Terms> | undefined;

  constructor(
    holder: HTMLElement,
    text: string,
    private readonly addresses: { terms: string; names: string },
    nonce: string,
    on: { run: () => void; change: (text: string) => void },
  ) {
    this.view = new EditorView({
      parent: holder,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(nonce),
          EditorState.phrases.of(words), // what CodeMirror itself says: its texts are in the catalogue too
          lineNumbers(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          EditorState.allowMultipleSelections.of(true),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          lintGutter(),
          sparql(),
          syntaxHighlighting(colours),
          look,
          autocompletion({ override: [(context) => this.complete(context)], icons: false }),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": t("SPARQL query"), spellcheck: "false", autocapitalize: "off" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) on.change(update.state.doc.toString());
          }),
          keymap.of([
            { key: "Mod-Enter", run: () => (on.run(), true) },
            // Tab leaves the editor, as it leaves any field: who cannot use a pointer must be able to go on.
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            ...searchKeymap,
            ...completionKeymap,
            ...lintKeymap,
          ]),
        ],
      }),
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, selection: { anchor: 0 } });
    this.clear();
  }

  /** Mark where the service found a mistake, and go there. */
  mark(line: number, column: number, message: string): void {
    const { doc } = this.view.state;
    const row = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const from = Math.max(Math.min(row.from + column - 1, row.to - 1), row.from); // past the end is the last letter
    const word = /^[\w:?$-]+/.exec(doc.sliceString(from, row.to))?.[0].length ?? 1;
    const to = Math.min(from + word, doc.length);
    this.view.dispatch(setDiagnostics(this.view.state, [{ from, to, severity: "error", message }]));
    this.view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  }

  /** Take all marks away. */
  clear(): void {
    this.view.dispatch(setDiagnostics(this.view.state, []));
  }

  private load(): Promise<Terms> {
    this.terms ??= ask(this.addresses.terms).then((reply) => reply.json() as Promise<Terms>);
    return this.terms;
  }

  private async complete(context: CompletionContext): Promise<CompletionResult | null> {
    const word = context.matchBefore(/[\w-]*:?[\w-]*/);
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) return this.variables(variable.from, context);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (inText(context)) return null;
    const things = /^id:(.+)/.exec(word.text);
    if (things) return this.things(word.from, things[1] ?? "");
    const { prefixes, terms } = await this.load();
    const options = [
      ...terms.map((term) => ({ label: term.name, type: ICONS[term.kind], detail: `${KINDS[term.kind] ?? term.kind}: ${term.label}`, info: term.help || undefined, boost: term.kind === "relation" ? 2 : 1 })),
      ...Object.entries(prefixes).map(([name, iri]) => ({ label: `${name}:`, detail: iri, type: "namespace" })),
      ...KEYWORDS.map((label) => ({ label, type: "keyword", boost: -1 })),
    ];
    // What people type is often the word and not the prefix: interestedIn finds aigov:interestedIn.
    return { from: word.from, options, validFor: /^[\w-]*:?[\w-]*$/ };
  }

  private variables(from: number, context: CompletionContext): CompletionResult {
    const here = context.state.sliceDoc(from, context.pos);
    const found = new Set([...context.state.doc.toString().matchAll(/[?$]\w+/g)].map((match) => match[0]));
    found.delete(here);
    return { from, options: [...found].map((label) => ({ label, type: "variable" })) };
  }

  private async things(from: number, letters: string): Promise<CompletionResult | null> {
    const reply = await ask(`${this.addresses.names}?q=${encodeURIComponent(letters.replaceAll("-", " "))}`);
    const found = (await reply.json()) as { id: string; label: string }[];
    return { from, options: found.map((thing) => ({ label: `id:${local(thing.id)}`, detail: thing.label })), filter: false };
  }
}

/** Whether the cursor stands in a comment or in quotes, where terms are not wanted. */
function inText(context: CompletionContext): boolean {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  return /^\s*#/.test(before) || (before.split('"').length - 1) % 2 === 1;
}
