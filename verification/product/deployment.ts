import { once } from 'node:events';
import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { databaseNames } from '@muster/platform/database/database-roles';
import { freePort } from '@muster/platform/testing/free-port';
import { destinationOf } from '../../apps/standalone/src/front-door/destinations';
import { Backing } from './backing';
import { codeFromMailpit } from './codes';
import { balance, Edges } from './edges';
import type { Program } from './program';
import { Services } from './services';
import type { Product } from './standalone';

/** What services depend on, each behind an edge; `jwks` is auth as its internal callers see it. */
export const dependencies = ['postgres', 'nats', 'valkey', 'jwks', 'smtp'] as const;
export type DependencyName = (typeof dependencies)[number];

export interface Replica {
  readonly service: ServiceName;
  readonly port: number;
  readonly operationsPort: number;
  /** The program while it was started. */
  program?: Program;
}

/** The five services as replicas of their own, with all that they depend on as processes of this machine. */
export class Deployment implements Product {
  readonly replicas: Replica[] = [];
  origin = '';
  readonly codeFor: Product['codeFor'];
  readonly isRunning = true;
  private readonly agent = new Agent({ keepAlive: true });
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
      for (let count = 0; count < replicas; count += 1) all.replicas.push({ service, port: await freePort(), operationsPort: await freePort() });
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
    const { service, port, operationsPort } = replica;
    const names = databaseNames(service);
    const address = (role: string): string => `postgres://${role}@${this.database}/${names.database}`;
    const own = { PORT: String(port), OPS_PORT: String(operationsPort), DATABASE_URL: address(names.service), DATABASE_MIGRATOR_URL: address(names.migrator) };
    replica.program = (await this.services.start(service, { ...this.environment, ...own, ...env })).program;
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map(({ program }) => program?.end('SIGKILL')));
    await this.services.close();
  }

  /** Makes the edges, the ways between services and the door for browsers. */
  private async connect(env: Readonly<Record<string, string>>): Promise<void> {
    const { edges, backing: { ports } } = this;
    const peers: Record<string, string> = {};
    for (const service of serviceNames) peers[service] = await balance(() => this.replicas.filter((one) => one.service === service).map(({ operationsPort }) => operationsPort));
    peers['auth'] = await edges.to('jwks', peers['auth'] ?? '');
    const [postgres, nats, valkey, smtp] = [
      await edges.to('postgres', await balance(() => [this.services.socket])),
      await edges.to('nats', `127.0.0.1:${ports.nats}`),
      await edges.to('valkey', `127.0.0.1:${ports.valkey}`),
      await edges.to('smtp', `127.0.0.1:${ports.smtp}`),
    ];
    const door = createServer((request, response) => void this.pass(request, response));
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
    const all = this.replicas.filter(({ service }) => service === destination.service);
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
