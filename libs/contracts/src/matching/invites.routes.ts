import { z } from 'zod';
import { access } from '../kernel/access';
import { personId } from '../kernel/ids';
import { int } from '../kernel/integer';
import { limits } from '../kernel/limits';
import { page, pageQuery } from '../kernel/page';
import { noBody, route } from '../kernel/route';
import { inviteErrors, jobErrors } from './errors';
import { inviteId, jobId, lineId } from './ids';
import type { MatchingWorld } from './jobs.routes';
import { assignment, invite } from './views';

const own = access.worker({ object: 'own' });
const params = z.object({ inviteId });
const asWorker = async (world: MatchingWorld) => ({ as: 'worker', params: await world.pendingInvite() });

export const sendInvite = route({
  id: 'matching.sendInvite',
  summary: 'Invite one worker to a line by hand',
  method: 'POST',
  path: '/api/v1/matching/jobs/:jobId/lines/:lineId/invites',
  params: z.object({ jobId, lineId }),
  body: z.strictObject({
    worker: personId,
    /** Time to answer, 4 hours unless said; it never runs beyond the start of the line's last day. */
    timeLimitMinutes: int({ min: 15, max: 4320 }).default(240),
  }),
  response: z.object({ inviteId }),
  status: 201,
  errors: [
    jobErrors.jobNotOpen, inviteErrors.lineFull, inviteErrors.alreadyInvited, inviteErrors.askAgainLater,
    inviteErrors.askedEnough, inviteErrors.notAMatch, inviteErrors.notAvailable, inviteErrors.selfInvite,
  ],
  access: access.contractor({ object: 'own' }),
  rate: 'write',
  limits: [limits.invitesPerDay],
  idempotent: true,
  example: async (world: MatchingWorld) => ({
    as: 'contractor',
    params: await world.openJob(),
    body: { worker: await world.worker() },
  }),
});

export const withdrawInvite = route({
  id: 'matching.withdrawInvite',
  summary: 'Take an invite back that has no answer yet',
  method: 'POST',
  path: '/api/v1/matching/invites/:inviteId/withdraw',
  params,
  body: noBody,
  response: z.object({ inviteId, state: z.literal('withdrawn') }),
  errors: [inviteErrors.inviteOver],
  access: access.contractor({ object: 'own' }),
  rate: 'write',
  example: async (world: MatchingWorld) => ({ as: 'contractor', params: await world.pendingInvite(), body: {} }),
});

export const listInvites = route({
  id: 'matching.listInvites',
  summary: 'My invites; `open` leaves out the ones that are over',
  method: 'GET',
  path: '/api/v1/matching/invites',
  query: pageQuery.extend({ open: z.enum(['true', 'false']).default('false') }),
  response: page(invite),
  access: access.worker({ object: 'self' }),
  rate: 'read',
  example: async (_world: MatchingWorld) => ({ as: 'worker' }),
});

export const readInvite = route({
  id: 'matching.readInvite',
  summary: 'An invite of mine',
  method: 'GET',
  path: '/api/v1/matching/invites/:inviteId',
  params,
  response: invite,
  access: own,
  rate: 'read',
  example: asWorker,
});

export const markInviteSeen = route({
  id: 'matching.markInviteSeen',
  summary: 'The invite was on my screen',
  method: 'POST',
  path: '/api/v1/matching/invites/:inviteId/seen',
  params,
  body: noBody,
  response: invite,
  access: own,
  rate: 'write',
  example: async (world: MatchingWorld) => ({ ...(await asWorker(world)), body: {} }),
});

export const acceptInvite = route({
  id: 'matching.acceptInvite',
  summary: 'Take a place of the line',
  method: 'POST',
  path: '/api/v1/matching/invites/:inviteId/accept',
  params,
  body: noBody,
  response: invite,
  errors: [inviteErrors.lineFull, inviteErrors.inviteOver, inviteErrors.overlapping, jobErrors.jobNotOpen],
  access: own,
  rate: 'write',
  example: async (world: MatchingWorld) => ({ ...(await asWorker(world)), body: {} }),
});

export const declineInvite = route({
  id: 'matching.declineInvite',
  summary: 'Say no, without having to say why',
  method: 'POST',
  path: '/api/v1/matching/invites/:inviteId/decline',
  params,
  body: noBody,
  response: invite,
  errors: [inviteErrors.inviteOver],
  access: own,
  rate: 'write',
  example: async (world: MatchingWorld) => ({ ...(await asWorker(world)), body: {} }),
});

export const listAssignments = route({
  id: 'matching.listAssignments',
  summary: 'The work I have said yes to, the next first',
  method: 'GET',
  path: '/api/v1/matching/assignments',
  query: pageQuery,
  response: page(assignment),
  access: access.worker({ object: 'self' }),
  rate: 'read',
  example: async (_world: MatchingWorld) => ({ as: 'worker' }),
});
