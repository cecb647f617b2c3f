import { routes } from '../api/generated';
import { ProblemError } from '../api/problem-error';
import type { Exchange } from '../api/request';
import type { Clock } from '../clock/clock';
import { createListeners } from '../listeners';
import { refreshOnce, type Granted } from './refresh';
import type { DeviceStorage } from './storage';

export type Role = Granted['roles'][number];
export type SessionState =
  | { state: 'unknown' }
  /** `ended`: the session ended without the person signing out here. The sign-in page tells them so. */
  | { state: 'signed-out'; ended: boolean }
  | { state: 'signed-in'; personId: string; roles: readonly Role[] };

export type TabMessage = { kind: 'granted'; granted: Granted } | { kind: 'signed-out'; ended: boolean };

/** The other tabs of this browser. */
export interface Tabs {
  post(message: TabMessage): void;
  onMessage(listener: (message: TabMessage) => void): void;
}

/** Runs `work` while no other tab of this browser runs work of that name. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T>;

interface Parts {
  storage: DeviceStorage;
  clock: Clock;
  exchange: Exchange;
  tabs: Tabs;
  exclusively: Exclusively;
}

/** A token is renewed this long before it runs out, so that a slow request still arrives with a valid one. */
const EARLY_MS = 20_000;

/** What stays on the device after a sign-out: the language, the theme and the hat worn last. */
const DEVICE_SETTINGS = ['language', 'theme', 'hat'];

export type Session = ReturnType<typeof createSession>;

/** Holds who is signed in on this device. The access token is kept in memory only: a script that reads the storage finds no token. */
export function createSession({ storage, clock, exchange, tabs, exclusively }: Parts) {
  let granted: Granted | null = null;
  let session: SessionState = storage.read('signed-in') === null ? { state: 'signed-out', ended: false } : { state: 'unknown' };
  let renewing: Promise<string | null> | null = null;
  /** True while the person is signing out: that the service ends the session meanwhile is expected. */
  let leaving = false;
  const { subscribe, tell } = createListeners();

  tabs.onMessage((message) => {
    if (message.kind === 'granted') hold(message.granted);
    else drop(message.ended);
  });

  function setSession(next: SessionState): void {
    if (JSON.stringify(next) === JSON.stringify(session)) return;
    session = next;
    tell();
  }

  function hold(next: Granted): void {
    granted = next;
    storage.write('signed-in', next.personId);
    setSession({ state: 'signed-in', personId: next.personId, roles: next.roles });
  }

  function drop(endedElsewhere: boolean): void {
    const ended = endedElsewhere && !leaving;
    granted = null;
    storage.write('signed-in', null);
    // After a sign-out nothing of the person stays: the phone may be about to change hands. A session that was ended
    // elsewhere keeps what was not sent yet for the next sign-in.
    if (!ended) storage.clear(DEVICE_SETTINGS);
    setSession({ state: 'signed-out', ended });
  }

  async function renewNow(stale: string | null): Promise<string | null> {
    const next = await refreshOnce(
      {
        exclusively: (work) => exclusively('muster.refresh', work),
        storedAttempt: { read: () => storage.read('refresh-attempt'), write: (attempt) => storage.write('refresh-attempt', attempt) },
        newAttempt: () => crypto.randomUUID(),
        send: sendRefresh,
        held: () => granted,
        share: begin,
        isRefusal: (error): error is ProblemError => error instanceof ProblemError && error.status === 401,
      },
      stale,
    );
    if (next === null) {
      drop(true);
      tabs.post({ kind: 'signed-out', ended: !leaving });
      throw new ProblemError('platform.not_signed_in', 401);
    }
    return next.accessToken;
  }

  async function sendRefresh(attemptId: string): Promise<Granted> {
    const [method, url] = routes['auth.refresh'];
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    return (await exchange({ method, url, headers, body: JSON.stringify({ attemptId }) })) as Granted;
  }

  /** Called after a sign-up or a sign-in. */
  function begin(next: Granted): void {
    hold(next);
    tabs.post({ kind: 'granted', granted: next });
  }

  /**
   * Signs the person out. The device is signed out even where the request does not reach the service, and also where the
   * socket hears of the end before the answer comes.
   */
  async function leave(request: () => Promise<unknown>): Promise<void> {
    leaving = true;
    await request().catch(() => undefined);
    end();
    leaving = false;
  }

  /** Signs this device out and nothing else. */
  function end(): void {
    drop(false);
    tabs.post({ kind: 'signed-out', ended: false });
  }

  /** Fetches a new token in place of `stale`. */
  function renewToken(stale: string | null): Promise<string | null> {
    renewing ??= renewNow(stale).finally(() => {
      renewing = null;
    });
    return renewing;
  }

  /** The access token for a request; null when nobody is signed in. */
  async function accessToken(): Promise<string | null> {
    if (session.state === 'signed-out') return null;
    if (granted !== null && Date.parse(granted.expiresAt) - clock.now() > EARLY_MS) return granted.accessToken;
    return renewToken(granted?.accessToken ?? null);
  }

  return {
    begin,
    end,
    leave,
    accessToken,
    renewToken,
    /** Exchanges the session cookie for a new token; changed hats take effect by this too. */
    renew: () => renewToken(granted?.accessToken ?? null),
    current: () => session,
    subscribe,
  };
}
