import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InputOf, Route } from '@muster/contracts/kernel/route';
import { confirmSignUp, putOnHat, refresh, signUp } from '@muster/contracts/auth/routes';
import type { hat } from '@muster/contracts/auth/views';
import { Agent, fetch, type RequestInit, type Response } from 'undici';
import type { z } from 'zod';
import type { Mailbox } from './mailbox';

/** Where Muster is, as a browser sees it. */
export interface Site {
  readonly origin: string;
  /** PEM of the authority that its certificate is believed for; undefined: the machine's own, or plain HTTP. */
  readonly ca?: string | undefined;
  readonly mailbox: Mailbox;
}

type Sent<R extends Route> = {
  params?: z.input<R['params']>;
  query?: z.input<R['query']>;
  body?: z.input<R['body']>;
  ifMatch?: number;
};

/** One answer, kept for the checks of headers and cookies. */
export interface Seen {
  readonly route: string;
  readonly status: number;
  readonly headers: Response['headers'];
}

const ATTEMPTS = 10;
const PASSWORD = 'three words together';

/** Somebody with a browser: cookies, an access token, and one trace for all that they do. */
export class Visitor {
  readonly seen: Seen[] = [];
  /** Answers that said 503 with a time to come back. */
  toldToComeBack = 0;
  personId = '' as PersonId;
  private token = '';
  private readonly cookies = new Map<string, string>();
  private readonly agent: Agent;

  constructor(
    readonly site: Site,
    readonly email: string,
    private readonly traceparent: string,
  ) {
    this.agent = agentFor(site);
  }

  /** Asks for an account, reads the code in the mailbox, and wears a hat. */
  async signUp(wears: z.infer<typeof hat>): Promise<void> {
    await this.call(signUp, { body: { email: this.email, password: PASSWORD, dateOfBirth: '1990-05-17' } });
    const code = await this.site.mailbox.codeFor(this.email);
    this.take(await this.call(confirmSignUp, { body: { email: this.email, code } }));
    await this.call(putOnHat, { params: { hat: wears }, body: {} });
    this.take(await this.call(refresh, { body: { attemptId: randomUUID() } })); // the next token carries the hat
  }

  /** @throws Error unless the route answers as its contract says, in status and shape */
  async call<R extends Route>(route: R, sent: Sent<R> = {}): Promise<z.output<R['response']>> {
    const { params, query, body, ifMatch } = sent as Partial<InputOf<Route>> & { ifMatch?: number };
    const path = route.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String((params as Record<string, unknown>)[name])));
    const search = query ? `?${new URLSearchParams(query as Record<string, string>).toString()}` : '';
    const response = await this.ask(`${this.site.origin}${path}${search}`, {
      method: route.method,
      headers: {
        origin: this.site.origin,
        traceparent: this.traceparent,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(this.cookies.size > 0 && path.startsWith('/api/v1/auth/') && { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
        ...(route.idempotent && { 'idempotency-key': randomUUID() }),
        ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    this.seen.push({ route: route.id, status: response.status, headers: response.headers });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    if (response.status !== route.status) throw new Error(`${route.id} answered ${response.status}: ${text.slice(0, 300)}`);
    return route.response.parse(text === '' ? undefined : JSON.parse(text)) as z.output<R['response']>;
  }

  /** Comes back when told to: a machine that is busy elsewhere sheds requests, and a client does as it says. */
  private async ask(url: string, init: RequestInit): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(url, { ...init, dispatcher: this.agent, signal: AbortSignal.timeout(10_000) });
      const seconds = Number(response.headers.get('retry-after'));
      if (response.status !== 503 || !seconds || attempt === ATTEMPTS) return response;
      this.toldToComeBack += 1;
      await response.body?.cancel();
      await sleep(Math.min(seconds, 5) * 1000);
    }
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private take(signedIn: { accessToken: string; personId: PersonId }): void {
    this.token = signedIn.accessToken;
    this.personId = signedIn.personId;
  }

  private keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    this.cookies.set(name, value);
  }
}

export function agentFor({ ca }: Pick<Site, 'ca'>): Agent {
  return new Agent(ca === undefined ? {} : { connect: { ca } });
}
