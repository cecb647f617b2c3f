import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../kernel/ids';
import { config } from '../testing/fixture/config';
import { NotesModule } from '../testing/fixture/notes.module';
import { addNote, breakDown, changeNote, readGreeting, wrongAnswer } from '../testing/fixture/routes';
import { asPerson, type TestAnswer } from '../testing/http';
import { startService, type TestService } from '../testing/start-service';

let service: TestService;
const worker = asPerson(undefined, ['worker']);
const notes = '/api/v1/notification/notes';
const json = { 'content-type': 'application/json' };

beforeAll(async () => {
  service = await startService(NotesModule, config);
});
afterAll(() => service.close());

async function post(body: string | Buffer, headers: Record<string, string> = json): Promise<TestAnswer> {
  const authorization = `Bearer ${await service.tokenOf(worker)}`;
  return service.http.raw('POST', notes, { headers: { authorization, ...headers }, body });
}
const greet = (query: string): Promise<TestAnswer> => service.http.raw('GET', `/api/v1/notification/greeting${query}`);
const codeOf = ({ status, body }: TestAnswer): string => `${status} ${(body as { code?: string }).code}`;
const pointersOf = ({ body }: TestAnswer): string[] => (body as { errors?: { pointer: string }[] }).errors?.map(({ pointer }) => pointer) ?? [];

