import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '@muster/contracts/kernel/ids';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Service } from '@muster/platform/service/service';
import { errorCode, StartProblem } from '../start-problem';
import { destinationOf } from './destinations';

/** What stands behind the door. */
export interface House {
  rooms: Record<ServiceName, Pick<Service, 'handlePublic' | 'handleUpgrade' | 'health'>>;
  webApp: RequestListener;
}

export interface FrontDoorOptions {
  port: number;
  host: string;
  tls?: { cert: string; key: string };
}

/** The one public listener. It takes the port before the long work of starting, so that a taken one is told at once. */
export class FrontDoor {
  private house: House | undefined;
  private draining = false;
  private inFlight = 0;
  private readonly upgraded = new Set<Duplex>();

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.answer(request, response));
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
    server.keepAliveTimeout = 72_000; // above the idle time of a proxy in front, which else sends into a closing connection
    server.headersTimeout = 75_000;
  }

  static async open({ port, host, tls }: FrontDoorOptions): Promise<FrontDoor> {
    const server = tls ? secureServer(tls) : createServer();
    server.listen(port, host);
    try {
      await once(server, 'listening');
    } catch (error) {
      throw portProblem(error, port);
    }
    return new FrontDoor(server);
  }

  /** The port taken; another than asked for when that was 0. */
  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  letIn(house: House): void {
    this.house = house;
  }

  /** From now on every answer asks its connection to end, and `/health` says so. */
  beginDrain(): void {
    this.draining = true;
  }

  /** Takes no new connection and waits for the requests under way, at most `patienceMs`. */
  async close(patienceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const end = performance.now() + patienceMs; this.inFlight > 0 && performance.now() < end; await sleep(20)) this.server.closeIdleConnections();
    this.server.closeAllConnections();
    for (const socket of this.upgraded) socket.destroy();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.inFlight += 1;
    response.once('close', () => (this.inFlight -= 1));
    if (this.draining) response.setHeader('connection', 'close');
    const destination = destinationOf(request.url ?? '/');
    if (destination.to === 'health') return void this.reportHealth(response);
    if (destination.to === 'nowhere') return problem(response, 404, 'No such address', 'platform.not_found');
    if (!this.house) return problem(response, 503, 'Muster is starting', 'platform.unavailable');
    if (destination.to === 'web') return this.house.webApp(request, response as Parameters<RequestListener>[1]);
    this.house.rooms[destination.service].handlePublic(request, response);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const destination = destinationOf(request.url ?? '/');
    if (!this.house || this.draining || destination.to !== 'service' || destination.service !== 'communication' || !request.url?.startsWith('/ws')) {
      socket.end(`HTTP/1.1 ${this.house && !this.draining ? '404 Not Found' : '503 Service Unavailable'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.upgraded.add(socket);
    socket.once('close', () => this.upgraded.delete(socket));
    this.house.rooms.communication.handleUpgrade(request, socket, head);
  }

  /** Healthy only when all five are; a load balancer or a person may ask. */
  private async reportHealth(response: ServerResponse): Promise<void> {
    const { house } = this;
    const healthy = await Promise.all(serviceNames.map(async (name) => house !== undefined && (await isReady(house.rooms[name]))));
    const status = !house ? 'starting' : this.draining ? 'stopping' : healthy.every(Boolean) ? 'ok' : 'unhealthy';
    const services = Object.fromEntries(serviceNames.map((name, at) => [name, healthy[at] ? 'ok' : 'not ready']));
    response.writeHead(status === 'ok' ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ status, services }));
  }
}

async function isReady(room: Pick<Service, 'health'>): Promise<boolean> {
  try {
    return (await room.health()).ready;
  } catch {
    return false;
  }
}

function problem(response: ServerResponse, status: number, title: string, code: string): void {
  const retry = status === 503 ? { 'retry-after': '1' } : {};
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...retry });
  response.end(JSON.stringify({ type: 'about:blank', title, status, code }));
}

function secureServer(tls: { cert: string; key: string }): Server {
  try {
    return createTlsServer({ cert: readFileSync(tls.cert), key: readFileSync(tls.key), minVersion: 'TLSv1.2' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`The certificate ${tls.cert} and the key ${tls.key} can't be used together (${reason}).`);
  }
}

function portProblem(error: unknown, port: number): unknown {
  const code = errorCode(error);
  if (code === 'EADDRINUSE') return new StartProblem(`Port ${port} is taken by another program. Choose another one: npm start -- --port ${port + 1}`);
  if (code === 'EACCES') return new StartProblem(`Port ${port} may only be used by root. Choose one above 1023 with --port.`);
  return error;
}
