// A server under measurement, a process of its own: `server.ts http|fastify|nest [answers.json]` without Muster, `stack`
// with everything that a service puts around the list of twenty, `search` for matching. The bare ones serve the list of
// twenty, and to POSTs the answers of the file in turn.
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { bareFastify, bareNest } from '@muster/platform/testing/bare-servers';
import { Body, Controller, Get, HttpCode, Module, Post, Query } from '@nestjs/common';
import type * as musterServer from './muster-server';
import { listTwenty, twenty } from './twenty-results';

/** What the process answers to the one that measures it. */
export type FromServer =
  | { readonly is: 'ready'; readonly port: number }
  /** CPU of the whole process since its start. */
  | { readonly is: 'usage'; readonly cpuMicros: number; readonly rssBytes: number }
  | { readonly is: 'token'; readonly token: string };

interface Served {
  readonly server: Pick<Server, 'address'>;
  token?(): Promise<string>;
  close?(): Promise<void>;
}

const [kind = '', file] = process.argv.slice(2);

const answers = file ? (JSON.parse(readFileSync(file, 'utf8')) as unknown[]) : [];
let given = 0;
const nextAnswer = (): unknown => answers[given++ % answers.length];

@Controller()
class BareController {
  @Get(listTwenty.path)
  list(@Query() _query: unknown): Promise<unknown> {
    return Promise.resolve(twenty());
  }

  @Post(searchWorkers.path)
  @HttpCode(200)
  search(@Body() _body: unknown): Promise<unknown> {
    return Promise.resolve(nextAnswer());
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const onNode: RequestListener = (request, response) => {
  const send = (value: unknown): void => {
    const body = JSON.stringify(value);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }).end(body);
  };
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === listTwenty.path && searchParams.get('trade') !== null) send(twenty());
  else void text(request).then((body) => (JSON.parse(body), send(nextAnswer())));
};

async function listening(listener: RequestListener): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 65_000 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function bare(): Promise<Served> {
  if (kind === 'http') return { server: await listening(onNode) };
  if (kind === 'nest') return { server: await bareNest(BareModule) };
  const routes: Parameters<typeof bareFastify>[0] = (server) => {
    server.get(listTwenty.path, () => Promise.resolve(twenty()));
    server.post(searchWorkers.path, () => Promise.resolve(nextAnswer()));
  };
  return { server: await bareFastify(routes) };
}

async function muster(what: 'stack' | 'search'): Promise<Served> {
  const { listener, ...more } = await (require('./muster-server') as typeof musterServer)[what]();
  return { server: await listening(listener), ...more };
}

/** Tells the parent that it is ready and answers it until it says stop; ends with the parent too. */
async function main(): Promise<void> {
  const { server, token, close } = await (kind === 'stack' || kind === 'search' ? muster(kind) : bare());
  const tell = (message: FromServer): void => void process.send?.(message);
  const end = (): void => void Promise.resolve(close?.()).finally(() => process.exit(0));
  process.on('message', (ask: 'usage' | 'token' | 'stop') => {
    if (ask === 'stop') return end();
    if (ask === 'token') return void token?.().then((made) => tell({ is: 'token', token: made }));
    const { user, system } = process.cpuUsage();
    tell({ is: 'usage', cpuMicros: user + system, rssBytes: process.memoryUsage.rss() });
  });
  process.once('disconnect', end);
  tell({ is: 'ready', port: (server.address() as AddressInfo).port });
}

void main();
