import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeCodes, hello } from '@muster/contracts/communication/socket';
import { Clock } from '@muster/platform/clock/clock';
import { CONFIG } from '@muster/platform/config/define-config';
import type { PlatformEnv } from '@muster/platform/config/platform-env';
import { refuseUpgrade } from '@muster/platform/http/listener';
import { allowedOrigins, mayUseMuster } from '@muster/platform/http/origins';
import { surviving } from '@muster/platform/kernel/surviving';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { limitFrames } from './frame-limit';
import { isOver, SocketRegistry } from './socket-registry';
import { TicketsRepository } from './tickets.repository';

const HELLO_WITHIN_MS = 5_000;
const MOST_BYTES = 64 * 1024;
/** A hello fits into one fragment. Without a limit, a message of empty fragments would never reach the limit of frames. */
const MOST_FRAGMENTS = 16;
/** Milliseconds that a client may take to answer a close frame; until then its frames are read. */
const closing = { closeTimeout: 2_000 }; // `ws` has the option, its types do not

/**
 * Serves `/ws`. The Origin is checked before the upgrade, and the ticket comes in the first frame instead of the
 * address, because addresses are logged. Until the ticket has come, nothing is sent to the socket.
 *
 * The gateway uses `ws` instead of Nest's gateways, which route messages by name after the upgrade: here there is only
 * one message, and the important checks happen before it.
 */
@Injectable()
export class LiveGateway implements OnApplicationBootstrap {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, maxFragments: MOST_FRAGMENTS, ...closing, perMessageDeflate: false });
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
    const take = (request: IncomingMessage, socket: Duplex, head: Buffer): void => this.upgrade(request, socket, head);
    http.on('upgrade', surviving('websocket upgrade', take, (_request, socket) => socket.destroy()));
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // The path is compared literally: it has no other spelling, and a request line need not be a valid URL.
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== '/ws') return refuseUpgrade(socket, '404 Not Found');
    if (!mayUseMuster(request.headers.origin, this.origins)) return refuseUpgrade(socket, '403 Forbidden');
    this.server.handleUpgrade(request, socket, head, (opened) => this.greet(opened));
  }

  private greet(socket: WebSocket): void {
    const end = (): void => socket.terminate();
    const tooLate = setTimeout(surviving('websocket without hello', () => socket.close(closeCodes.notWelcome), end), HELLO_WITHIN_MS);
    limitFrames(socket);
    socket.on('error', surviving('websocket error', end));
    socket.on('close', surviving('websocket close', () => clearTimeout(tooLate)));
    const hear = (data: RawData): Promise<void> => {
      clearTimeout(tooLate);
      return this.admit(socket, data);
    };
    socket.once('message', surviving('websocket hello', hear, () => socket.close(closeCodes.restart)));
  }

  private async admit(socket: WebSocket, data: RawData): Promise<void> {
    const now = this.clock.now();
    const frame = hello.safeParse(parsed(data));
    const owner = frame.success ? await this.tickets.redeemTicket(frame.data.ticket, now) : undefined;
    if (!owner || isOver(owner, now)) return socket.close(closeCodes.notWelcome);
    if (socket.readyState !== socket.OPEN) return;
    if (!this.registry.hasRoomFor(owner)) return socket.close(closeCodes.tooMany);
    this.registry.addSocket(socket, owner);
  }
}

function parsed(data: RawData): unknown {
  try {
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return undefined;
  }
}
