import { z } from 'zod';
import { access } from '../kernel/access';
import type { PersonId } from '../kernel/ids';
import { limits } from '../kernel/limits';
import { page, pageQuery } from '../kernel/page';
import { noBody, route } from '../kernel/route';
import { NAGPUR } from '../user/routes';
import { jobErrors } from './errors';
import { jobId, lineId, type InviteId, type JobId, type LineId } from './ids';
import { job, jobInput, jobState, jobSummary, ranking, search } from './views';

/** The things that the generated tests have to make before they call matching. */
export interface MatchingWorld {
  /** The contractor's, with one line of two masons. */
  draftJob(): Promise<{ jobId: JobId; version: number }>;
  openJob(): Promise<{ jobId: JobId; lineId: LineId }>;
  /** A worker whom the line's ranking shows and who is not invited yet. */
  worker(): Promise<PersonId>;
  /** An unanswered invite from `contractor` to the person called `worker`. */
  pendingInvite(): Promise<{ inviteId: InviteId }>;
  /** Days from today on which nobody is booked. */
  days(count: number): string[];
}

const searchBody = (days: string[]) => ({
  placeId: NAGPUR,
  trade: 'mason',
  minimumLevel: 2,
  days,
  pay: { amount: 95_000, currency: 'INR' as const, basis: 'day' as const },
});

export const searchWorkers = route({
  id: 'matching.searchWorkers',
  summary: 'The workers who can come, best first, with the reasons',
  method: 'POST',
  path: '/api/v1/matching/search',
  body: search,
  response: ranking,
  errors: [jobErrors.unknownPlace, jobErrors.unknownTrade, jobErrors.dayInThePast, jobErrors.dayTooFar, jobErrors.dayTwice],
  access: access.contractor({ object: 'self' }),
  rate: 'search',
  limits: [limits.searchesPerMinute, limits.searchesPerHour, limits.profilesPerDay],
  example: async (world: MatchingWorld) => ({ as: 'contractor', body: searchBody(world.days(2)) }),
});

export const describeJob = route({
  id: 'matching.describeJob',
  summary: 'Describe a job; it stays a draft until it is opened',
  method: 'POST',
  path: '/api/v1/matching/jobs',
  body: jobInput,
  response: job,
  status: 201,
  errors: [
    jobErrors.unknownPlace, jobErrors.unknownTrade, jobErrors.dayInThePast, jobErrors.dayTooFar, jobErrors.dayTwice,
    jobErrors.mixedCurrencies, jobErrors.nameRequired, jobErrors.payOutOfBounds,
  ],
  access: access.contractor({ object: 'self' }),
  rate: 'write',
  limits: [limits.jobsPerDay],
  idempotent: true,
  example: async (world: MatchingWorld) => ({
    as: 'contractor',
    body: {
      title: 'Compound wall at Wardha Road',
      placeId: NAGPUR,
      lines: [
        {
          trade: 'mason', minimumLevel: 2, count: 2, days: world.days(2), startsAt: '09:00', endsAt: '18:00',
          pay: { amount: 95_000, currency: 'INR' as const, basis: 'day' as const },
        },
      ],
    },
  }),
});

export const listJobs = route({
  id: 'matching.listJobs',
  summary: 'My jobs, the newest first',
  method: 'GET',
  path: '/api/v1/matching/jobs',
  query: pageQuery.extend({ state: jobState.optional() }),
  response: page(jobSummary),
  access: access.contractor({ object: 'self' }),
  rate: 'read',
  example: async (_world: MatchingWorld) => ({ as: 'contractor' }),
});

export const readJob = route({
  id: 'matching.readJob',
  summary: 'A job of mine with its lines, slots and open invites',
  method: 'GET',
  path: '/api/v1/matching/jobs/:jobId',
  params: z.object({ jobId }),
  response: job,
  access: access.contractor({ object: 'own' }),
  rate: 'read',
  example: async (world: MatchingWorld) => ({ as: 'contractor', params: { jobId: (await world.openJob()).jobId } }),
});

export const openJob = route({
  id: 'matching.openJob',
  summary: 'Open a draft: from now on people can be invited; sent again with the same If-Match it answers with the job',
  method: 'POST',
  path: '/api/v1/matching/jobs/:jobId/open',
  params: z.object({ jobId }),
  body: noBody,
  response: job,
  errors: [jobErrors.jobNotDraft, jobErrors.dayInThePast],
  access: access.contractor({ object: 'own' }),
  rate: 'write',
  limits: [limits.openPlaces],
  versioned: true,
  example: async (world: MatchingWorld) => {
    const draft = await world.draftJob();
    return { as: 'contractor', params: { jobId: draft.jobId }, body: {}, ifMatch: draft.version };
  },
});

export const rankForLine = route({
  id: 'matching.rankForLine',
  summary: 'The workers who can come for a line, best first, with the reasons',
  method: 'GET',
  path: '/api/v1/matching/jobs/:jobId/lines/:lineId/workers',
  params: z.object({ jobId, lineId }),
  query: pageQuery,
  response: ranking,
  access: access.contractor({ object: 'own' }),
  rate: 'search',
  limits: [limits.searchesPerMinute, limits.searchesPerHour, limits.profilesPerDay],
  example: async (world: MatchingWorld) => ({ as: 'contractor', params: await world.openJob() }),
});
