import type { ProblemError } from '../api/problem-error';

export interface Granted {
  accessToken: string;
  expiresAt: string;
  personId: string;
  sessionId: string;
  roles: ReadonlyArray<'worker' | 'contractor' | 'support' | 'admin'>;
}

export interface RefreshParts {
  /** Runs `work` while no other tab of this browser does. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  storedAttempt: { read(): string | null; write(attempt: string | null): void };
  newAttempt(): string;
  send(attemptId: string): Promise<Granted>;
  /** The token that this tab holds now; another tab may have shared a newer one while this one waited. */
  held(): Granted | null;
  /** Shares the granted token with the other tabs. */
  share(granted: Granted): void;
  isRefusal(error: unknown): error is ProblemError;
}

/**
 * The client's half of refresh rotation. The attempt id is stored before the request leaves: when the answer is
 * lost (page closed, tunnel, crash) the next try repeats the same id and is given the same successor, so that a bad
 * connection never looks like a stolen cookie.
 *
 * @param stale the token that is no longer valid; if this tab holds another one by now, that one is returned
 * @returns null when this device is signed out
 */
export async function refreshOnce(parts: RefreshParts, stale: string | null): Promise<Granted | null> {
  return parts.exclusively(async () => {
    const held = parts.held();
    if (held !== null && held.accessToken !== stale) return held;
    const attempt = parts.storedAttempt.read() ?? parts.newAttempt();
    parts.storedAttempt.write(attempt);
    try {
      const granted = await parts.send(attempt);
      parts.storedAttempt.write(null);
      parts.share(granted);
      return granted;
    } catch (error) {
      if (!parts.isRefusal(error)) throw error;
      parts.storedAttempt.write(null);
      return null;
    }
  });
}
