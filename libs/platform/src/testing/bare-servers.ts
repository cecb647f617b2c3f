import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastify, { type FastifyInstance } from 'fastify';

/** The servers on which the platform builds, without the platform; benchmarks compare it with them. */
export async function bareFastify(routes: (server: FastifyInstance) => void): Promise<FastifyInstance['server']> {
  const server = fastify();
  routes(server);
  await server.listen({ port: 0, host: '127.0.0.1' });
  return server.server;
}

/** Nest on Fastify as its documentation starts it, without a line of log. */
export async function bareNest(module: Type): Promise<FastifyInstance['server']> {
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer();
}
