import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Server as NetServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecureContext, type TlsOptions } from 'node:tls';
import { serviceNames } from '@muster/contracts/kernel/ids';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { makeListener, refuseUpgrade, type ListenerBounds } from '@muster/platform/http/listener';
import { securityHeaders, type HeaderSet } from '@muster/platform/http/security-headers';
import { surviving } from '@muster/platform/kernel/surviving';
import type { Service } from '@muster/platform/service/service';
import { errorCode, StartProblem } from '../start-problem';
import { destinationOf } from './destinations';
import { alsoAtVersion6 } from './loopback';

/** The services and the web app behind the front door. */
export interface House {
  rooms: Record<ServiceName, Pick<Service, 'handlePublic' | 'handleUpgrade' | 'health'>>;
  webApp: RequestListener;
}

export interface FrontDoorOptions {
  port: number;
  host: string;
  tls?: { cert: string; key: string };
  bounds?: Partial<ListenerBounds>;
}

/**
 * The only public listener. It takes the port before the long work of starting, so that an occupied port is reported at
 * once.
 */
export class FrontDoor {
  private house: House | undefined;
  private draining = false;
  private inFlight = 0;
  private readonly upgraded = new Set<Duplex>();

  private readonly server: Server;
  private version6: NetServer | undefined;

  private constructor(
    /** The headers of the front door's own answers. */
    private readonly headers: HeaderSet,
    { tls, bounds = {} }: FrontDoorOptions,
  ) {
    this.server = makeListener({
      request: (request, response) => this.answer(request, response),
      upgrade: (request, socket, head) => this.upgrade(request, socket, head),
      tls: tls && certificateOf(tls),
      bounds,
    });
  }

  static async open(options: FrontDoorOptions): Promise<FrontDoor> {
    const { 'strict-transport-security': _, ...headers } = await securityHeaders();
    const door = new FrontDoor(headers, options);
    door.server.listen(options.port, options.host);
    try {
      await once(door.server, 'listening');
      if (options.host === '127.0.0.1') door.version6 = await alsoAtVersion6(door.server, door.port);
    } catch (error) {
      door.server.close();
      throw portProblem(error, options.port);
    }
    return door;
  }

  /** The port in use, which differs from the requested one when that was 0. */
  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  letIn(house: House): void {
    this.house = house;
  }

  /** From now on every answer closes its connection, and `/health` reports the drain. */
  beginDrain(): void {
    this.draining = true;
  }

  /** Stops accepting connections and waits for the requests under way, at most `patienceMs`. */
  async close(patienceMs: number): Promise<void> {
    this.version6?.close();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const end = performance.now() + patienceMs; this.inFlight > 0 && performance.now() < end; await sleep(20)) this.server.closeIdleConnections();
    this.server.closeAllConnections();
    for (const socket of this.upgraded) socket.destroy();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.inFlight += 1;
    response.once('close', surviving('answered request', () => (this.inFlight -= 1)));
    if (this.draining) response.setHeader('connection', 'close');
    const destination = destinationOf(request.url ?? '/');
    if (destination.to === 'health') return surviving('report of health', () => this.reportHealth(response, destination.probe), () => response.destroy())();
    if (destination.to === 'nowhere') return this.refuse(response, 404, 'No such address', 'platform.not_found');
    if (!this.house) return this.refuse(response, 503, 'Muster is starting', 'platform.unavailable');
    if (destination.to === 'web') return this.house.webApp(request, response as Parameters<RequestListener>[1]);
    this.house.rooms[destination.service].handlePublic(request, response);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const destination = destinationOf(request.url ?? '/');
    if (!this.house || this.draining) return refuseUpgrade(socket, '503 Service Unavailable');
    if (destination.to !== 'service' || destination.service !== 'communication' || !request.url?.startsWith('/ws')) return refuseUpgrade(socket, '404 Not Found');
    this.upgraded.add(socket);
    socket.once('close', surviving('closed websocket', () => this.upgraded.delete(socket)));
    this.house.rooms.communication.handleUpgrade(request, socket, head);
  }

  /** Reports health for a load balancer or a person: healthy if all five services are, alive as long as it answers. */
  private async reportHealth(response: ServerResponse, probe: 'health' | 'live'): Promise<void> {
    const { house } = this;
    const healthy = await Promise.all(serviceNames.map(async (name) => house !== undefined && (await isReady(house.rooms[name]))));
    const status = !house ? 'starting' : this.draining ? 'stopping' : healthy.every(Boolean) ? 'ok' : 'unhealthy';
    const services = Object.fromEntries(serviceNames.map((name, at) => [name, healthy[at] ? 'ok' : 'not ready']));
    response.writeHead(status === 'ok' || probe === 'live' ? 200 : 503, { ...this.headers, 'content-type': 'application/json' });
    response.end(JSON.stringify({ status, services }));
  }

  private refuse(response: ServerResponse, status: number, title: string, code: string): void {
    const retry = status === 503 ? { 'retry-after': '1' } : {};
    response.writeHead(status, { ...this.headers, 'content-type': 'application/problem+json', ...retry });
    response.end(JSON.stringify({ type: 'about:blank', title, status, code }));
  }
}

async function isReady(room: Pick<Service, 'health'>): Promise<boolean> {
  try {
    return (await room.health()).ready;
  } catch {
    return false;
  }
}

function certificateOf(tls: { cert: string; key: string }): TlsOptions {
  try {
    const pair: TlsOptions = { cert: readFileSync(tls.cert), key: readFileSync(tls.key), minVersion: 'TLSv1.2' };
    createSecureContext(pair); // fails here, with the names of the files, if certificate and key do not match
    return pair;
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
