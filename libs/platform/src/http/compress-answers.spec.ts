import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Route } from '@muster/contracts/kernel/route';
import fastify from 'fastify';
import { compressAnswer } from './compress-answers';

const items = Array.from({ length: 60 }, (_, index) => ({ name: `रमेश ${index}`, city: 'Nagpur' }));

function served() {
  const app = fastify();
  app.addHook('onRoute', (options) => compressAnswer(options, { id: options.url === '/tokens' ? 'auth.x' : 'user.x' } as Route));
  app.get('/many', async () => ({ items }));
  app.get('/tokens', async () => ({ items }));
  app.get('/few', async () => ({ items: items.slice(0, 2) }));
  app.get('/text', async (_request, reply) => reply.type('text/plain').send('x'.repeat(5000)));
  return (url: string, accepted?: string) => app.inject({ url, headers: accepted === undefined ? {} : { 'accept-encoding': accepted } });
}

describe('answers of more than 1 kB', () => {
  it('are sent compressed to whoever takes gzip, and are the same then', async () => {
    const ask = served();
    for (const accepted of ['gzip, deflate, br', 'br;q=1.0, gzip;q=0.8, *;q=0.1', '*', 'GZIP']) {
      const answer = await ask('/many', accepted);
      expect([accepted, answer.headers['content-encoding'], answer.headers['content-length']]).toEqual([accepted, 'gzip', String(answer.rawPayload.length)]);
      expect(JSON.parse(gunzipSync(answer.rawPayload).toString())).toEqual({ items });
      expect(answer.rawPayload.length).toBeLessThan(JSON.stringify({ items }).length / 3);
    }
  });

  it('are sent as they are to everybody else, and say that there are both', async () => {
    const ask = served();
    for (const accepted of [undefined, '', 'br', 'gzip;q=0', 'identity, *;q=0', 'gzip;q=x']) {
      const answer = await ask('/many', accepted);
      expect([accepted, answer.headers['content-encoding'], answer.headers['vary']]).toEqual([accepted, undefined, 'accept-encoding']);
      expect(answer.json()).toEqual({ items });
    }
  });

  it('are the only ones: what is small, what is no JSON, and what auth answers stays', async () => {
    const ask = served();
    for (const url of ['/few', '/text', '/tokens']) expect([url, (await ask(url, 'gzip')).headers['content-encoding']]).toEqual([url, undefined]);
  });
});
