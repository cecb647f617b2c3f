import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { commonRoutes, errors, events, routes } from './catalogue';
import { access } from './kernel/access';
import { publicPrefixes, type ServiceName } from './kernel/ids';
import { noBody, noContent, route } from './kernel/route';
import { line, text } from './kernel/text';

const all = [...Object.values(routes).flat(), ...commonRoutes];

describe('the contracts', () => {
  it('are found: a walk that read nothing would pass every check below', () => {
    expect(all.length).toBeGreaterThan(45);
    expect(Object.values(events).flat().length).toBeGreaterThan(15);
    expect(Object.values(errors).flat().length).toBeGreaterThan(30);
  });

  it('name each route, each method and path, each event and each problem once', () => {
    const once = (names: string[]) => expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    once(all.map((one) => one.id));
    once(all.map((one) => `${one.method} ${one.path.replace(/:[A-Za-z]+/g, ':')}`));
    once(Object.values(events).flat().map((one) => one.type));
    once(Object.values(errors).flat().map((one) => one.code));
  });

  it('keep each service under its own path', () => {
    for (const [service, own] of Object.entries(routes)) {
      for (const one of own) {
        const prefix = one.access.kind === 'service' ? '/internal/v1/' : `${publicPrefixes[service as ServiceName]}/`;
        expect(one.path.startsWith(prefix) ? '' : `${one.id} at ${one.path}`).toBe('');
        expect(one.id.startsWith(`${service}.`) ? '' : one.id).toBe('');
      }
    }
  });

  it('give each event an example that its schema accepts', () => {
    for (const event of Object.values(events).flat()) expect(event.data.safeParse(event.example).error).toBeUndefined();
  });

  it('refuse bodies with fields that nobody declared', () => {
    for (const one of all.filter(({ method }) => method !== 'GET')) {
      const issues = one.body.safeParse({ roles: ['admin'] }).error?.issues ?? [];
      expect(issues.some(({ code }) => code === 'unrecognized_keys') ? '' : one.id).toBe('');
    }
  });
});

describe('route()', () => {
  const common = {
    id: 'test.route', summary: '', path: '/x' as const, response: noContent, rate: 'write' as const,
    example: async () => ({}),
  };

  it('does not compile without access, nor a mutating method without a body', () => {
    // @ts-expect-error -- access is missing
    route({ ...common, method: 'GET' });
    // @ts-expect-error -- body is missing
    route({ ...common, method: 'POST', access: access.public });
    expect(route({ ...common, method: 'POST', access: access.public, body: noBody }).status).toBe(204);
  });

  it('refuses parameters that the path does not have', () => {
    const made = () =>
      route({ ...common, method: 'GET', access: access.public, path: '/x/:jobId', params: z.object({ lineId: z.string() }) });
    expect(made).toThrow('the path has [jobId], params declare [lineId]');
  });
});

describe('text', () => {
  it.each(['a\u0000b', '\ud800', '\udc00x', '   ', '', '\u007f'])('refuses %j', (value) => {
    expect(text(20).safeParse(value).success).toBe(false);
  });

  it.each([' padded ', "'; drop table--", '<script>', 'नमस्ते', '👷🏽‍♀️', 'a\u200bb', '\r\n ok'])('keeps %j as it is', (value) => {
    expect(text(30).parse(value)).toBe(value);
  });

  it('refuses a line break where one line is asked for', () => {
    expect(line(20).safeParse('a\nb').success).toBe(false);
    expect(line(20).safeParse('a\u2028b').success).toBe(false);
  });
});
