import { describe, expect, it } from '@jest/globals';
import { matchingDescribeJobFields } from '../../lib/api/generated';
import { faultsIn, shownAs } from '../../lib/forms/contract-fields';
import { readDraft } from '../../lib/forms/read-draft';
import { renewJobDraft, emptyJob, emptyLine, jobFields, type JobDraft } from './job-draft';

const say = (id: string) => id;
const fields = jobFields({ say, money: String });
const paying = (...pays: string[]): JobDraft => ({ ...emptyJob(), lines: pays.map((pay) => ({ ...emptyLine(), pay })) });

describe('a job that is being described', () => {
  it('shows every field that the service can refuse, the ones that it asks for by itself excepted', () => {
    const shownNowhere = Object.keys(matchingDescribeJobFields).filter((field) => shownAs(field.replace('*', '0'), fields) === null);
    expect(shownNowhere).toEqual(['radiusKm', 'lines', 'lines.*', 'lines.*.language']);
    expect(shownAs('lines.3.days.0', fields)).toBe('days');
    expect(shownAs('lines.3.pay', fields)).toBe('lines.3.pay');
    expect(shownAs('lines.3.pay.amount', fields)).toBe('lines.3.pay');
    expect(shownAs('elsewhere', fields)).toBeNull();
  });
  it('refuses pay that can only be a slip, at the line that it is of', () => {
    const ofPay = faultsIn(paying('950', '1', '9999999', ''), fields, matchingDescribeJobFields, say).filter(([name]) => name.endsWith('.pay'));
    expect(ofPay).toEqual([['lines.1.pay', 'pay.bounds'], ['lines.2.pay', 'pay.bounds'], ['lines.3.pay', 'profile.fault_rate']]);
  });
  it('comes back after a reload as it was typed, without the days that have passed since', () => {
    const typed: JobDraft = { ...emptyJob(), title: 'Compound wall', days: ['2026-12-01', '2026-12-03'] };
    const again = readDraft(JSON.stringify(typed), emptyJob, (kept) => renewJobDraft(kept, '2026-12-02'));
    expect(again).toEqual({ ...typed, days: ['2026-12-03'] });
    expect(readDraft('{not ours', emptyJob, (kept) => kept).title).toBe('');
  });
});
