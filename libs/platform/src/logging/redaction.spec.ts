import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { AppError } from '../errors/app-error';
import { REDACTED, redact, redactedKeys, scrub } from './redaction';

const canary = 'canary-7f3a';

function nested(depth: number, leaf: object): object {
  return depth === 0 ? leaf : { list: [nested(depth - 1, leaf)] };
}

describe('redaction', () => {
  const keys = Object.values(redactedKeys).flatMap(({ part, whole }) => [...part, ...whole]);

  it.each(keys)('never lets %s through, at any depth and in any spelling', (key) => {
    for (const spelling of [key, key.toUpperCase(), `${key[0]}_${key.slice(1)}`]) {
      for (const depth of [0, 1, 2, 4, 9]) {
        expect(JSON.stringify(redact(nested(depth, { [spelling]: canary })))).not.toContain(canary);
        expect(JSON.stringify(redact(nested(depth, { [spelling]: { inner: [canary] } })))).not.toContain(canary);
      }
    }
  });

  it('lets through what lines are for', () => {
    const fields = { method: 'GET', route: '/api/v1/jobs/:id', status: 200, durationMs: 1.5, consumer: 'x', count: 3, at: null };
    expect(redact(fields)).toEqual(fields);
  });

  it('knows names inside longer names', () => {
    expect(redact({ newPassword: canary, refresh_token: canary, 'set-cookie': canary, contactEmail: canary })).toEqual({
      newPassword: REDACTED,
      refresh_token: REDACTED,
      'set-cookie': REDACTED,
      contactEmail: REDACTED,
    });
  });

  it("keeps an error's code and drops what quotes a row", () => {
    const error = Object.assign(new Error('duplicate key'), { code: '23505', detail: `Key (x)=(${canary})`, table: 'persons' });
    const line = redact({ err: new Error('outer', { cause: error }) });
    expect(JSON.stringify(line)).not.toContain(canary);
    expect(line).toMatchObject({ err: { message: 'outer', cause: { code: '23505', table: 'persons', message: 'duplicate key' } } });
  });

  it('names a refusal by its code and status, without the schema of its parameters', () => {
    const refusal = new AppError(platformErrors.unavailable, {}, { retryAfterSeconds: 1 });
    const { err } = redact({ err: refusal }) as { err: Record<string, unknown> };
    expect(err).toMatchObject({ type: 'AppError', code: 'platform.unavailable', status: 503, message: platformErrors.unavailable.title, retryAfterSeconds: 1 });
    expect(Object.keys(err)).not.toEqual(expect.arrayContaining(['definition']));
  });

  it('knows an error of another realm, as those of Node itself are to a test', () => {
    const err: unknown = runInNewContext("Object.assign(new TypeError('not now'), { code: 'ECONNRESET' })");
    expect(err).not.toBeInstanceOf(Error);
    expect(redact({ err })).toMatchObject({ err: { type: 'TypeError', message: 'not now', code: 'ECONNRESET' } });
    expect(redact({ err: AbortSignal.abort().reason })).toMatchObject({ err: { type: 'AbortError' } });
  });

  it('survives a circle', () => {
    const circle: Record<string, unknown> = { a: 1 };
    circle['self'] = circle;
    expect(JSON.stringify(redact(circle))).toContain('[deep]');
  });

  it.each([
    ['a mail address', 'no user asha.k+1@example.co.in here'],
    ['a token', 'bad eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'],
    ['a bearer', 'header Bearer abcdef0123456789'],
    ['a phone number', 'sent to +91 98765 43210 twice'],
    ['a password in an address', 'connect postgres://muster:hunter2@db:5432/x'],
  ])('takes %s out of a sentence and leaves a line of JSON', (_what, sentence) => {
    const scrubbed = scrub(JSON.stringify({ msg: sentence, n: 1 }));
    expect(JSON.parse(scrubbed)).toEqual({ msg: expect.stringContaining(REDACTED), n: 1 });
    for (const secret of ['asha', 'eyJ', 'abcdef', '98765', 'hunter2']) expect(scrubbed).not.toContain(secret);
  });

  it('leaves instants, ids and numbers alone', () => {
    const line = '{"time":"2026-11-22T09:30:00.000Z","id":"0198a1b2-1111-7222-8333-444455556666","n":1234567890123}';
    expect(scrub(line)).toBe(line);
  });
});
