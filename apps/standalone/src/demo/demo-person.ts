import { setTimeout as sleep } from 'node:timers/promises';
import { signIn, signOut } from '@muster/contracts/auth/routes';
import type { Route } from '@muster/contracts/kernel/route';
import type { z } from 'zod';
import type { Answer, DemoDoor } from './demo-door';

interface Sent<R extends Route> {
  params?: z.input<R['params']>;
  query?: z.input<R['query']>;
  body?: z.input<R['body']>;
  ifMatch?: number;
  /** The idempotency key, with which a repeated request returns the first answer. */
  key?: string;
}

/** The refusal of a route, with the text that a person would read on the screen. */
export class Refused extends Error {
  constructor(
    route: string,
    readonly status: number,
    body: unknown,
  ) {
    super(`${route}: ${status} ${JSON.stringify(body)}`);
  }
}

const attempts = 6;

/** Somebody of the demo who uses the public routes: signs in with a password and calls by the contracts. */
export class DemoPerson {
  private token = '';

  constructor(
    private readonly door: Pick<DemoDoor, 'ask'>,
    readonly email: string,
    private readonly password: string,
  ) {}

  /** @throws Refused unless the route answers with the status that its contract declares */
  async call<R extends Route>(route: R, sent: Sent<R> = {}): Promise<z.output<R['response']>> {
    if (this.token === '') await this.signIn();
    let answer = await this.ask(route, sent);
    if (answer.status === 401) {
      await this.signIn();
      answer = await this.ask(route, sent);
    }
    if (answer.status !== route.status) throw new Refused(route.id, answer.status, answer.body);
    return route.response.parse(answer.body) as z.output<R['response']>;
  }

  /** Ends the session, so that the list of devices shows no unknown ones. */
  async signOut(): Promise<void> {
    if (this.token !== '') await this.call(signOut, { body: {} });
    this.token = '';
  }

  private async signIn(): Promise<void> {
    const answer = await this.ask(signIn, { body: { email: this.email, password: this.password } });
    if (answer.status !== signIn.status) throw new Refused(signIn.id, answer.status, answer.body);
    this.token = signIn.response.parse(answer.body).accessToken;
  }

  /** Repeats a request that was refused for load after the named time, like the web app does. */
  private async ask<R extends Route>(route: R, { params, query, body, ifMatch, key }: Sent<R>): Promise<Answer> {
    const path = route.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String((params as Record<string, unknown>)[name])));
    const search = query ? `?${new URLSearchParams(query as Record<string, string>).toString()}` : '';
    const headers = {
      ...(this.token !== '' && { authorization: `Bearer ${this.token}` }),
      ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.door.ask(route.method, `${path}${search}`, headers, body);
      if (answer.status !== 503 || attempt === attempts) return answer;
      await sleep(answer.retryAfterSeconds * 1000);
    }
  }
}
