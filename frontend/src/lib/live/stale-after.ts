import type { RouteId } from '../api/generated';

interface Stale {
  /** The parameter and field that holds the aggregate's id. */
  id: string;
  /** Routes that answer for one such aggregate; with another one's id they are not concerned. */
  of: readonly RouteId[];
  /** Routes whose answers may hold it among others, or hold what follows from it. */
  within: readonly RouteId[];
}

/** What may look different after a hint about an aggregate of that kind. A hint holds no content: routes do. */
export const staleAfter: Readonly<Record<string, Stale>> = {
  job: { id: 'jobId', of: ['matching.readJob', 'matching.rankForLine'], within: ['matching.listJobs', 'matching.listInvites', 'matching.readInvite'] },
  invite: {
    id: 'inviteId',
    of: ['matching.readInvite'],
    within: ['matching.listInvites', 'matching.listJobs', 'matching.readJob', 'matching.rankForLine', 'communication.listConversations'],
  },
  assignment: { id: 'assignmentId', of: [], within: ['matching.listAssignments', 'matching.readJob', 'matching.listJobs', 'user.readAvailability'] },
  notice: { id: 'noticeId', of: [], within: ['notification.listNotices', 'notification.countUnseen'] },
  worker_profile: { id: 'personId', of: [], within: ['user.readWorkerProfile', 'user.readCards', 'matching.rankForLine', 'matching.searchWorkers'] },
  contractor_profile: { id: 'personId', of: [], within: ['user.readContractorProfile', 'user.readCards'] },
  availability: { id: 'personId', of: [], within: ['user.readAvailability', 'matching.rankForLine', 'matching.searchWorkers'] },
};
