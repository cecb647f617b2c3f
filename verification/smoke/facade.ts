import { publicPrefixes, serviceNames } from '@muster/contracts/kernel/ids';
import { securityHeaders } from '@muster/platform/http/security-headers';
import { fetch } from 'undici';
import { pageHeaders } from '../../apps/standalone/src/front-door/web-app';
import { agentFor, type Site } from '../product/visitor';
import type { Walked } from './walk';

/** Cookies that the walk was given: only this host over TLS, never a page's script, never for another site's request. */
export function cookieFaults({ seen }: Walked): { cookies: number; faults: string[] } {
  const cookies = seen.flatMap(({ route, headers }) => headers.getSetCookie().map((cookie) => ({ route, cookie })));
  const faults = cookies.flatMap(({ route, cookie }) => {
    const [pair = '', ...attributes] = cookie.split(/;\s*/);
    const has = (attribute: string) => attributes.some((each) => each.toLowerCase() === attribute.toLowerCase());
    const missing = ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/'].filter((attribute) => !has(attribute));
    if (!pair.startsWith('__Host-')) missing.push('__Host-');
    if (attributes.some((each) => /^domain=/i.test(each))) missing.push('no Domain');
    return missing.length > 0 ? [`${route}: ${pair.split('=', 1)[0]} lacks ${missing.join(', ')}`] : [];
  });
  if (cookies.length === 0) faults.push('no cookie was set at all');
  return { cookies: cookies.length, faults };
}

/** Security headers on every answer of every service, as the platform sets them, and once each: nginx adds none of its own. */
export async function serviceHeaderFaults({ seen }: Walked): Promise<string[]> {
  const expected = Object.entries(await securityHeaders()).filter(([name]) => name !== 'cache-control');
  const faults = new Set<string>();
  for (const { route, headers } of seen) {
    for (const [name, value] of expected) {
      if (headers.get(name) !== value) faults.add(`${route}: ${name} is ${headers.get(name) ?? 'missing'}`);
    }
    if (headers.get('server')?.includes('/')) faults.add(`${route}: names its server's version`);
  }
  const met = new Set(seen.map(({ route }) => route.split('.', 1)[0]));
  for (const service of serviceNames) if (!met.has(service)) faults.add(`${service} was not asked at all`);
  return [...faults];
}

/** The page's headers are those of standalone's front door; files that never change are kept for ever. */
export async function webAppFaults(site: Site): Promise<string[]> {
  const faults: string[] = [];
  const html = await ask(site, '/');
  const { text: inline } = await ask(site, '/script-sources.txt');
  const expected = Object.entries(pageHeaders(site.origin, inline.trim()));
  if (!inline.startsWith("'sha256-")) faults.push('the page’s start script has no hash');
  const assets = [...html.text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] as string);
  if (assets.length === 0) faults.push('the page names no assets');
  for (const path of ['/', '/jobs/some-id', '/icon.svg', '/sw.js', ...assets]) {
    const answer = await ask(site, path);
    if (answer.status !== 200) faults.push(`${path} answered ${answer.status}`);
    for (const [name, value] of expected) {
      if (answer.headers.get(name) !== value) faults.push(`${path}: ${name} is ${answer.headers.get(name) ?? 'missing'}, not ${value}`);
    }
    const caching = assets.includes(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
    if (answer.headers.get('cache-control') !== caching) faults.push(`${path}: cache-control is ${answer.headers.get('cache-control') ?? 'missing'}`);
    if (/\.js$/.test(path) && answer.headers.get('content-encoding') === null) faults.push(`${path} is not compressed`);
  }
  for (const path of ['/assets/gone-12345678.js', '/robots.txt', '/.build-stamp', '/nginx.conf']) {
    const { status } = await ask(site, path);
    if (status !== 404) faults.push(`${path} answered ${status}, not 404`);
  }
  return faults;
}

/** Operations have listeners of their own; whatever way one asks, nothing of them is public. */
export async function reachableOperations(site: Site): Promise<{ tried: number; reached: string[] }> {
  const prefixes = ['', ...serviceNames.map((service) => publicPrefixes[service])];
  const operations = ['/metrics', '/internal/v1/keys', '/internal/v1/cards', '/internal/v1/events', '/health/live', '/health/ready', '/ready'];
  const detours = ['/api/../metrics', '/api/v1/auth/%2e%2e/%2e%2e/%2e%2e/metrics', '//metrics', '/api/v1/auth/..%2finternal/v1/keys', '/api/v1/users/../../../internal/v1/cards'];
  const paths = [...prefixes.flatMap((prefix) => operations.map((path) => prefix + path)), ...detours];
  const reached: string[] = [];
  for (const path of paths) {
    const { status, headers, text } = await ask(site, path);
    // The web app's page answers for every address of its own, nginx for its own health; whatever else answers is reached.
    const isPage = (headers.get('content-type') ?? '').startsWith('text/html') && text.includes('<title>');
    const isOwnHealth = path.startsWith('/health') && text === '{"status":"ok"}' && headers.get('x-request-id') === null;
    if (status < 400 && !isPage && !isOwnHealth) reached.push(`${path} ${status}: ${text.slice(0, 60)}`);
  }
  return { tried: paths.length, reached };
}

async function ask(site: Site, path: string): Promise<{ status: number; headers: Headers; text: string }> {
  const dispatcher = agentFor(site);
  try {
    const answer = await fetch(`${site.origin}${path}`, { dispatcher, redirect: 'manual', signal: AbortSignal.timeout(10_000), headers: { 'accept-encoding': 'gzip' } });
    return { status: answer.status, headers: answer.headers as unknown as Headers, text: await answer.text() };
  } finally {
    await dispatcher.close();
  }
}
