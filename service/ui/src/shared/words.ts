/** What the scripts say, in the language of the page: the page brings the texts, found by their English. */

import { data } from "./dom";

/** All texts that the page brought; none where it is in English. */
export const words = document.querySelector("#script-words") ? data<Record<string, string>>("script-words") : {};

/** A text in the language of the page, with values in place of the names in braces. */
export function t(text: string, values: Record<string, string | number> = {}): string {
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
