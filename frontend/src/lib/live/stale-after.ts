import type { RouteId } from '../api/generated';

interface Stale {
  /** The name of the parameter and the field that hold the id of the aggregate. */
  id: string;
  /** Routes that answer for one such aggregate; what was read for another id stays fresh. */
  of: readonly RouteId[];
  /** Routes whose answers may contain the aggregate among others, or facts that follow from it. */
  within: readonly RouteId[];
}

/** The routes that have to be read again after a hint about an aggregate of a kind. A hint itself has no content. */
export const staleAfter: Readonly<Record<string, Stale>> = {
  job: { id: 'jobId', of: ['matching.readJob', 'matching.rankForLine'], within: ['matching.listJobs', 'matching.listInvites', 'matching.readInvite'] },
  invite: {
    id: 'inviteId',
    of: ['matching.readInvite'],
    within: ['matching.listInvites', 'matching.listJobs', 'matching.readJob', 'matching.rankForLine', 'communication.listConversations'],
  },
  assignment: { id: 'assignmentId', of: [], within: ['matching.listAssignments', 'matching.listInvites', 'matching.readInvite', 'matching.readJob', 'matching.listJobs', 'user.readAvailability'] },
  notice: { id: 'noticeId', of: [], within: ['notification.listNotices', 'notification.countUnseen'] },
  worker_profile: { id: 'personId', of: [], within: ['user.readWorkerProfile', 'user.readCards', 'matching.rankForLine', 'matching.searchWorkers'] },
  contractor_profile: { id: 'personId', of: [], within: ['user.readContractorProfile', 'user.readCards'] },
  availability: { id: 'personId', of: [], within: ['user.readAvailability', 'matching.rankForLine', 'matching.searchWorkers'] },
};
