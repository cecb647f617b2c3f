/** What the clients did, as they saw it; written down as it happens, judged afterwards. */

export type Outcome =
  /** A success was answered. */
  | 'ok'
  /** A refusal was answered: nothing was changed. */
  | 'fail'
  /** No answer, or one that says nothing about the outcome (503): the same key is sent again. */
  | 'unknown';

/** One request and what came of it. Attempts of one intention share `key`. */
export interface Attempt {
  /** The route's verb: `sendInvite`. */
  readonly op: string;
  readonly key: string;
  readonly who: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  /** Of the problem, where one was answered. */
  readonly code: string | undefined;
  /** The request's parameters and body. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>> | undefined;
}

/** The last word on each intention: its first success, or else its last attempt. */
export function conclusions(history: readonly Attempt[]): Attempt[] {
  const byKey = new Map<string, Attempt>();
  for (const attempt of history) {
    const known = byKey.get(attempt.key);
    if (known?.outcome !== 'ok') byKey.set(attempt.key, attempt);
  }
  return [...byKey.values()];
}

export class History {
  readonly attempts: Attempt[] = [];

  add(attempt: Attempt): void {
    this.attempts.push(attempt);
  }

  countOf(outcome: Outcome): number {
    return this.attempts.filter((attempt) => attempt.outcome === outcome).length;
  }
}
