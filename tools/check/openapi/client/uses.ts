import createClient from 'openapi-fetch';
import type { paths as MatchingPaths } from './generated/matching';

const api = createClient<MatchingPaths>({ baseUrl: '/' });

export const describeJob = (placeId: string, trade: string) => api.POST('/api/v1/matching/jobs', {
  body: {
    title: 'Compound wall', placeId,
    lines: [{ trade, minimumLevel: 1, count: 1, days: ['2026-01-01'], startsAt: '09:00', endsAt: '18:00', pay: { amount: 100_000, currency: 'INR', basis: 'day' } }],
  },
});
export const openJob = (jobId: string) => api.POST('/api/v1/matching/jobs/{jobId}/open', { params: { path: { jobId }, header: { 'If-Match': '1' } }, body: {} });
// @ts-expect-error -- A route that no document has does not compile.
export const nothing = () => api.GET('/api/v1/matching/nothing');
// @ts-expect-error -- Nor does a body without what the document requires.
export const unplaced = () => api.POST('/api/v1/matching/jobs', { body: { title: 'Compound wall' } });
