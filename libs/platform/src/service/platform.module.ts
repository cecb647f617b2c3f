import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessGuard } from '../auth/access.guard';
import { KeySource } from '../auth/auth-keys';
import { Authenticator } from '../auth/authenticator';
import { KeyRing } from '../auth/key-ring';
import { Revocations } from '../auth/revocations';
import { TokenVerifier } from '../auth/token-verifier';
import { Clock } from '../clock/clock';
import { CONFIG, SERVICE, type ServiceConfig } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import { Cursors } from '../database/cursors';
import { Database } from '../database/database';
import { Idempotency } from '../database/idempotency';
import { ProblemFilter } from '../errors/problem.filter';
import { ContractPipe } from '../http/contract.pipe';
import { ServedRoutes } from '../http/served-routes';
import { InternalClient } from '../internal/internal-client';
import { ServiceTokens } from '../internal/service-tokens';
import { ReadLimits } from '../limits/read-limits';
import { ReadLimitsGuard } from '../limits/read-limits.guard';
import { WriteLimits } from '../limits/write-limits';
import { CARRIER, FANOUT, SERVICE_NAME } from '../messaging/tokens';
import { OutboundClient } from '../resilience/outbound-client';
import { SessionProofs } from '../throttle/session-proofs';
import { ThrottleGuard } from '../throttle/throttle.guard';
import { ThrottleOptions } from '../throttle/throttle.options';
import { COUNTERS, GIVEN_AUTH_KEYS, PEERS, SERVICE_KEYS, type Drivers } from './drivers';
import { ServiceIndicators } from './service-indicators';
import { Shutdown } from './shutdown';

export interface PlatformParts {
  readonly config: ServiceConfig;
  readonly env: PlatformEnv;
  readonly drivers: Drivers;
  readonly database: Database;
  readonly outbound: OutboundClient;
  readonly clock: Clock;
  readonly routes: ServedRoutes;
  readonly shutdown: Shutdown;
}

const own = [
  ReadLimits,
  WriteLimits,
  Idempotency,
  ServiceTokens,
  InternalClient,
  KeySource,
  KeyRing,
  TokenVerifier,
  Revocations,
  Authenticator,
  SessionProofs,
];

/**
 * The guards and pipes of every request, in this order: floods are counted before any token is verified, reads of an
 * account are counted once access is granted, and input is validated last.
 */
const pipeline: Provider[] = [
  { provide: APP_GUARD, useClass: ThrottleGuard },
  { provide: APP_GUARD, useClass: AccessGuard },
  { provide: APP_GUARD, useClass: ReadLimitsGuard },
  { provide: APP_PIPE, useClass: ContractPipe },
  { provide: APP_FILTER, useClass: ProblemFilter },
];

/** Provides what every provider of a service may inject. */
@Module({})
export class PlatformModule {
  static forService(parts: PlatformParts): DynamicModule {
    const given: Provider[] = [
      { provide: CONFIG, useValue: parts.env },
      { provide: SERVICE, useValue: parts.config },
      { provide: SERVICE_NAME, useValue: parts.config.service },
      { provide: CARRIER, useValue: parts.drivers.carrier },
      { provide: FANOUT, useValue: parts.drivers.fanout },
      { provide: COUNTERS, useValue: parts.drivers.counters },
      { provide: PEERS, useValue: parts.drivers.peers },
      { provide: SERVICE_KEYS, useValue: parts.drivers.serviceKeys },
      { provide: GIVEN_AUTH_KEYS, useValue: parts.drivers.authKeys ?? null },
      { provide: Database, useValue: parts.database },
      { provide: OutboundClient, useValue: parts.outbound },
      { provide: Clock, useValue: parts.clock },
      { provide: ServedRoutes, useValue: parts.routes },
      { provide: Shutdown, useValue: parts.shutdown },
      { provide: Cursors, useValue: new Cursors(parts.env.CURSOR_SECRET) },
      ...own,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [ThrottlerModule.forRootAsync({ useClass: ThrottleOptions })],
      providers: [
        ...given,
        ...pipeline,
        ServiceIndicators,
      ],
      exports: [...given, ...own],
    };
  }
}
