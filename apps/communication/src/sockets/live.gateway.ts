import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeCodes, hello } from '@muster/contracts/communication/socket';
import { Clock } from '@muster/platform/clock/clock';
import { CONFIG } from '@muster/platform/config/define-config';
import type { PlatformEnv } from '@muster/platform/config/platform-env';
import { allowedOrigins, mayUseMuster } from '@muster/platform/http/origins';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { SocketRegistry } from './socket-registry';
import { TicketsRepository } from './tickets.repository';

const HELLO_WITHIN_MS = 5_000;
const MOST_BYTES = 64 * 1024;
/** After its hello a client has nothing to say but pongs: more than this in a second is an attack. */
const MOST_FRAMES_A_SECOND = 20;

/**
 * `/ws`: the Origin is checked before the upgrade, the ticket comes in the first frame and never in the address
 * (addresses end in logs), and until it has come the socket is told nothing.
 *
 * `ws` itself instead of Nest's gateway: that one routes messages by name after the upgrade, and here is one message
 * and everything that matters happens before it.
 */
@Injectable()
export class LiveGateway implements OnApplicationBootstrap {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, perMessageDeflate: false });
  private readonly origins: ReadonlySet<string>;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly tickets: TicketsRepository,
    private readonly registry: SocketRegistry,
    private readonly clock: Clock,
    @Inject(CONFIG) config: PlatformEnv,
  ) {
    this.origins = allowedOrigins(config);
  }

  onApplicationBootstrap(): void {
    const http = this.host.httpAdapter.getHttpServer() as Server;
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path !== '/ws') return refuse(socket, '404 Not Found');
    if (!mayUseMuster(request.headers.origin, this.origins)) return refuse(socket, '403 Forbidden');
    this.server.handleUpgrade(request, socket, head, (opened) => this.greet(opened));
  }

  private greet(socket: WebSocket): void {
    const tooLate = setTimeout(() => socket.close(closeCodes.notWelcome), HELLO_WITHIN_MS);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => clearTimeout(tooLate));
    socket.once('message', (data) => {
      clearTimeout(tooLate);
      limitFrames(socket);
      void this.admit(socket, data).catch(() => socket.close(closeCodes.restart));
    });
  }

  private async admit(socket: WebSocket, data: RawData): Promise<void> {
    const now = this.clock.now();
    const frame = hello.safeParse(parsed(data));
    const owner = frame.success ? await this.tickets.redeem(frame.data.ticket, now) : undefined;
    if (!owner) return socket.close(closeCodes.notWelcome);
    if (socket.readyState === socket.OPEN) this.registry.add(socket, { ...owner, since: Math.floor(now.getTime() / 1000) });
  }
}

function parsed(data: RawData): unknown {
  try {
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return undefined;
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function limitFrames(socket: WebSocket): void {
  let second = 0;
  let frames = 0;
  const count = () => {
    const now = Math.floor(performance.now() / 1000);
    frames = now === second ? frames + 1 : 1;
    second = now;
    if (frames > MOST_FRAMES_A_SECOND) socket.close(closeCodes.tooFast);
  };
  socket.on('message', count);
  socket.on('ping', count);
}
