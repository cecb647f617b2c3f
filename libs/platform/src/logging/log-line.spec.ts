import { describe, expect, it } from '@jest/globals';
import { CheckedLines } from '../testing/checked-lines';
import { logLine, logLineFaults } from './log-line';

const line = { level: 'info', time: '2026-03-02T09:14:07.512Z', version: '1.4.2', commit: '933723b', service: 'matching', msg: 'started', context: 'Service' };
const request = {
  ...line, msg: 'request', context: undefined, requestId: 'r', traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331',
  method: 'GET', route: '/jobs/:jobId', status: 200, durationMs: 12.4, sampleRate: 0.1,
};
const faultsOf = (value: unknown): string => logLineFaults(JSON.stringify(value)).join('\n');

describe('the schema of log lines', () => {
  it('takes a line, with what was thrown, and the line of a request', () => {
    expect(faultsOf(line)).toBe('');
    expect(faultsOf({ ...line, err: { type: 'Error', message: 'lost', stack: '', code: 'ECONNREFUSED', cause: { type: 'Error', message: 'x' } } })).toBe('');
    expect(faultsOf(request)).toBe('');
    expect(logLine.safeParse(line).success).toBe(true);
  });

  it.each([
    ['text that is no JSON', 'listening', /is no JSON: print by the logger/],
    ['a field that nobody declared', { ...line, person: 'x' }, /has a field person, which .*log-line.ts does not declare: declare it there/],
    ['a field of another type', { ...line, workers: 'many' }, /workers does not fit/],
    ['a line without its build', { ...line, commit: undefined }, /commit does not fit/],
    ['a line of a service that is not there', { ...line, service: 'billing' }, /service does not fit/],
    ['a time of another form', { ...line, time: '2026-03-02 09:14' }, /time does not fit/],
    ['a request without its trace', { ...request, traceId: undefined }, /traceId does not fit/],
    ['a request with what another line says', { ...request, consumer: 'x' }, /has a field consumer/],
  ])('refuses %s, and says what to do', (_what, value, fault) => {
    expect(typeof value === 'string' ? logLineFaults(value).join() : faultsOf(value)).toMatch(fault);
  });

  it('fails whoever closes a service that printed a bad line, or one with a secret that was watched for', () => {
    const lines = new CheckedLines();
    lines.write(JSON.stringify(line));
    expect(() => lines.assertSound()).not.toThrow();
    lines.watchFor('a code', '738291');
    lines.write(JSON.stringify({ ...line, traceId: '0af7651916cd43dd8448eb7382919319' }));
    expect(() => lines.assertSound()).not.toThrow();
    lines.write(JSON.stringify({ ...line, msg: 'the code 738291 was wrong' }));
    lines.write(JSON.stringify({ ...line, guess: 1 }));
    expect(() => lines.assertSound()).toThrow(/a line holds a code: .*the code … was wrong[^]*has a field guess/);
    expect(lines.takeFaults()).toEqual([]);
  });
});
