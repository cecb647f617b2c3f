import type { Route } from '@muster/contracts/kernel/route';
import { addressOf } from '../../internal/internal-client';
import { allowedCaller } from './bad-input';
import { Callers } from './callers';
import { exampleOf, type AnyExample, type ContractWorld } from './contract-world';
import { completed, shapeOf, spotsOf, withValue } from './json-shape';

/** What a person might give away, in a form that nothing else prints. */
const canaries: Readonly<Record<string, string>> = {
  'a password': 'canary in the password',
  'a token': 'canarytoken7Qz82canarytoken',
  'a code': '738291',
  'a mail address': 'canary.7qz83@example.org',
  'a phone number': '+91 98765 07383',
};

/** Sends secrets wherever a request can hold text, and looks for them in what the service prints meanwhile. */
export class Canaries {
  private readonly callers: Callers;

  constructor(private readonly world: ContractWorld) {
    this.callers = new Callers(world);
    for (const [what, text] of Object.entries(canaries)) world.service.lines.watchFor(what, text);
  }

  async faultsOf(route: Route): Promise<string[]> {
    const { lines } = this.world.service;
    const printed = lines.printed;
    for (const text of Object.values(canaries)) {
      const example = await exampleOf(route, this.world);
      const { token, internal } = await allowedCaller(route, example, this.world, this.callers);
      const authorization = token === undefined ? undefined : `Bearer ${token}`;
      const address = addressOf(route, example.params, example.query);
      // Each alone, for what is refused at one place is not looked at in the others.
      for (const body of bodiesWith(route, example, text)) await this.send(route, address, { authorization, body, internal, text });
      await this.send(route, withQuery(address, text), { authorization, body: example.body, internal, text });
      await this.send(route, address, { authorization: `Bearer ${text}`, body: example.body, internal, text });
    }
    if (lines.printed === printed) return [`${route.id} printed nothing, so that nothing was looked through`];
    return lines.takeFaults().map((fault) => `${route.id}: ${fault}`);
  }

  private async send(route: Route, address: string, given: { authorization: string | undefined; body: unknown; internal: boolean; text: string }): Promise<void> {
    await this.world.service.http.raw(route.method, address, {
      headers: {
        'content-type': 'application/json', cookie: `__Host-refresh=${encodeURIComponent(given.text)}`, 'user-agent': given.text, 'x-forwarded-for': given.text,
        ...(given.authorization !== undefined && { authorization: given.authorization }),
      },
      ...(route.method !== 'GET' && { body: JSON.stringify(given.body ?? {}) }),
      internal: given.internal,
    });
  }
}

/** The example's body with the text in each place of it that may hold one. */
function bodiesWith({ method, body: schema }: Route, { body = {} }: AnyExample, text: string): unknown[] {
  if (method === 'GET') return [undefined];
  const good = completed(schema, body);
  const spots = spotsOf(shapeOf(schema), good).filter(({ shape, path }) => shape.type === 'string' && path.length > 0);
  return [{ ...(good as object), [text]: text }, ...spots.map(({ path }) => withValue(good, path, text))];
}

function withQuery(address: string, text: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}${encodeURIComponent(text)}=${encodeURIComponent(text)}`;
}
