import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { confirmSignUp, putOnHat, refresh, signIn, signUp } from '@muster/contracts/auth/routes';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Route } from '@muster/contracts/kernel/route';
import { NAGPUR, saveAvailability, saveContractorProfile, saveWorkerProfile } from '@muster/contracts/user/routes';
import { addressOf } from '@muster/platform/internal/internal-client';
import { Agent, fetch, type Headers } from 'undici';
import type { z } from 'zod';

/** Where Muster is, as a browser sees it. */
export interface Site {
  readonly origin: string;
  /** PEM of the authority that its certificate is believed for; undefined: the machine's own, or plain HTTP. */
  readonly ca?: string | undefined;
  /** The newest code of six digits that was sent to somebody. @throws Error when none comes in time */
  codeFor(visitor: Visitor): Promise<string>;
  /** Resolves while Muster is up. A site without it is not expected to lose a request. */
  untilUp?(): Promise<void>;
}

export type Hat = 'worker' | 'contractor';
export const PASSWORD = 'a long enough password';

export interface Sent<R extends Route> {
  params?: z.input<R['params']>;
  query?: z.input<R['query']>;
  body?: z.input<R['body']>;
  ifMatch?: number;
  idempotencyKey?: string;
}

export interface Ways {
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told of every answer. */
  readonly watch?: (answered: Answered) => void;
  /** How long one request is waited for, milliseconds; ten seconds. */
  readonly attemptMs?: number;
}

/** One answer: what was asked for, and all that the checks look at. */
export interface Answered {
  readonly route: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const TOKEN_MS = 150_000;
const ATTEMPT_MS = 10_000;
/** A machine that is busy elsewhere sheds requests and says when to come back; a killed Muster takes longer to return. */
const PATIENCE_MS = { up: 60_000, killed: 180_000 };

/** Somebody with a browser who asks by the contracts: cookies, and an access token that is refreshed in time. */
export class Visitor {
  personId = '' as PersonId;
  private token = '';
  private tokenAt = 0;
  private readonly cookies = new Map<string, string>();
  private readonly agent: Agent;

  constructor(
    readonly site: Site,
    readonly email: string,
    readonly hat: Hat,
    private readonly ways: Ways = {},
  ) {
    this.agent = agentFor(site);
  }

  /** Through the form, the code that was sent, and the hat. */
  static async signUp(site: Site, email: string, hat: Hat, ways: Ways = {}): Promise<Visitor> {
    const visitor = new Visitor(site, email, hat, ways);
    await visitor.call(signUp, { body: { email, password: PASSWORD, dateOfBirth: '1990-05-17' } });
    visitor.take(await visitor.call(confirmSignUp, { body: { email, code: await site.codeFor(visitor) } }));
    await visitor.call(putOnHat, { params: { hat }, body: {} });
    await visitor.refresh(); // the next token carries the hat
    return visitor;
  }

  /** Somebody who has an account already. */
  static async signIn(site: Site, email: string, hat: Hat, password = PASSWORD): Promise<Visitor> {
    const visitor = new Visitor(site, email, hat);
    visitor.take(await visitor.call(signIn, { body: { email, password } }));
    return visitor;
  }

  /** The same person at another address that takes the same token. */
  at(origin: string): Visitor {
    const other = new Visitor({ ...this.site, origin }, this.email, this.hat, this.ways);
    Object.assign(other, { token: this.token, tokenAt: this.tokenAt, personId: this.personId });
    return other;
  }

  get bearer(): string {
    return `Bearer ${this.token}`;
  }

  /** A name for a contractor; for a worker all that makes them findable. */
  async introduce(displayName: string): Promise<void> {
    if (this.hat === 'contractor') {
      await this.call(saveContractorProfile, { body: { displayName } });
      return;
    }
    const skills = [{ trade: 'mason', level: 3, years: 8 }];
    const dayRate = { amount: 90_000, currency: 'INR' as const };
    await this.call(saveWorkerProfile, { body: { displayName, placeId: NAGPUR, travelRadiusKm: 25, skills, dayRate, languages: ['hi'] } });
    await this.call(saveAvailability, { body: { weekly: [1, 2, 3, 4, 5, 6, 7], exceptions: [] } });
  }

