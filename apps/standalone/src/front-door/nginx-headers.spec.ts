import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { securityHeaders } from '@muster/platform/http/security-headers';
import { pageHeaders } from './web-app';

const read = (name: string): string => readFileSync(join(__dirname, '../../../../frontend/nginx', name), 'utf8');

/** The headers that a file adds, by their lower-case names. */
function headersIn(name: string): Record<string, string> {
  const text = read(name).replaceAll('${HSTS}', 'max-age=31536000; includeSubDomains').replaceAll('${SOCKET_ORIGIN}', '').replaceAll('${UPGRADE}', '; upgrade-insecure-requests');
  return Object.fromEntries([...text.matchAll(/^add_header (\S+) (?:"([^"]*)"|(\S+)) always;$/gm)].map(([, header = '', quoted, plain]) => [header.toLowerCase(), quoted ?? plain ?? '']));
}

describe('nginx in front of the web app', () => {
  it('guards its own answers as the services guard theirs', async () => {
    expect(headersIn('own-headers.conf')).toEqual(await securityHeaders());
  });

  it('names every header that a page has here', () => {
    expect(Object.keys(headersIn('page-headers.conf')).sort()).toEqual(Object.keys(pageHeaders('https://muster.example')).sort());
  });

  it('adds headers at each place that answers by itself', () => {
    const locations = [...read('web-app.conf').matchAll(/^location (.+?) \{([\s\S]*?)\s?\}$/gm)].map(([, name = '', body = '']) => ({ name, body }));
    expect(locations.length).toBeGreaterThan(6);
    const bare = locations.filter(({ body }) => /return|try_files/.test(body) && !/include \/tmp\/nginx\/(own|page)-headers\.conf;/.test(body));
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('leads a request that it could not read, and that has no address, to an answer that has one', () => {
    const text = read('web-app.conf');
    const targets = [...text.matchAll(/^error_page ([\d ]+?) (?:=\d+ )?(\S+);$/gm)].flatMap(([, codes = '', target = '']) => codes.split(' ').map((code) => [code, target] as const));
    const unread = new Map(targets.filter(([code]) => ['400', '408', '414', '494', '497'].includes(code)));
    expect(unread.size).toBe(5);
    for (const target of unread.values()) expect(text).toContain(`\nlocation = ${target} {\n  internal;\n`);
  });

  it.each(['/api', '/internal/v1/keys', '/metrics/x', '/health/nothing', '/ready', '/ws/x'])('leaves %s to nobody', (path) => {
    const [, pattern = ''] = /^location ~ (\S+) \{[^{]*"No such address"/m.exec(read('web-app.conf').replace(/'\{/g, "'")) ?? [];
    expect(path).toMatch(new RegExp(pattern));
  });
});
