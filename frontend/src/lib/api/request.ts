import { problemFrom, ProblemError } from './problem-error';

/** Longer than a service takes to give up by itself, shorter than a thumb waits. */
const TIMEOUT_MS = 15_000;

export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/** One exchange: the parsed answer, or a ProblemError whatever the cause. */
export async function exchange(request: HttpRequest): Promise<unknown> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      credentials: 'same-origin',
      signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
    });
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    throw new ProblemError(timeout.aborted ? 'timeout' : 'network', 0);
  }
  if (!response.ok) throw await problemFrom(response);
  return response.status === 204 ? undefined : response.json();
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
  return search.size > 0 ? `${filled}?${search}` : filled;
}
