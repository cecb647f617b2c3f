import type { Clock } from '../clock/clock';
import { problemFrom, ProblemError } from './problem-error';

/** Longer than a service takes to give up by itself, and shorter than a person waits; in milliseconds. */
const TIMEOUT_MS = 15_000;

export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/** Sends one request and returns the parsed answer. Throws a ProblemError for every cause except the caller's own abort. */
export type Exchange = (request: HttpRequest) => Promise<unknown>;

export function createExchange({ fetch, clock }: { fetch: typeof globalThis.fetch; clock: Clock }): Exchange {
  return async ({ method, url, headers, body, signal }) => {
    // Joined by hand, because AbortSignal.any is younger than the oldest browsers that Muster serves.
    const stop = new AbortController();
    const abort = () => stop.abort();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      abort();
    }, TIMEOUT_MS);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    const hear = clock.ask();
    try {
      const response = await fetch(url, { method, headers, body, credentials: 'same-origin', signal: stop.signal });
      hear(response.headers.get('date'));
      if (!response.ok) throw await problemFrom(response);
      return response.status === 204 ? undefined : ((await response.json()) as unknown);
    } catch (cause) {
      if (cause instanceof ProblemError || signal?.aborted) throw cause;
      throw new ProblemError(late ? 'timeout' : 'network', 0);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  };
}

/** `/jobs/:jobId` with its parameters filled in and the query behind it. */
export function addressOf(path: string, params: object = {}, query: object = {}): string {
  const values = new Map<string, unknown>(Object.entries(params));
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as Array<[string, unknown]>) {
    const all = Array.isArray(value) ? (value as unknown[]) : [value];
    for (const one of all) if (one !== undefined && one !== null) search.append(name, String(one));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}
