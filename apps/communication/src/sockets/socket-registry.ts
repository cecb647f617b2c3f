import { closeCodes, type ServerFrame } from '@muster/contracts/communication/socket';
import { liveHint } from '@muster/contracts/kernel/event';
import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import { Revocations } from '@muster/platform/auth/revocations';
import { Metrics } from '@muster/platform/metrics/metrics';
import type { Fanout } from '@muster/platform/realtime/fanout';
import { FANOUT } from '@muster/platform/messaging/tokens';
import { Shutdown } from '@muster/platform/service/shutdown';
import { tracedHint } from '@muster/platform/tracing/spans';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { WebSocket } from 'ws';

export const HEARTBEAT_SECONDS = 20;
/** Two heartbeats without an answer: whoever was there is gone, in well under a minute. */
const MISSED_BEATS = 2;
const SWEEP_MS = 1_000;

export interface SocketOwner {
  readonly personId: PersonId;
  readonly sessionId: SessionId;
  /** Seconds since 1970: a revocation of everything before it ends the socket. */
  readonly since: number;
}

interface Open {
  readonly owner: SocketOwner;
  unanswered: number;
}

/** The sockets of this replica: passes hints on, notices the dead ones, ends those whose session has ended. */
@Injectable()
export class SocketRegistry implements OnApplicationBootstrap {
  private readonly sockets = new Map<WebSocket, Open>();
  private readonly byPerson = new Map<PersonId, Set<WebSocket>>();

  constructor(
    @Inject(FANOUT) private readonly fanout: Fanout,
    private readonly revocations: Revocations,
    private readonly shutdown: Shutdown,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.fanout.subscribe('live.*', (message, subject) => this.passOn(subject.slice('live.'.length) as PersonId, message));
    this.fanout.onLost(() => this.tellAll({ type: 'refetch' }));
    const sweep = setInterval(() => this.endRevoked(), SWEEP_MS);
    const beat = setInterval(() => this.beat(), HEARTBEAT_SECONDS * 1000);
    sweep.unref();
    beat.unref();
    this.shutdown.whenSocketsClose('websockets', (windowMs) => this.closeAll(windowMs));
    this.shutdown.whenClosing('websockets', () => {
      clearInterval(sweep);
      clearInterval(beat);
    });
  }

  add(socket: WebSocket, owner: SocketOwner): void {
    const open: Open = { owner, unanswered: 0 };
    this.sockets.set(socket, open);
    const own = this.byPerson.get(owner.personId) ?? new Set();
    this.byPerson.set(owner.personId, own.add(socket));
    socket.on('pong', () => (open.unanswered = 0));
    socket.on('close', () => this.remove(socket, owner.personId));
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

  private passOn(person: PersonId, message: unknown): void {
    const sockets = this.byPerson.get(person);
    if (!sockets) return;
    const hint = liveHint.parse(message);
    void tracedHint(hint, () => {
      const frame = JSON.stringify({ type: 'hint', hint } satisfies ServerFrame);
      for (const socket of sockets) socket.send(frame);
    });
  }

  private tellAll(frame: ServerFrame): void {
    const text = JSON.stringify(frame);
    for (const socket of this.sockets.keys()) socket.send(text);
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
    for (const [socket, { owner }] of this.sockets) {
      const { personId, sessionId, since } = owner;
      if (this.revocations.isRevoked({ personId, sessionId, issuedAt: since })) socket.close(closeCodes.sessionOver);
    }
  }

  /** Spread over the window, so that a restart does not bring everybody back in the same instant. */
  private async closeAll(windowMs: number): Promise<void> {
    const all = [...this.sockets.keys()];
    const closed = all.map(
      (socket) =>
        new Promise<void>((resolve) => {
          const at = setTimeout(() => {
            socket.close(closeCodes.restart);
            // A client that does not answer the close frame must not hold the restart up.
            setTimeout(() => socket.terminate(), 1_000).unref();
          }, Math.random() * windowMs);
          socket.once('close', () => {
            clearTimeout(at);
            resolve();
          });
        }),
    );
    await Promise.all(closed);
  }
}

function send(socket: WebSocket, frame: ServerFrame): void {
  socket.send(JSON.stringify(frame));
}
