import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../api/problem-error';
import { refreshOnce, type Granted, type RefreshParts } from './refresh';

function granted(accessToken: string): Granted {
  return { accessToken, expiresAt: '2026-11-22T10:00:00.000Z', personId: 'p', sessionId: 's', roles: ['worker'] };
}

/** A browser with any number of tabs: one lock, one storage, and the cookie's side of the wire. */
function browser(send: (attempt: string) => Promise<Granted>) {
  const stored: { attempt: string | null } = { attempt: null };
  const sent: string[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  let made = 0;
  const tabs: Array<{ held: Granted | null }> = [];
  const tab = (): RefreshParts & { held(): Granted | null } => {
    const own: { held: Granted | null } = { held: null };
    tabs.push(own);
    return {
      exclusively: (work) => {
        const turn = queue.then(work, work);
        queue = turn.catch(() => undefined);
        return turn;
      },
      storedAttempt: { read: () => stored.attempt, write: (attempt) => (stored.attempt = attempt) },
      newAttempt: () => `attempt ${++made}`,
      send: (attempt) => {
        sent.push(attempt);
        return send(attempt);
      },
      held: () => own.held,
      share: (next) => tabs.forEach((other) => (other.held = next)),
      isRefusal: (error): error is ProblemError => error instanceof ProblemError && error.status === 401,
    };
  };
  return { tab, stored, sent };
}

describe('refreshOnce', () => {
  it('stores the attempt before it sends and forgets it after the answer', async () => {
    const seen: Array<string | null> = [];
    const { tab, stored } = browser(async () => {
      seen.push(stored.attempt);
      return granted('new');
    });
    await refreshOnce(tab(), null);
    expect(seen).toEqual(['attempt 1']);
    expect(stored.attempt).toBeNull();
  });

  it('repeats the same attempt when the answer was lost', async () => {
    let lost = true;
    const { tab, sent } = browser(async () => {
      if (!lost) return granted('new');
      lost = false;
      throw new ProblemError('network', 0);
    });
    await expect(refreshOnce(tab(), 'old')).rejects.toThrow();
    // The page may have been closed in between: a new tab finds the attempt in storage.
    expect((await refreshOnce(tab(), 'old'))?.accessToken).toBe('new');
    expect(sent).toEqual(['attempt 1', 'attempt 1']);
  });

  it('shares one refresh among fifty tabs', async () => {
    const { tab, sent } = browser(async () => granted('new'));
    const answers = await Promise.all(Array.from({ length: 50 }, () => refreshOnce(tab(), 'old')));
    expect(sent).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer?.accessToken))).toEqual(new Set(['new']));
  });

  it('asks again when the token in hand is the stale one', async () => {
    let round = 0;
    const { tab, sent } = browser(async () => granted(`token ${++round}`));
    const one = tab();
    await refreshOnce(one, null);
    await refreshOnce(one, 'token 1');
    expect(sent).toEqual(['attempt 1', 'attempt 2']);
  });

  it('is signed out, and keeps no attempt, when the service refuses', async () => {
    const { tab, stored } = browser(async () => {
      throw new ProblemError('auth.signed_out', 401);
    });
    expect(await refreshOnce(tab(), 'old')).toBeNull();
    expect(stored.attempt).toBeNull();
  });
});