describe('a refusal', () => {
  it('is a problem document that names the request and nothing else', async () => {
    const answer = await greet('?name=123456789012345678901&times=9');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toEqual({
      type: 'urn:muster:problem:platform.invalid_request',
      title: 'The request does not fit its description',
      status: 400,
      instance: '/api/v1/notification/greeting',
      code: 'platform.invalid_request',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      errors: [
        { pointer: '/query/name', message: expect.any(String), code: 'too_big' },
        { pointer: '/query/times', message: expect.any(String), code: 'too_big' },
      ],
    });
  });

  it.each([
    ['{"text":"a","tags":[{"name":"x"},{"name":""}]}', ['/body/tags/1/name']],
    ['{"text":"a","admin":true}', ['/body/admin']],
    ['{"text":"a","tags":[{"name":"x","constructor":1}]}', ['/body/tags/0/constructor']],
    ['{}', ['/body/text']],
    ['null', ['/body']],
    ['[]', ['/body']],
    ['"text"', ['/body']],
    ['{"text":"\\u0000"}', ['/body/text']],
    ['{"text":"\\ud800"}', ['/body/text']],
    ['{"text":7}', ['/body/text']],
    ['{"text":"a","a/b~c":1}', ['/body/a~1b~0c']],
  ])('of the body %s points to %j', async (body, pointers) => {
    const answer = await post(body);
    expect(codeOf(answer)).toBe('400 platform.invalid_request');
    expect(pointersOf(answer)).toEqual(pointers);
  });

  it.each([
    ['?extra=1', ['/query/extra']],
    ['?times=1&times=2', ['/query/times']],
    ['?name=a&name=b', ['/query/name']],
    ['?__proto__=1', ['/query/__proto__']],
    ['?times=', ['/query/times']],
    ['?times=1e400', ['/query/times']],
  ])('of the query %s points to %j', async (query, pointers) => {
    const answer = await greet(query);
    expect(codeOf(answer)).toBe('400 platform.invalid_request');
    expect(pointersOf(answer)).toEqual(pointers);
  });

  it.each([
    ['broken JSON', '{"text":', json, '400 platform.unreadable_body'],
    ['a key twice', '{"text":"a","text":"b"}', json, '400 platform.unreadable_body'],
    ['a key twice, spelt in two ways and deep down', '{"text":"a","tags":[{"name":"x","na\\u006de":"y"}]}', json, '400 platform.unreadable_body'],
    ['bytes of latin-1', Buffer.from('{"text":"caf\u00e9"}', 'latin1'), json, '400 platform.unreadable_body'],
    ['half a character', Buffer.from('{"text":"\u092e"}').subarray(0, -3), json, '400 platform.unreadable_body'],
    ['a surrogate written as bytes', Buffer.from([...Buffer.from('{"text":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]), json, '400 platform.unreadable_body'],
    ['a charset that it is not in', '{"text":"a"}', { 'content-type': 'application/json; charset=latin1' }, '415 platform.unsupported_media_type'],
    ['an encoding', '{"text":"a"}', { ...json, 'content-encoding': 'gzip' }, '415 platform.unsupported_media_type'],
    ['several encodings', '{"text":"a"}', { ...json, 'content-encoding': 'identity, br' }, '415 platform.unsupported_media_type'],
    ['a poisoned prototype', '{"__proto__":{"admin":true},"text":"a"}', json, '400 platform.unreadable_body'],
    ['a poisoned constructor', '{"constructor":{"prototype":{"admin":true}},"text":"a"}', json, '400 platform.unreadable_body'],
    ['plain text', '{"text":"a"}', { 'content-type': 'text/plain' }, '415 platform.unsupported_media_type'],
    ['a form', 'text=a', { 'content-type': 'application/x-www-form-urlencoded' }, '415 platform.unsupported_media_type'],
    ['no media type', '{"text":"a"}', {}, '415 platform.unsupported_media_type'],
    ['a body that is too large', JSON.stringify({ text: 'x'.repeat(70_000) }), json, '413 platform.body_too_large'],
  ])('of %s is %s', async (_, body, headers, expected) => {
    expect(codeOf(await post(body, headers as Record<string, string>))).toBe(expected);
  });

  it.each([
    ['of a type, without a byte', json],
    ['of another type, without a byte', { 'content-type': 'text/plain;charset=UTF-8' }],
    ['that is not there', {}],
  ])('of a body %s is about what is missing, and none where nothing is', async (_, headers) => {
    const missing = await post('', headers as Record<string, string>);
    expect([codeOf(missing), pointersOf(missing)]).toEqual(['400 platform.invalid_request', ['/body/text']]);
    const answer = await service.http.raw('POST', '/api/v1/notification/break/notFound', { headers: headers as Record<string, string>, body: '' });
    expect(codeOf(answer)).toBe('404 platform.not_found');
  });

  it('takes a body that says it is in UTF-8 and not encoded', async () => {
    for (const type of ['application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'Application/JSON']) {
      const headers = { 'content-type': type, 'content-encoding': 'identity' };
      const answer = await service.http.raw('POST', '/api/v1/notification/break/notFound', { headers, body: '{"नमस्ते":1}' });
      expect(pointersOf(answer)).toEqual(['/body/नमस्ते']);
    }
  });

  it('says how large a body may be, by the limit of its route', async () => {
    const call = { as: worker, params: { noteId: newId() as never }, ifMatch: 1 };
    const refused = await service.http.refusal(changeNote, { ...call, body: { text: 'x'.repeat(2000) } });
    expect(refused).toMatchObject({ code: 'platform.body_too_large', params: { maxBytes: 1024 } });
  });

  it.each(['/api/v1/notification/nothing', '/', '/internal/v1/notes/count', '/%69nternal/v1/notes/count', '/metrics', '/health/ready', '/ready', '/a%00b', '/%', '//internal/v1/notes/count'])(
    'of the address %s is a 404 from outside',
    async (path) => {
      expect(codeOf(await service.http.raw('GET', path))).toBe('404 platform.not_found');
    },
  );

  it('of another method names those that the address answers', async () => {
    const answer = await service.http.raw('DELETE', notes);
    expect(codeOf(answer)).toBe('405 platform.method_not_allowed');
    expect(answer.headers['allow']).toBe('POST, GET');
  });

  it.each(['QUERY', 'PATCH', 'DELETE'])('of %s is the same, whatever body comes with it', async (method) => {
    const answers = [
      await service.http.raw(method, notes),
      await service.http.raw(method, notes, { headers: { 'content-type': 'text/odd' }, body: 'not read' }),
      await service.http.raw(method, notes, { headers: { 'content-type': 'application/json' }, body: '{' }),
    ];
    expect(answers.map((answer) => [codeOf(answer), answer.headers['allow']])).toEqual(answers.map(() => ['405 platform.method_not_allowed', 'POST, GET']));
  });

  it('of If-Match distinguishes none from nonsense', async () => {
    const call = { as: worker, params: { noteId: newId() as never }, body: { text: 'a' } };
    expect(await service.http.refusal(changeNote, call)).toMatchObject({ status: 428, code: 'platform.version_required' });
    const nonsense = await service.http.refusal(changeNote, { ...call, headers: { 'if-match': '*' } });
    expect(nonsense).toMatchObject({ status: 400, errors: [{ pointer: '/headers/if-match' }] });
    expect(await service.http.call(changeNote, { ...call, ifMatch: 7 })).toEqual({ version: 8 });
  });

  it.each([
    ['unknown', '500 platform.internal'],
    ['network', '503 platform.unavailable'],
    ['statement', '503 platform.unavailable'],
    ['unique', '409 platform.conflict'],
    ['notFound', '404 platform.not_found'],
  ])('of a failure (%s) tells none of its text', async (how, expected) => {
    const answer = await service.http.send(breakDown, { params: { how } });
    expect(codeOf(answer)).toBe(expected);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|passwd|10\.1\.2\.3|a@b\.c|pg_sleep/);
    if (expected.startsWith('503')) expect(answer.headers['retry-after']).toBe('1');
  });

  it('of the database’s uniqueness is a conflict, not a failure', async () => {
    const call = { as: asPerson(undefined, ['worker']), body: { text: 'twice' } };
    await service.http.call(addNote, call);
    expect(await service.http.refusal(addNote, call)).toMatchObject({ status: 409, code: 'platform.conflict' });
  });

  it('of the service carries its parameters', async () => {
    const as = asPerson(undefined, ['worker']);
    for (const text of ['1', '2', '3']) await service.http.call(addNote, { as, body: { text } });
    const refused = await service.http.refusal(addNote, { as, body: { text: '4' } });
    expect(refused).toMatchObject({ status: 409, code: 'notification.notebook_full', params: { most: 3 } });
  });

  it('meets an answer that breaks its contract, in tests', async () => {
    expect(codeOf(await service.http.send(wrongAnswer))).toBe('500 platform.internal');
  });
});

describe('every answer', () => {
  it('carries the strict headers and the request id', async () => {
    for (const path of ['/api/v1/notification/greeting', '/nothing']) {
      const { headers } = await service.http.raw('GET', path, { headers: { 'x-request-id': 'request-12345' } });
      expect(headers).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': expect.stringContaining('max-age='),
        'cache-control': 'no-store',
        'x-request-id': 'request-12345',
      });
      expect(headers['x-powered-by'] ?? headers['server']).toBeUndefined();
    }
  });

  it('replaces a request id that could be more than an id', async () => {
    const { headers } = await service.http.raw('GET', '/nothing', { headers: { 'x-request-id': 'a b"}\t{' } });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is served to no other origin that is not on the list', async () => {
    const { headers } = await service.http.raw('GET', '/api/v1/notification/greeting', { headers: { origin: 'https://evil.example' } });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is a success for a good request beside all of these', async () => {
    expect(await service.http.call(readGreeting)).toEqual({ text: 'hello you', signedIn: false });
  });
});
