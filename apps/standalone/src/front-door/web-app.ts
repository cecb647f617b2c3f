import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { allowedOrigins } from '@muster/platform/http/origins';
import fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StartProblem } from '../start-problem';

export interface WebApp {
  handle: RequestListener;
  close(): Promise<void>;
}

/** Files whose name holds a hash of their content never change. */
const hashed = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+(\.br|\.gz)?$/;
const aYear = 'public, max-age=31536000, immutable';

/**
 * Serves the built web app: files with their compressed forms (made by the build), and its one page for every other
 * path.
 */
export async function serveWebApp(folder: string, origin: string): Promise<WebApp> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new StartProblem(`The web app is not built (${folder} has no index.html). Run "npm run build".`);
  }
  let handle: RequestListener = () => undefined;
  const app = fastify({
    exposeHeadRoutes: true,
    serverFactory: (listener) => {
      handle = listener;
      return createServer();
    },
  });
  await app.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    wildcard: true,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', hashed.test(path) ? aYear : 'no-cache'),
  });
  app.setNotFoundHandler((request, reply) => onePage(request, reply));
  await app.ready();
  // The headers are set before Fastify sees the request, because it answers a malformed address without calling any
  // hook.
  const answer: RequestListener = (request, response) => {
    // The hashes are read each time, because a build may replace the page under a running server.
    for (const [name, value] of Object.entries(pageHeaders(origin, inlineScripts(folder)))) response.setHeader(name, value);
    handle(request, response);
  };
  return { handle: answer, close: () => app.close() };
}

/**
 * Serves the one page for an address of the app. A missing file stays missing, because a browser would otherwise cache
 * HTML as a script.
 */
function onePage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?', 1)[0] ?? '/';
  const isPage = (request.method === 'GET' || request.method === 'HEAD') && !/\.[^/]*$/.test(path) && !path.startsWith('/assets/');
  if (isPage) return reply.sendFile('index.html');
  return reply.code(404).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('Not found\n');
}

/** The hashes of the page's inline scripts in the form of its policy; the build writes them beside the page. */
function inlineScripts(folder: string): string {
  const file = join(folder, 'script-sources.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** The headers of the page: it may load from this origin only, run no inline script but its own, and not be framed. */
export function pageHeaders(origin: string, inline = ''): Record<string, string> {
  const secure = origin.startsWith('https:');
  // Older versions of Safari do not match a socket of the same origin with 'self'. A policy cannot name an IPv6
  // address.
  const pages = [...allowedOrigins({ PUBLIC_ORIGIN: origin, CORS_ORIGINS: [] })].filter((page) => !page.includes('['));
  const sockets = pages.map((page) => page.replace(/^http/, 'ws'));
  const policy = [
    "default-src 'none'",
    ["script-src 'self'", inline].filter(Boolean).join(' '),
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${sockets.join(' ')}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(secure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  };
}
