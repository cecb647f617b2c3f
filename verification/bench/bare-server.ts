// The same answers without Muster: `bare-server.ts http|fastify|nest [answers.json]`. With a file of answers it serves
// them in turn to POSTs, without one the list of twenty.
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { Body, Controller, Get, HttpCode, Module, Post, Query } from '@nestjs/common';
import { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { bareFastify, bareNest } from '@muster/platform/testing/bare-servers';
import { listenAnywhere, obeyParent, portOf } from './serve';
import { listTwenty, twenty } from './twenty-results';

const [kind, file] = process.argv.slice(2);
const answers = file === undefined ? [] : (JSON.parse(readFileSync(file, 'utf8')) as unknown[]);
let given = 0;
const nextAnswer = (): unknown => answers[given++ % answers.length];

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function http(): Promise<number> {
  const listener: RequestListener = (request, response) => {
    const send = (value: unknown): void => {
      const body = JSON.stringify(value);
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }).end(body);
    };
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === listTwenty.path && searchParams.get('trade') !== null) send(twenty());
    else void textOf(request).then((text) => (JSON.parse(text), send(nextAnswer())));
  };
  return portOf(await listenAnywhere(listener));
}

const onFastify = async (): Promise<number> =>
  portOf(
    await bareFastify((server) => {
      server.get(listTwenty.path, () => Promise.resolve(twenty()));
      server.post(searchWorkers.path, () => Promise.resolve(nextAnswer()));
    }),
  );

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

const kinds: Record<string, () => Promise<number>> = { http, fastify: onFastify, nest: async () => portOf(await bareNest(BareModule)) };
void kinds[kind ?? '']?.().then((port) => obeyParent({ port }));
