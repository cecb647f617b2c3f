import type { Parts } from '../parts';
import { backoff } from './backoff';
import type { Connection, LiveSocket } from './connection';
import { createHints, type Hint } from './hints';

type Frame = { type: 'welcome'; heartbeatSeconds: number } | { type: 'hint'; hint: Hint } | { type: 'refetch' } | { type: 'beat' };

/** The close code by which the server ends a connection for good: the session is over, or the origin is not allowed. */
const SESSION_OVER = 4403;
/** The close code of a server that restarts. All clients reconnect then, so each waits for a random time. */
const RESTART = 1012;

/**
 * Keeps the person's screens fresh while they are signed in. On every connection, the first one too, all that was read
 * before it is read again: nobody sent hints of what happened meanwhile.
 *
 * @returns a function that ends the connection
 */
export function goLive({ call, queries }: Pick<Parts, 'call' | 'queries'>, { after, random, openSocket, onWake }: Connection): () => void {
  const hints = createHints({ call, queries, after, random });
  let socket: LiveSocket | null = null;
  let takeBackConnect = (): void => undefined;
  let takeBackSilence = (): void => undefined;
  let attempt = 0;
  let stopped = false;

  const later = (milliseconds: number): void => {
    takeBackConnect();
    if (!stopped) takeBackConnect = after(milliseconds, () => void connect());
  };

  const connect = async (): Promise<void> => {
    if (stopped || socket !== null) return;
    let ticket: string;
    try {
      ({ ticket } = await call('communication.takeSocketTicket'));
    } catch {
      later(backoff(attempt++, random));
      return;
    }
    // The connection may have been given up while the ticket was on its way.
    if (stopped as boolean) return;
    const opened = openSocket();
    socket = opened;
    opened.addEventListener('open', () => opened.send(JSON.stringify({ type: 'hello', ticket })));
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => receive(JSON.parse(data) as Frame));
    opened.addEventListener('close', ({ code }) => {
      socket = null;
      takeBackSilence();
      if (code === SESSION_OVER) void call('auth.readAccount').catch(() => undefined);
      later(code === RESTART ? 500 + random() * 4500 : backoff(attempt++, random));
    });
  };

  let heartbeatMs = 30_000;
  const listen = (): void => {
    takeBackSilence();
    // A phone out of reach sends nothing: after two missed heartbeats the connection counts as lost.
    takeBackSilence = after(heartbeatMs * 2.5, () => socket?.close());
  };

  const receive = (frame: Frame): void => {
    listen();
    if (frame.type === 'welcome') {
      attempt = 0;
      heartbeatMs = frame.heartbeatSeconds * 1000;
      listen();
      hints.refetchNow();
    } else if (frame.type === 'hint') {
      hints.hear(frame.hint);
    } else if (frame.type === 'refetch') {
      hints.refetchSoon();
    }
  };

  const stopWaking = onWake(() => {
    if (socket !== null) return;
    attempt = 0;
    later(0);
  });
  void connect();

  return () => {
    stopped = true;
    takeBackConnect();
    takeBackSilence();
    stopWaking();
    hints.stop();
    socket?.close(1000);
  };
}
