import { describe, expect, it } from '@jest/globals';
import { emptyFind, renewFindDraft, jobDraftOf, searchRequestOf, type FindDraft } from './find-draft';
import { jobBody } from './job-draft';

const nagpur = { placeId: '1262180', name: 'Nagpur', area: 'Maharashtra' };
const asked: FindDraft = { trade: 'mason', level: 4, place: nagpur, days: ['2026-12-03', '2026-12-01'], pay: '950', searched: true };

describe('a search for workers', () => {
  it('becomes the job that it was made for, with all that was asked', () => {
    const job = jobDraftOf(asked);
    expect(job).toMatchObject({ place: nagpur, days: asked.days, lines: [{ trade: 'mason', minimumLevel: 4, pay: '950' }] });
    const search = searchRequestOf(asked);
    const line = jobBody(job).lines[0];
    expect([line?.trade, line?.minimumLevel, line?.days, line?.pay]).toEqual([search?.trade, search?.minimumLevel, search?.days, search?.pay]);
  });

  it('is there again with its results when the screen is opened again, without the days that have passed', () => {
    expect(renewFindDraft(asked, '2026-12-01')).toEqual(asked);
    expect(renewFindDraft(asked, '2026-12-02')).toEqual({ ...asked, days: ['2026-12-03'] });
    expect(renewFindDraft(asked, '2026-12-04')).toMatchObject({ days: [], searched: false });
  });

  it('asks nothing while something is missing', () => {
    expect(searchRequestOf(emptyFind('2026-12-01'))).toBeNull();
    const missing: Array<Partial<FindDraft>> = [{ trade: '' }, { place: null }, { days: [] }, { pay: '' }, { pay: '0' }];
    for (const part of missing) expect(searchRequestOf({ ...asked, ...part })).toBeNull();
  });
});
