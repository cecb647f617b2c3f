import type { AddressInfo } from 'node:net';
import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { REVOCATIONS_SUBJECT } from '../auth/revocations';
import { LONGEST_LIFE_SECONDS } from '../auth/token-verifier';
import type { Environment, ServiceConfig } from '../config/define-config';
import { releaseOf } from '../config/release';
import { Database } from '../database/database';
import { pause } from '../kernel/backoff';
import { createLogger } from '../logging/logger';
import { InProcessBus } from '../messaging/in-process-bus';
import { InProcessCarrier } from '../messaging/in-process-carrier';
import { expositionFaults } from '../metrics/exposition-faults';
import { metricsText } from '../metrics/metrics';
import { InProcessFanout } from '../realtime/in-process-fanout';
import { createService } from '../service/create-service';
import type { Drivers } from '../service/drivers';
import { listen } from '../service/run-service';
import type { Service } from '../service/service';
import { MemoryCounters } from '../throttle/memory-counters';
import { CheckedLines } from './checked-lines';
import { TestHttp, type TestPerson } from './http';
import { TestClock } from './test-clock';
import { testDatabase, type TestDatabase } from './test-database';
import { serviceKeySet, serviceToken, signToken, TestAuth } from './test-keys';
import { TestPeers } from './test-peers';

export interface StartOverrides {
  /** Variables of the service itself, and any of the platform's that the test is about. */
  env?: Environment;
  drivers?: Partial<Drivers>;
  /** Join several services of one test: `new InProcessBus()`. */
  bus?: InProcessBus;
  clock?: TestClock;
  /** One that another service of the test uses too. */
  auth?: TestAuth;
  peers?: TestPeers;
  database?: TestDatabase;
  /** The test is about a service that does not become ready. */
  allowUnready?: boolean;
}

export interface TestService {
  readonly service: Service;
  readonly app: INestApplication;
  readonly http: TestHttp;
  readonly clock: TestClock;
  readonly auth: TestAuth;
  /** The answers of other services, which by default do not answer. */
  readonly peers: TestPeers;
  readonly bus: InProcessBus;
  readonly database: TestDatabase;
  readonly db: Database;
  readonly publicUrl: string;
  readonly operationsUrl: string;
  /** What it prints; checked when it closes. */
  readonly lines: CheckedLines;
  /** An access token as auth would give it. */
  tokenOf(person: TestPerson): Promise<string>;
  /** Tells the service that the person's session is over, as auth does; resolves when it has heard. */
  revoke(person: TestPerson): Promise<void>;
  close(): Promise<void>;
}

/** A service over HTTP on loopback, with a database of its own. Call `close()` in `afterAll`; it drops the database. */
export async function startService(module: Type | DynamicModule, config: ServiceConfig, overrides: StartOverrides = {}): Promise<TestService> {
  const bus = overrides.bus ?? new InProcessBus();
  const clock = overrides.clock ?? new TestClock();
  const auth = overrides.auth ?? (await TestAuth.make());
  const database = overrides.database ?? (await testDatabase(config));
  const peers = overrides.peers ?? (await TestPeers.start());
  const env = { ...environment(database), ...overrides.env };
  const drivers: Drivers = {
    carrier: new InProcessCarrier(bus),
    fanout: new InProcessFanout(bus),
    counters: new MemoryCounters(),
    peers,
    serviceKeys: await serviceKeySet(config.service),
    authKeys: auth,
    ...overrides.drivers,
  };
  const lines = new CheckedLines();
  const logger = createLogger({ service: config.service, level: 'info', release: releaseOf({}), destination: lines });
  const release = async (): Promise<void> => {
    await Promise.all([drivers.carrier.close(), drivers.fanout.close(), drivers.counters.close()]);
    if (!overrides.peers) await peers.close();
    if (!overrides.database) await database.drop();
  };
  const service = await createService(module, config, { env, drivers, clock, logger }).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const listeners = [
    await listen(
      { request: (request, response) => service.handlePublic(request, response), upgrade: (request, socket, head) => service.handleUpgrade(request, socket, head) },
      '127.0.0.1',
      0,
    ),
    await listen({ request: (request, response) => service.handleInternal(request, response) }, '127.0.0.1', 0),
  ] as const;
  const [publicUrl, operationsUrl] = listeners.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`) as [string, string];

  const tokenOf = (person: TestPerson): Promise<string> => personToken(auth, clock, person);
  const http = new TestHttp({
    publicUrl,
    operationsUrl,
    tokenOf: async (as) => {
      if (typeof as === 'string') return serviceToken(as, config.service, Math.floor(clock.now().getTime() / 1000));
      return 'token' in as ? as.token : tokenOf(as);
    },
  });
  const close = async (): Promise<void> => {
    await http.close();
    listeners.forEach((server) => {
      server.close();
      server.closeAllConnections();
    });
    const exposed = await metricsText();
    await service.close();
    await release();
    const faults = expositionFaults(exposed, [config.service]);
    lines.assertSound();
    if (faults.length > 0) throw new Error(`/metrics is not what its catalogue says:\n${faults.join('\n')}`);
  };
  const revoke = async (person: TestPerson): Promise<void> => {
    const { personId, sessionId } = person;
    drivers.fanout.publish(REVOCATIONS_SUBJECT, auth.revoke({ personId, sessionId, issuedBefore: clock.instant() }));
    await pause(20);
  };
  if (!overrides.allowUnready) await ready(service);
  const db = service.app.get(Database);
  return { service, app: service.app, http, clock, auth, peers, bus, database, db, lines, publicUrl, operationsUrl, tokenOf, revoke, close };
}

function environment(database: TestDatabase): Environment {
  const unlimited = '1000000/1000000';
  return {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '5',
    CURSOR_SECRET: 'a secret that only tests know, long enough',
    LOG_SAMPLE: '1',
    DRAIN_SECONDS: '0',
    // A busy test machine is not what a test is about.
    SHED_LOAD: 'false',
    LIMITS: 'none',
    RATE_LIMITS: ['credential', 'refresh', 'write', 'read', 'search'].map((rate) => `${rate}=${unlimited}`).join(),
  };
}

function personToken(auth: TestAuth, clock: TestClock, { personId, sessionId, roles, newUntil, sessionUntil }: TestPerson): Promise<string> {
  const iat = Math.floor(clock.now().getTime() / 1000);
  return signToken({
    key: auth.key,
    claims: {
      iss: 'muster-auth', aud: 'muster', sub: personId, sid: sessionId, roles, iat, exp: iat + LONGEST_LIFE_SECONDS,
      ...(newUntil !== undefined && { new_until: newUntil }),
      ...(sessionUntil !== undefined && { session_until: sessionUntil }),
    },
  });
}

async function ready(service: Service): Promise<void> {
  const until = performance.now() + 15_000;
  for (;;) {
    const { ready: isReady, checks } = await service.health();
    if (isReady) return;
    if (performance.now() > until) throw new Error(`not ready: ${JSON.stringify([...checks])}`);
    await pause(10);
  }
}

