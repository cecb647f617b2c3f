import { describe, expect, it } from '@jest/globals';
import { matchingDescribeJobFields } from '../../lib/api/generated';
import { readDraft } from '../../lib/forms/read-draft';
import { draftFrom, emptyJob, emptyLine, jobBody, payFaults, shownAs, unusualPays, type JobDraft } from './job-draft';

const paying = (...pays: string[]): JobDraft => ({ ...emptyJob(), lines: pays.map((pay) => ({ ...emptyLine(), pay })) });
const say = (id: string) => id;

describe('a job that is being described', () => {
  it('shows every field that the service can refuse, the ones that it asks for by itself excepted', () => {
    const shownNowhere = Object.keys(matchingDescribeJobFields).filter((field) => shownAs(field.replace('*', '0')) === null);
    expect(shownNowhere).toEqual(['radiusKm', 'lines', 'lines.*', 'lines.*.language']);
    expect(shownAs('lines.3.days.0')).toBe('days');
    expect(shownAs('lines.3.pay')).toBe('lines.3.pay.amount');
    expect(shownAs('elsewhere')).toBeNull();
  });
  it('is asked about pay that is more likely a slip, and refuses what can only be one', () => {
    expect(unusualPays(paying('950', '50', '120', '9000'))).toEqual([12_000, 900_000]);
    expect(Object.keys(payFaults(paying('950', '1', '9999999'), say, String))).toEqual(['lines.1.pay.amount', 'lines.2.pay.amount']);
  });
  it('comes back after a reload as it was typed, without the days that have passed since', () => {
    const typed: JobDraft = { ...emptyJob(), title: 'Compound wall', days: ['2026-12-01', '2026-12-03'] };
    const again = readDraft(JSON.stringify(typed), emptyJob, (kept) => draftFrom(kept, '2026-12-02'));
    expect(again).toEqual({ ...typed, days: ['2026-12-03'] });
    expect(readDraft('{not ours', emptyJob, (kept) => kept).title).toBe('');
  });
  it('keeps the key of its try, so that a reload after a lost answer makes no second job', () => {
    const typed = emptyJob();
    expect(readDraft(JSON.stringify(typed), emptyJob, (kept) => kept).attempt).toBe(typed.attempt);
    expect(jobBody(typed)).not.toHaveProperty('attempt');
  });
});
