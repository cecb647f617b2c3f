import { closeCodes, type ServerFrame } from '@muster/contracts/communication/socket';
import { liveHint } from '@muster/contracts/kernel/event';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Revocations } from '@muster/platform/auth/revocations';
import { Clock } from '@muster/platform/clock/clock';
import { every, surviving } from '@muster/platform/kernel/surviving';
import { FANOUT } from '@muster/platform/messaging/tokens';
import { Metrics } from '@muster/platform/metrics/metrics';
import type { Fanout } from '@muster/platform/realtime/fanout';
import { Shutdown } from '@muster/platform/service/shutdown';
import { tracedHint } from '@muster/platform/tracing/spans';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { WebSocket } from 'ws';
import type { TicketOwner } from './tickets.repository';

export const HEARTBEAT_SECONDS = 20;
/** After two unanswered heartbeats the client counts as gone, which takes well under a minute. */
const MISSED_BEATS = 2;
const SWEEP_MS = 1_000;
const MOST_OF_A_SESSION = 10;
const MOST_OF_A_PERSON = 30;
/**
 * The most bytes that may wait for a client that does not read. A hint has about a hundred bytes, so only a broken
 * client reaches this.
 */
const MOST_WAITING_BYTES = 1024 * 1024;

/**
 * The owner of a socket, as its ticket recorded it. If tokens issued before a moment are revoked, a socket ends by the
 * issue time of the token that it was opened with.
 */
export type SocketOwner = TicketOwner;

/** Whether the session has ended by age, for which there is no revocation. */
export function isOver({ sessionUntil }: Pick<SocketOwner, 'sessionUntil'>, now: Date): boolean {
  return sessionUntil !== null && now.getTime() >= sessionUntil * 1000;
}

interface Open {
  readonly owner: SocketOwner;
  unanswered: number;
}

/** Holds the sockets of this replica: passes hints on, ends dead connections and those whose session has ended. */
@Injectable()
export class SocketRegistry implements OnApplicationBootstrap {
  private readonly sockets = new Map<WebSocket, Open>();
  private readonly byPerson = new Map<PersonId, Set<WebSocket>>();

  constructor(
    @Inject(FANOUT) private readonly fanout: Fanout,
    private readonly revocations: Revocations,
    private readonly shutdown: Shutdown,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.fanout.subscribe('live.*', (message, subject) => this.passOn(subject.slice('live.'.length) as PersonId, message));
    this.fanout.onLost(() => this.tellAll({ type: 'refetch' }));
    const sweep = every('sweep of websockets', SWEEP_MS, () => this.endRevoked());
    const beat = every('heartbeat of websockets', HEARTBEAT_SECONDS * 1000, () => this.beat());
    this.shutdown.whenSocketsClose('websockets', (windowMs) => this.closeAll(windowMs));
    this.shutdown.whenClosing('websockets', () => {
      clearInterval(sweep);
      clearInterval(beat);
    });
  }

  /**
   * Whether the person and the session may open one more socket. The newest socket is the one refused, because its
   * client can still report the reason.
   */
  hasRoomFor({ personId, sessionId }: Pick<SocketOwner, 'personId' | 'sessionId'>): boolean {
    const own = [...(this.byPerson.get(personId) ?? [])];
    const ofSession = own.filter((socket) => this.sockets.get(socket)?.owner.sessionId === sessionId);
    return own.length < MOST_OF_A_PERSON && ofSession.length < MOST_OF_A_SESSION;
  }

  addSocket(socket: WebSocket, owner: SocketOwner): void {
    const open: Open = { owner, unanswered: 0 };
    this.sockets.set(socket, open);
    const own = this.byPerson.get(owner.personId) ?? new Set();
    this.byPerson.set(owner.personId, own.add(socket));
    socket.on('pong', surviving('websocket pong', () => (open.unanswered = 0)));
    socket.on('close', surviving('websocket close', () => this.remove(socket, owner.personId)));
    this.metrics.gauge('socketsOpen').set(this.sockets.size);
    send(socket, { type: 'welcome', heartbeatSeconds: HEARTBEAT_SECONDS });
  }

  private remove(socket: WebSocket, person: PersonId): void {
    this.sockets.delete(socket);
    const own = this.byPerson.get(person);
    own?.delete(socket);
    if (own?.size === 0) this.byPerson.delete(person);
    this.metrics.gauge('socketsOpen').set(this.sockets.size);
  }

  private async passOn(person: PersonId, message: unknown): Promise<void> {
    const sockets = this.byPerson.get(person);
    if (!sockets) return;
    const hint = liveHint.parse(message);
    await tracedHint(hint, () => {
      const frame = JSON.stringify({ type: 'hint', hint } satisfies ServerFrame);
      for (const socket of sockets) sendText(socket, frame);
    });
  }

  private tellAll(frame: ServerFrame): void {
    const text = JSON.stringify(frame);
    for (const socket of this.sockets.keys()) sendText(socket, text);
  }

  private beat(): void {
    for (const [socket, open] of this.sockets) {
      if (open.unanswered >= MISSED_BEATS) {
        socket.terminate();
        continue;
      }
      open.unanswered += 1;
      socket.ping();
      send(socket, { type: 'beat' });
    }
  }

  private endRevoked(): void {
    const now = this.clock.now();
    for (const [socket, { owner }] of this.sockets) {
      if (this.revocations.isRevoked(owner) || isOver(owner, now)) socket.close(closeCodes.sessionOver);
    }
  }

  /**
   * Closes the sockets spread over the window, so that a restart does not make all clients reconnect in the same
   * instant.
   */
  private async closeAll(windowMs: number): Promise<void> {
    const all = [...this.sockets.keys()];
    const closed = all.map(
      (socket) =>
        new Promise<void>((resolve) => {
          const end = surviving('end of a websocket', () => socket.terminate());
          const leave = (): void => {
            socket.close(closeCodes.restart);
            // A client that does not answer the close frame must not delay the restart.
            setTimeout(end, 1_000).unref();
          };
          const at = setTimeout(surviving('restart of a websocket', leave, end), Math.random() * windowMs);
          const gone = (): void => {
            clearTimeout(at);
            resolve();
          };
          socket.once('close', surviving('websocket close', gone));
        }),
    );
    await Promise.all(closed);
  }
}

function send(socket: WebSocket, frame: ServerFrame): void {
  sendText(socket, JSON.stringify(frame));
}

/**
 * Ends the socket of a client that has stopped reading, because unread frames are buffered here. The client fetches
 * everything when it reconnects.
 */
function sendText(socket: WebSocket, text: string): void {
  if (socket.bufferedAmount > MOST_WAITING_BYTES) socket.terminate();
  else socket.send(text);
}
