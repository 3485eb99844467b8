/** Requests to this service, and what it says when it cannot answer. */

import { el } from "./dom";
import { t } from "./words";

/** A refusal in the service's own words (problem details, RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly what: string,
    readonly remedy: string,
    readonly line = 0,
    readonly column = 0,
    /** Of the text, where it is not the page's: the service says to programs in English what is wrong. */
    readonly language = "",
  ) {
    super(what);
  }
}

/** What a problem says, for people. */
export function shown(problem: Problem): HTMLElement {
  return el("span", { lang: problem.language || undefined }, `${problem.what} ${problem.remedy}`);
}

/** An answer, or the problem it was.
 *  @throws Problem the service refused, or cannot be reached. */
export async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(t("The service cannot be reached."), t("Look at your connection, then try again."));
  }
  if (response.ok) return response;
  if ((response.headers.get("content-type") ?? "").includes("json")) {
    const told = (await response.json()) as Record<string, unknown>;
    throw new Problem(
      String(told.detail ?? told.title ?? response.statusText),
      String(told.remedy ?? ""),
      Number(told.line ?? 0),
      Number(told.column ?? 0),
      "en",
    );
  }
  throw new Problem(t("The service answered {status}.", { status: response.status }), "");
}
