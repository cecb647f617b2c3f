import { describe, expect, it } from '@jest/globals';
import { render } from './render';
import { entries, pillars } from './table';
import type { Recorded } from './record';

const empty: Recorded = { writtenAt: '', commit: '', machines: {}, results: {}, shown: {} };

describe('the table of lines', () => {
  it('has the thirteen pillars of a production-readiness report, each with lines', () => {
    expect(pillars.map(({ name }) => name)).toEqual([
      'build', 'configuration', 'logging', 'metrics', 'testing', 'security', 'containers', 'tracing', 'ci-cd', 'documentation', 'resilience', 'performance', 'kubernetes',
    ]);
    expect(pillars.filter(({ lines }) => lines.length < 3).map(({ name }) => name)).toEqual([]);
  });

  it('names each line once, asks a question and says what to do', () => {
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.filter(({ line }) => !line.question.endsWith('?') || line.action === '').map(({ id }) => id)).toEqual([]);
  });

  it('asks of every filter of tests that something was found', () => {
    expect(entries.filter(({ line }) => line.evidence.kind === 'tests' && line.evidence.least < 1).map(({ id }) => id)).toEqual([]);
  });
});

describe('the document', () => {
  it('shows every line RED that nothing is recorded of', () => {
    expect(render(empty)).toContain(`${entries.length} lines: 0 GREEN, 0 YELLOW, ${entries.length} RED`);
  });

  it('is the same for the same record, and shows the figure, the command and where it was measured', () => {
    const id = entries[0]!.id;
    const result = { status: 'GREEN', figure: '42 | things', why: '', at: '2026-01-01T10:00Z', commit: 'abcd1234', inputs: 'x', machine: '2×8G', seconds: 150 } as const;
    const record: Recorded = { ...empty, machines: { '2×8G': 'a machine' }, results: { [id]: result }, shown: { [id]: { status: 'GREEN', why: '' } } };
    const page = render(record);
    expect(render(record)).toBe(page);
    expect(page).toContain('42 \\| things | `npm run check:types` | 2026-01-01, abcd1234, 2×8G, 3 min');
    expect(page).toContain('1 GREEN');
  });
});
