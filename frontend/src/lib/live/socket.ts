import { renew, renewAll } from '../api/query-client';
import type { Parts } from '../parts';
import { backoff } from './backoff';
import { staleAfter } from './stale-after';

interface Hint {
  kind: string;
  id: string;
  version: number;
}
type Frame = { type: 'welcome'; heartbeatSeconds: number } | { type: 'hint'; hint: Hint } | { type: 'refetch' } | { type: 'beat' };

/** Closed by the server for good: the session is over, or the address is not ours. */
const SESSION_OVER = 4403;
/** The server restarts; everybody reconnects, so everybody waits a different while. */
const RESTART = 1012;

/**
 * Keeps the person's screens fresh while they are signed in. On every connection, the first one too, all that was read
 * before it is read again: nobody sent hints of what happened meanwhile.
 *
 * @returns stops it
 */
export function goLive({ call, queries }: Pick<Parts, 'call' | 'queries'>): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let stopped = false;

  const later = (milliseconds: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void connect(), milliseconds);
  };

  const connect = async (): Promise<void> => {
    if (stopped || socket !== null) return;
    let ticket: string;
    try {
      ({ ticket } = await call('communication.takeSocketTicket'));
    } catch {
      later(backoff(attempt++));
      return;
    }
    // Stopping may have come while the ticket was on its way.
    if (stopped as boolean) return;
    const opened = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`);
    socket = opened;
    opened.addEventListener('open', () => opened.send(JSON.stringify({ type: 'hello', ticket })));
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => receive(JSON.parse(data) as Frame));
    opened.addEventListener('close', ({ code }) => {
      socket = null;
      clearTimeout(silence);
      if (code === SESSION_OVER) void call('auth.readAccount').catch(() => undefined);
      later(code === RESTART ? 500 + Math.random() * 4500 : backoff(attempt++));
    });
  };

  let heartbeatMs = 30_000;
  const listen = (): void => {
    clearTimeout(silence);
    // A radio that went away says nothing: two missed beats are a lost connection.
    silence = setTimeout(() => socket?.close(), heartbeatMs * 2.5);
  };

  const receive = (frame: Frame): void => {
    listen();
    if (frame.type === 'welcome') {
      attempt = 0;
      heartbeatMs = frame.heartbeatSeconds * 1000;
      listen();
      void renewAll(queries);
    } else if (frame.type === 'hint') {
      void renew(queries, staleAfter[frame.hint.kind] ?? []);
    } else if (frame.type === 'refetch') {
      void renewAll(queries);
    }
  };

  const wake = (): void => {
    if (document.visibilityState !== 'visible' || socket !== null) return;
    attempt = 0;
    later(0);
  };
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', wake);
  void connect();

  return () => {
    stopped = true;
    clearTimeout(timer);
    clearTimeout(silence);
    document.removeEventListener('visibilitychange', wake);
    window.removeEventListener('online', wake);
    socket?.close(1000);
  };
}
