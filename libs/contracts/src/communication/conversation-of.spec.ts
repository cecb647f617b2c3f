import { describe, expect, it } from '@jest/globals';
import { personId, type PersonId } from '../kernel/ids';
import { jobId, type JobId } from '../matching/ids';
import { conversationOf } from './conversation-of';
import { conversationId } from './ids';

const job = (n: number): JobId => jobId.parse(`01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`);
const worker = (n: number): PersonId => personId.parse(`01900000-0001-7000-8000-${n.toString(16).padStart(12, '0')}`);

describe('conversationOf', () => {
  it('is a UUIDv7 that carries the time of the job', () => {
    const id = conversationOf(job(1), worker(1));
    expect(conversationId.safeParse(id).success).toBe(true);
    expect(id.slice(0, 13)).toBe('01900000-0000');
  });

  it('never changes: what is stored under it must be found again', () => {
    expect(conversationOf(job(1), worker(1))).toBe(conversationOf(job(1), worker(1)));
    expect(conversationOf(job(10), worker(1))).toBe('01900000-0000-7beb-b7ea-12caf9236e38');
  });

  it('differs for every pair among jobs of one millisecond and workers that differ by one', () => {
    const seen = new Set<string>();
    for (let j = 0; j < 120; j += 1) for (let w = 0; w < 120; w += 1) seen.add(conversationOf(job(j), worker(w)));
    expect(seen.size).toBe(14_400);
  });

  it('spreads over all of its 74 bits', () => {
    const ones = new Array<number>(128).fill(0);
    const count = 8000;
    for (let w = 0; w < count; w += 1) {
      const bits = BigInt(`0x${conversationOf(job(w % 7), worker(w)).replaceAll('-', '')}`);
      for (let bit = 0; bit < 128; bit += 1) if ((bits >> BigInt(bit)) & 1n) ones[127 - bit]! += 1;
    }
    const fixed = new Set([48, 49, 50, 51, 64, 65]); // version and variant
    for (let bit = 48; bit < 128; bit += 1) {
      if (!fixed.has(bit)) expect(Math.abs(ones[bit]! / count - 0.5)).toBeLessThan(0.03);
    }
  });

  it('changes about half of its bits when one character of the worker changes', () => {
    let changed = 0;
    for (let w = 0; w < 1000; w += 1) {
      const one = BigInt(`0x${conversationOf(job(1), worker(w)).replaceAll('-', '')}`);
      const other = BigInt(`0x${conversationOf(job(1), worker(w ^ 1)).replaceAll('-', '')}`);
      for (let rest = one ^ other; rest > 0n; rest >>= 1n) changed += Number(rest & 1n);
    }
    expect(changed / 1000).toBeGreaterThan(34);
    expect(changed / 1000).toBeLessThan(40);
  });
});
