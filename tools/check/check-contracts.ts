import { spawnSync } from 'node:child_process';
// Holds the routes and events against those of the last release (docs/generated/release-contracts.json) with oasdiff: what was
// taken is still taken, and what was given is still given. Then plants a break of each kind, which it must find.
// When: `npm run check:contracts`; with --release when a release is made: what is now becomes what is compared with.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commonRoutes, events, routes } from '@muster/contracts/catalogue';
import { z } from 'zod';
import { toolOrNotice } from '../dev/find-tool.mjs';

type Schema = z.core.JSONSchema.BaseSchema;
interface DescribedRoute { readonly method: string; path: string; status: number; readonly params: Schema; readonly query: Schema; readonly body: Schema; readonly response: Schema }
/** What others rely on, as plain JSON: the record of a release, and what the next one is held against. */
interface Described { readonly routes: Record<string, DescribedRoute>; readonly events: Record<string, Schema> }

const RECORD = 'docs/generated/release-contracts.json';
const schemaOf = (type: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema;
};
const described: Described = {
  routes: Object.fromEntries([...Object.values(routes).flat(), ...commonRoutes].map(({ id, method, path, status, ...route }) => [
    id, { method, path, status, params: schemaOf(route.params, 'input'), query: schemaOf(route.query, 'input'), body: schemaOf(route.body, 'input'), response: schemaOf(route.response, 'output') },
  ])),
  events: Object.fromEntries(Object.values(events).flat().map((event) => [event.type, schemaOf(event.data, 'output')])),
};

/** As OpenAPI, which knows no events: each is there as the answer to a question for it. */
function openApi(all: Described): object {
  const content = (schema: Schema) => ({ content: { 'application/json': { schema } } });
  const answer = (schema: Schema) => ({ description: 'answer', ...content(schema) });
  const parameters = (where: 'path' | 'query', { properties = {}, required = [] }: Schema) =>
    Object.entries(properties).map(([name, schema]) => ({ name, in: where, required: where === 'path' || required.includes(name), schema }));
  const paths: Record<string, Record<string, object>> = {};
  for (const [id, { method, path, status, params, query, body, response }] of Object.entries(all.routes)) {
    const address = `/${id.split('.')[0]}${path.replace(/:(\w+)/g, '{$1}')}`;
    paths[address] = {
      ...paths[address],
      [method.toLowerCase()]: {
        operationId: id, parameters: [...parameters('path', params), ...parameters('query', query)], responses: { [status]: answer(response) },
        ...(method !== 'GET' && { requestBody: { required: true, ...content(body) } }),
      },
    };
  }
  for (const [type, schema] of Object.entries(all.events)) paths[`/events/${type}`] = { get: { operationId: type, responses: { 200: answer(schema) } } };
  return { openapi: '3.1.0', info: { title: 'Muster', version: '1' }, paths };
}

/** Everything by which `after` breaks somebody who was built against `before`, a line each. */
function breaks(oasdiff: string, before: Described, after: Described): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'muster-contracts-'));
  try {
    const files = Object.entries({ before, after }).map(([name, one]) => {
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(openApi(one)));
      return join(folder, `${name}.json`);
    });
    const { status, stdout, stderr } = spawnSync(oasdiff, ['breaking', ...files, '--format', 'json', '--fail-on', 'WARN'], { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (status !== 0 && status !== 1) return [`oasdiff ended with ${status}: ${stderr}`];
    const found = JSON.parse(stdout.trim() || '[]') as Array<{ id: string; text: string; operation: string; path: string }>;
    return found.map(({ id, text, operation, path }) => `${operation} ${path}: ${text} (${id})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const within = (schema: Schema | undefined, name: string): Schema => schema?.properties?.[name] as Schema;
type Plant = readonly [fault: string, expect: RegExp, plant: (after: Described) => unknown];
const body = (after: Described, id: string): Schema => (after.routes[id] as DescribedRoute).body;
const answer = (after: Described, id: string): Schema => (after.routes[id] as DescribedRoute).response;
const plants: readonly Plant[] = [
  ['a route that is gone', /accept.*removed/i, (after) => delete after.routes['matching.acceptInvite']],
  ['a route that moved', /sign-in.*removed/i, (after) => Object.assign(after.routes['auth.signIn'] ?? {}, { path: '/api/v1/auth/login' })],
  ['an answer with another status', /success.*status/i, (after) => Object.assign(after.routes['auth.signIn'] ?? {}, { status: 202 })],
  ['a field that is now required', /required/, (after) => { const one = body(after, 'matching.describeJob'); one.properties = { ...one.properties, device: { type: 'string' } }; one.required = [...(one.required ?? []), 'device']; }],
  ['a field of a body that is gone', /removed/, (after) => delete body(after, 'matching.describeJob').properties?.['title']],
  ['a text that must be shorter', /maxLength/, (after) => Object.assign(within(body(after, 'auth.signIn'), 'password'), { maxLength: 3 })],
  ['a field of another type', /type/, (after) => Object.assign(within(body(after, 'auth.signIn'), 'password'), { type: 'integer' })],
  ['a pattern that appears', /pattern/, (after) => Object.assign(within(body(after, 'auth.signIn'), 'password'), { pattern: '^a' })],
  ['a value that is no longer taken', /enum|const/, (after) => Object.assign(within(body(after, 'matching.describeJob'), 'title'), { enum: ['wall'] })],
  ['a field of an answer that is gone', /removed/, (after) => { const one = answer(after, 'auth.signIn'); delete one.properties?.['personId']; one.required = (one.required ?? []).filter((name) => name !== 'personId'); }],
  ['a field of an answer that may be missing', /optional/, (after) => { const one = answer(after, 'auth.signIn'); one.required = (one.required ?? []).filter((name) => name !== 'personId'); }],
  ['a field of an answer that may be null', /nullable|type/i, (after) => { const one = answer(after, 'auth.signIn'); one.properties = { ...one.properties, personId: { type: ['string', 'null'] as never } }; }],
  ['an event that is gone', /invite\.sent.*removed/i, (after) => delete after.events['matching.invite.sent.v1']],
  ['an event that lost a field', /expiresAt.*(removed|optional)/i, (after) => { const one = after.events['matching.invite.sent.v1'] as Schema; delete one.properties?.['expiresAt']; one.required = (one.required ?? []).filter((name) => name !== 'expiresAt'); }],
];

if (process.argv.includes('--release')) {
  writeFileSync(RECORD, `${JSON.stringify(described)}\n`);
  console.log(`recorded ${Object.keys(described.routes).length} routes and ${Object.keys(described.events).length} events`);
} else {
  const oasdiff = toolOrNotice('oasdiff', 'whether routes and events still take and give what the last release did');
  const found = oasdiff ? breaks(oasdiff, JSON.parse(readFileSync(RECORD, 'utf8')) as Described, described) : [];
  const missed = oasdiff ? plants.filter(([, expect, plant]) => {
    const after = structuredClone(described);
    plant(after);
    const said = breaks(oasdiff, described, after);
    if (process.argv.includes('--self-test')) console.log(said.join('\n'));
    return !said.some((one) => expect.test(one));
  }) : [];
  for (const why of [...found, ...missed.map(([fault]) => `${fault} went unnoticed`)]) console.error(`  ${why}`);
  if (oasdiff) console.log(`contracts: ${Object.keys(described.routes).length} routes, ${Object.keys(described.events).length} events, ${found.length} breaks since the last release, ${plants.length - missed.length} of ${plants.length} planted breaks found`);
  if (found.length + missed.length > 0) process.exitCode = 1;
}
