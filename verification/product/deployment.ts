import { once } from 'node:events';
import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { databaseNames } from '@muster/platform/database/database-roles';
import { destinationOf } from '../../apps/standalone/src/front-door/destinations';
import { Backing } from './backing';
import { codeFromMailpit } from './codes';
import { balance, Edges } from './edges';
import { Services, type RunningService } from './services';
import type { Product } from './standalone';

/** What services depend on, each behind an edge; `jwks` is auth as its internal callers see it. */
export const dependencies = ['postgres', 'nats', 'valkey', 'jwks', 'smtp'] as const;
export type DependencyName = (typeof dependencies)[number];

export interface Replica {
  readonly service: ServiceName;
  /** Where it listens since its last start; ports are given anew each time. */
  running?: RunningService;
}

/** How long the door keeps a connection to a service that nobody uses; less than the service keeps it. */
const IDLE_MS = 30_000;

/** The five services as replicas of their own, with all that they depend on as processes of this machine. */
export class Deployment implements Product {
  readonly replicas: Replica[] = [];
  origin = '';
  readonly codeFor: Product['codeFor'];
  readonly isRunning = true;
  private readonly agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  private readonly turns = new Map<ServiceName, number>();
  private database = '';
  private environment: Record<string, string> = {};

  private constructor(
    readonly services: Services,
    readonly backing: Backing,
    readonly edges: Edges,
  ) {
    this.codeFor = codeFromMailpit(backing.mailbox);
  }

  static async open(folder: string, { replicas = 1, env = {} }: { replicas?: number; env?: Readonly<Record<string, string>> } = {}): Promise<Deployment> {
    const all = new Deployment(await Services.open(folder), await Backing.start(folder), await Edges.open());
    for (const service of serviceNames) {
      for (let count = 0; count < replicas; count += 1) all.replicas.push({ service });
    }
    await all.connect(env);
    await Promise.all(all.replicas.map((replica) => all.start(replica)));
    return all;
  }

  /** Some replica is nearly always there; whoever was refused by all asks again a little later. */
  untilUp(): Promise<void> {
    return sleep(100);
  }

  databaseUrl(service: ServiceName): string {
    return this.services.databaseUrl(service);
  }

  /** Resolves when it is ready, or was killed before. */
  async start(replica: Replica, env: Readonly<Record<string, string>> = {}): Promise<void> {
    const { service } = replica;
    const names = databaseNames(service);
    const address = (role: string): string => `postgres://${role}@${this.database}/${names.database}`;
    const own = { DATABASE_URL: address(names.service), DATABASE_MIGRATOR_URL: address(names.migrator) };
    for (let attempt = 1; ; attempt += 1) {
      try {
        replica.running = await this.services.start(service, { ...this.environment, ...own, ...env });
        return;
      } catch (error) {
        // Somebody else took the port between its choice and its use.
        if (attempt === 3 || !String(error).includes('EADDRINUSE')) throw error;
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map(async ({ running }) => running?.program.end('SIGKILL')));
    await this.services.close();
  }

  /** A replica whose process has ended is not among them; one that is stopped is. */
  private runningOf(service: ServiceName): RunningService[] {
    return this.replicas.flatMap(({ service: own, running }) => (own === service && running?.program.isRunning ? [running] : []));
  }

  /** Makes the edges, the ways between services and the door for browsers. */
  private async connect(env: Readonly<Record<string, string>>): Promise<void> {
    const { edges, backing: { ports } } = this;
    const peers: Record<string, string> = {};
    for (const service of serviceNames) peers[service] = await balance(() => this.runningOf(service).map(({ operations }) => Number(new URL(operations).port)));
    peers['auth'] = await edges.to('jwks', peers['auth'] ?? '');
    const [postgres, nats, valkey, smtp] = [
      await edges.to('postgres', await balance(() => [this.services.socket])),
      await edges.to('nats', `127.0.0.1:${ports.nats}`),
      await edges.to('valkey', `127.0.0.1:${ports.valkey}`),
      await edges.to('smtp', `127.0.0.1:${ports.smtp}`),
    ];
    const door = createServer((request, response) => void this.pass(request, response));
    door.keepAliveTimeout = 2 * IDLE_MS;
    await once(door.listen(0, '127.0.0.1').unref(), 'listening');
    this.origin = `http://localhost:${(door.address() as AddressInfo).port}`;
    this.database = postgres;
    this.environment = {
      NATS_URL: `nats://${nats}`, VALKEY_URL: `redis://${valkey}`, MAIL_URL: `smtp://${smtp}`,
      PEERS: Object.entries(peers).map(([service, address]) => `${service}=http://${address}`).join(), PUBLIC_ORIGIN: this.origin, ...env,
    };
  }

  /** To the next replica that takes the connection; a request that was sent is never sent again, as behind an ingress. */
  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const destination = destinationOf(request.url ?? '/');
    if (destination.to !== 'service') return void response.writeHead(404).end();
    const all = this.runningOf(destination.service);
    const turn = (this.turns.get(destination.service) ?? 0) + 1;
    this.turns.set(destination.service, turn);
    const lose = (): void => void request.socket.destroy();
    const body = await buffer(request).catch(() => undefined);
    const attempt = (tried: number): void => {
      if (body === undefined || tried === all.length) return lose();
      const { method, url: path, headers } = request;
      const sent = send({ host: '127.0.0.1', port: all[(turn + tried) % all.length]?.port, agent: this.agent, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.on('error', lose).pipe(response);
      });
      sent.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? attempt(tried + 1) : lose()));
      sent.end(body);
      response.on('close', () => sent.destroy());
    };
    attempt(0);
  }
}
