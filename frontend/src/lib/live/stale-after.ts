import type { RouteId } from '../api/generated';

/** What may look different after a hint about an aggregate of that kind. A hint holds no content: routes do. */
export const staleAfter: Readonly<Record<string, readonly RouteId[]>> = {
  job: ['matching.listJobs', 'matching.readJob', 'matching.rankForLine', 'matching.listInvites', 'matching.readInvite'],
  invite: [
    'matching.listInvites', 'matching.readInvite', 'matching.listJobs', 'matching.readJob', 'matching.rankForLine',
    'communication.listConversations',
  ],
  assignment: ['matching.listAssignments', 'matching.readJob', 'matching.listJobs', 'user.readAvailability'],
  conversation: ['communication.listConversations', 'communication.readConversation', 'communication.readMessages'],
  notice: ['notification.listNotices', 'notification.countUnseen'],
  worker_profile: ['user.readWorkerProfile', 'user.readCards', 'matching.rankForLine', 'matching.searchWorkers'],
  contractor_profile: ['user.readContractorProfile', 'user.readCards'],
  availability: ['user.readAvailability', 'matching.rankForLine', 'matching.searchWorkers'],
};
