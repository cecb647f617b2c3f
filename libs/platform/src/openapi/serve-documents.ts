import type { RequestListener } from 'node:http';
import { publicPrefixes, type ServiceName } from '@muster/contracts/kernel/ids';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServedRoutes } from '../http/served-routes';
import { openApiDocument } from './document';

/**
 * The policy allows only what Swagger UI needs: its own scripts and pictures, and the styles that it writes into its
 * page.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface DocumentOptions {
  readonly service: ServiceName;
  readonly routes: ServedRoutes;
  readonly publicOrigin: string;
}

/**
 * `docs` under the service's public prefix, and its `openapi.json`. Swagger and its pages are loaded by the first reader, so that no
 * start and no service that nobody reads about pays for them.
 */
export function serveDocuments(fastify: FastifyInstance, { service, routes, publicOrigin }: DocumentOptions): void {
  const path = `${publicPrefixes[service]}/docs`;
  let text: string | undefined;
  const document = (): string => (text ??= JSON.stringify(openApiDocument(service, routes.allRoutes(), publicOrigin)));
  let pages: Promise<RequestListener> | undefined;

  const page = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    pages ??= swaggerPages(path, document);
    const answer = await pages;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.setHeader('content-security-policy', POLICY);
    reply.hijack();
    answer(request.raw, reply.raw);
  };
  const open = { config: { open: true } } as const;
  fastify.get(`${path}/openapi.json`, open, (_request, reply) => reply.type('application/json').send(document()));
  fastify.get(path, open, page);
  fastify.get(`${path}/*`, open, page);
}

/** An application of its own that nobody listens to, since a running Fastify takes no further routes. */
async function swaggerPages(path: string, document: () => string): Promise<RequestListener> {
  const [{ NestFactory }, { Module }, { SwaggerModule }, { FastifyAdapter }, { createServer }] = await Promise.all([
    import('@nestjs/core'),
    import('@nestjs/common'),
    import('@nestjs/swagger'),
    import('@nestjs/platform-fastify'),
    import('node:http'),
  ]);
  class Pages {}
  Module({})(Pages);
  let listener: RequestListener | undefined;
  const adapter = new FastifyAdapter({
    serverFactory: (handler: RequestListener) => {
      listener = handler;
      return createServer();
    },
  });
  // No `logger: false`: Nest has one logger for the process, which every other line would lose with this one.
  const app = await NestFactory.create(Pages, adapter);
  SwaggerModule.setup(path.slice(1), app, JSON.parse(document()) as OpenAPIObject, { raw: false });
  await app.init();
  await adapter.getInstance().ready();
  if (!listener) throw new Error('Fastify did not ask for a server');
  return listener;
}
