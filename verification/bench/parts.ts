// The parts of the platform that a request passes, each of which a server under measurement can go without.

/** Exports of a module that something else stands in for. */
type StandIns = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Part {
  readonly name: string;
  readonly label: string;
  readonly env?: Readonly<Record<string, string>>;
  /** By the module's path in the platform. */
  readonly standIns?: StandIns;
}

const nothing = (): void => undefined;
class OpenGuard {
  canActivate(): boolean {
    return true;
  }
}
class AnyInput {
  transform(value: unknown): unknown {
    return value;
  }
}
const somebody = { kind: 'person', personId: '01900000-0000-7000-8000-000000000001', sessionId: 's', roles: ['contractor'], tokenId: 't', issuedAt: 0, expiresAt: 0 };
class AlwaysSomebody {
  principalOf(request: { principal: unknown }): Promise<unknown> {
    request.principal = somebody;
    return Promise.resolve(somebody);
  }
}

/** In the order in which a request meets them. */
export const parts: readonly Part[] = [
  { name: 'scope', label: 'request id, trace context, deadline, service name', standIns: { 'tracing/install-request-scope': { installRequestScope: nothing, requestIdOf: () => 'none', scopeOf: () => ({}) } } },
  { name: 'log', label: 'request log, 10 % of successes', standIns: { 'logging/install-request-log': { installRequestLog: nothing } } },
  { name: 'metrics', label: 'metrics by route', standIns: { 'metrics/install-request-metrics': { installRequestMetrics: nothing } } },
  { name: 'headers', label: 'security headers', standIns: { 'http/security-headers': { securityHeaders: () => Promise.resolve({}) } } },
  { name: 'shedding', label: 'load shedding', env: { SHED_LOAD: 'false' } },
  { name: 'throttle', label: 'throttling by network and account', standIns: { 'throttle/throttle.guard': { ThrottleGuard: class extends OpenGuard {} } } },
  { name: 'token', label: 'token (verified before) and revocation', standIns: { 'auth/authenticator': { Authenticator: AlwaysSomebody } } },
  { name: 'guard', label: 'access guard', standIns: { 'auth/access.guard': { AccessGuard: class extends OpenGuard {} } } },
  { name: 'input', label: 'input validation', standIns: { 'http/contract.pipe': { ContractPipe: AnyInput } } },
  { name: 'answers', label: 'answers by their schema, 1 % checked in full', standIns: { 'http/answers': { describeAnswers: nothing } } },
];

/** To be called before anything of the platform is loaded: who loads it afterwards gets the stand-ins. */
export function switchOff(names: readonly string[]): void {
  for (const name of names) {
    const part = parts.find((one) => one.name === name);
    if (!part) throw new Error(`there is no part "${name}"`);
    for (const [path, exports] of Object.entries(part.standIns ?? {})) {
      const module = `@muster/platform/${path}`;
      const original = require(module) as Record<string, unknown>;
      // eslint-disable-next-line muster/no-foreign-private -- modules of Muster's own, in a process that is only measured
      const loaded = require.cache[require.resolve(module)];
      if (loaded) loaded.exports = { ...original, ...exports };
    }
  }
}