  /** One request, never repeated. Undefined when nothing came back: whether it happened nobody knows. */
  async send<R extends Route>(route: R, sent: Sent<R> = {}): Promise<Answered | undefined> {
    const isOfAuth = route.path.startsWith('/api/v1/auth/');
    if (this.token && Date.now() - this.tokenAt > TOKEN_MS && !isOfAuth) await this.refresh();
    const body = route.method === 'GET' ? undefined : JSON.stringify(sent.body ?? {});
    try {
      const response = await fetch(`${this.site.origin}${addressOf(route, sent.params, sent.query)}`, {
        method: route.method,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(this.ways.attemptMs ?? ATTEMPT_MS),
        headers: {
          origin: this.site.origin,
          ...this.ways.headers,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(this.cookies.size > 0 && isOfAuth && { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
          ...(this.token && { authorization: this.bearer }),
          ...(route.idempotent && { 'idempotency-key': sent.idempotencyKey ?? randomUUID() }),
          ...(sent.ifMatch !== undefined && { 'if-match': `"${sent.ifMatch}"` }),
        },
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      for (const cookie of response.headers.getSetCookie()) this.keepCookie(cookie);
      const answered = { route: route.id, status: response.status, headers: response.headers, body: parse(text) };
      this.ways.watch?.(answered);
      return answered;
    } catch {
      return undefined;
    }
  }

  /**
   * Asks until there is an answer, and holds it against the contract.
   *
   * @throws Error for a refusal, an answer of another shape, and a request lost where Muster is up
   */
  async call<R extends Route>(route: R, sent: Sent<R> = {}): Promise<z.output<R['response']>> {
    const mayBeDown = this.site.untilUp !== undefined;
    const once = { idempotencyKey: randomUUID(), ...sent };
    for (const end = Date.now() + (mayBeDown ? PATIENCE_MS.killed : PATIENCE_MS.up); ; ) {
      const answered = await this.send(route, once);
      if (answered?.status === route.status) return route.response.parse(route.status === 204 ? undefined : answered.body) as z.output<R['response']>;
      const seconds = Number(answered?.headers.get('retry-after') ?? 0);
      const isBusy = answered !== undefined && [429, 503].includes(answered.status) && seconds > 0;
      const again = isBusy || (mayBeDown && (answered === undefined || answered.status >= 500));
      if (!again || Date.now() > end) throw new Error(`${route.id} for ${this.email} was answered ${answered?.status}: ${JSON.stringify(answered?.body).slice(0, 300)}`);
      await Promise.all([this.site.untilUp?.(), sleep(Math.min(seconds * 1000, 5000) || 50)]);
    }
  }

  /** One attempt id until it succeeds: a lost answer is asked for again and is no alarm. */
  async refresh(): Promise<void> {
    this.take(await this.call(refresh, { body: { attemptId: randomUUID() } }));
  }

  /** A refresh that is not tried again. @returns whether it succeeded */
  async refreshOnce(): Promise<boolean> {
    const answered = await this.send(refresh, { body: { attemptId: randomUUID() } });
    if (answered?.status !== refresh.status) return false;
    this.take(refresh.response.parse(answered.body));
    return true;
  }

  keepCookie(cookie: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (name !== undefined) this.cookies.set(name, value ?? '');
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private take(signedIn: { accessToken: string; personId: PersonId }): void {
    this.token = signedIn.accessToken;
    this.personId = signedIn.personId;
    this.tokenAt = Date.now();
  }
}

export function agentFor({ ca }: Pick<Site, 'ca'>): Agent {
  return new Agent(ca === undefined ? {} : { connect: { ca } });
}

function parse(text: string): Record<string, unknown> {
  try {
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  } catch {
    return { text };
  }
}
