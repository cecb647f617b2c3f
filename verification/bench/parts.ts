// The parts of the platform that a request passes, each of which a server under measurement can go without.

/** A module of the platform and what stands in for some of its exports. */
interface StandIn {
  readonly module: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

const nothing = (): void => undefined;

export interface Part {
  readonly name: string;
  readonly label: string;
  readonly env?: Readonly<Record<string, string>>;
  standIns?(): readonly StandIn[];
}

/** In the order in which a request meets them. */
export const parts: readonly Part[] = [
  {
    name: 'scope',
    label: 'request id, trace context, deadline, service name',
    standIns: () => [
      { module: '@muster/platform/tracing/install-request-scope', exports: { installRequestScope: nothing, requestIdOf: () => 'none', scopeOf: () => ({}) } },
    ],
  },
  { name: 'log', label: 'request log, 10 % of successes', standIns: () => [{ module: '@muster/platform/logging/install-request-log', exports: { installRequestLog: nothing } }] },
  { name: 'metrics', label: 'metrics by route', standIns: () => [{ module: '@muster/platform/metrics/install-request-metrics', exports: { installRequestMetrics: nothing } }] },
  { name: 'headers', label: 'security headers', standIns: () => [{ module: '@muster/platform/http/security-headers', exports: { securityHeaders: () => Promise.resolve({}) } }] },
  { name: 'shedding', label: 'load shedding', env: { SHED_LOAD: 'false' } },
  { name: 'throttle', label: 'throttling by network and account', standIns: () => [standInGuard('@muster/platform/throttle/throttle.guard', 'ThrottleGuard')] },
  {
    name: 'token',
    label: 'token (verified before) and revocation',
    standIns: () => {
      const somebody = { kind: 'person', personId: '01900000-0000-7000-8000-000000000001', sessionId: 's', roles: ['contractor'], tokenId: 't', issuedAt: 0, expiresAt: 0 };
      class Authenticator {
        principalOf(request: { principal: unknown }): Promise<unknown> {
          request.principal = somebody;
          return Promise.resolve(somebody);
        }
      }
      return [{ module: '@muster/platform/auth/authenticator', exports: { Authenticator } }];
    },
  },
  { name: 'guard', label: 'access guard', standIns: () => [standInGuard('@muster/platform/auth/access.guard', 'AccessGuard')] },
  {
    name: 'input',
    label: 'input validation',
    standIns: () => {
      class ContractPipe {
        transform(value: unknown): unknown {
          return value;
        }
      }
      return [{ module: '@muster/platform/http/contract.pipe', exports: { ContractPipe } }];
    },
  },
  { name: 'answers', label: 'answers by their schema, 1 % checked in full', standIns: () => [{ module: '@muster/platform/http/answers', exports: { describeAnswers: nothing } }] },
];

function standInGuard(module: string, name: string): StandIn {
  class Open {
    canActivate(): boolean {
      return true;
    }
  }
  return { module, exports: { [name]: Open } };
}

/** To be called before anything of the platform is loaded: who loads it afterwards gets the stand-ins. */
export function switchOff(names: readonly string[]): void {
  for (const name of names) {
    const part = parts.find((one) => one.name === name);
    if (!part) throw new Error(`there is no part "${name}"`);
    for (const { module, exports } of part.standIns?.() ?? []) {
      const original = require(module) as Record<string, unknown>;
      // eslint-disable-next-line muster/no-foreign-private -- modules of Muster's own, in a process that is only measured
      const loaded = require.cache[require.resolve(module)];
      if (loaded) loaded.exports = { ...original, ...exports };
    }
  }
}
