import { useSyncExternalStore } from 'react';
import { routes } from '../api/generated';
import { ProblemError } from '../api/problem-error';
import { exchange } from '../api/request';
import { refreshOnce, type Granted } from './refresh';
import { storage } from './storage';

export type Role = Granted['roles'][number];
export type Session =
  | { state: 'unknown' }
  | { state: 'signed-out' }
  | { state: 'signed-in'; personId: string; roles: readonly Role[] };

type TabMessage = { kind: 'granted'; granted: Granted } | { kind: 'signed-out' };

/** The access token lives in memory only: a script that reads storage finds nothing to steal. */
let granted: Granted | null = null;
let session: Session = storage.read('signed-in') === null ? { state: 'signed-out' } : { state: 'unknown' };
const listeners = new Set<() => void>();
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('muster.session');

tabs?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
  if (data.kind === 'granted') hold(data.granted);
  else drop();
});

/** A token before it runs out is renewed this early, so that a slow request still arrives with a good one. */
const EARLY_MS = 20_000;

function hold(next: Granted): void {
  granted = next;
  storage.write('signed-in', next.personId);
  setSession({ state: 'signed-in', personId: next.personId, roles: next.roles });
}

function drop(): void {
  granted = null;
  storage.write('signed-in', null);
  setSession({ state: 'signed-out' });
}

function setSession(next: Session): void {
  if (JSON.stringify(next) === JSON.stringify(session)) return;
  session = next;
  listeners.forEach((listener) => listener());
}

/** After sign-up or sign-in. */
export function begin(next: Granted): void {
  hold(next);
  tabs?.postMessage({ kind: 'granted', granted: next } satisfies TabMessage);
}

/** After sign-out, or when a service says that this device is. */
export function end(): void {
  drop();
  tabs?.postMessage({ kind: 'signed-out' } satisfies TabMessage);
}

/** Null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  if (session.state === 'signed-out') return null;
  if (granted !== null && Date.parse(granted.expiresAt) - Date.now() > EARLY_MS) return granted.accessToken;
  return renewToken(granted?.accessToken ?? null);
}

let renewing: Promise<string | null> | null = null;

/** A new token in place of `stale`; also how changed hats come into effect. */
export function renewToken(stale: string | null): Promise<string | null> {
  renewing ??= renewNow(stale).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewNow(stale: string | null): Promise<string | null> {
  const next = await refreshOnce(
    {
      exclusively: (work) => (navigator.locks ? navigator.locks.request('muster.refresh', work) : work()),
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
    end();
    throw new ProblemError('platform.not_signed_in', 401);
  }
  return next.accessToken;
}

async function sendRefresh(attemptId: string): Promise<Granted> {
  const [method, url] = routes['auth.refresh'];
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return (await exchange({ method, url, headers, body: JSON.stringify({ attemptId }) })) as Granted;
}

export function renewSession(): Promise<string | null> {
  return renewToken(granted?.accessToken ?? null);
}

export function currentSession(): Session {
  return session;
}

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSession(): Session {
  return useSyncExternalStore(onSessionChange, currentSession);
}

/** The person that is signed in; only for screens behind the sign-in. */
export function useMe(): { personId: string; roles: readonly Role[] } {
  const current = useSession();
  return current.state === 'signed-in' ? current : { personId: '', roles: [] };
}
