import type { Answer } from '../../lib/api/client';
import { usePages } from '../../lib/api/pages';
import { useRead } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { useMe } from '../../lib/session/use-session';

type Conversation = Answer<'communication.readConversation'>;

export interface JobOfChat {
  title: string;
  /** The days of the job, in words. */
  days: string;
  /** The address at which this person sees the job. */
  to: string;
  /** On which side of the job this person is. */
  side: 'worker' | 'contractor';
}

/**
 * The job that a conversation is about, as this person knows it: their own job, or the invite to it. It tells two
 * conversations with the same person apart.
 */
export function useJobOfChat(conversation: Pick<Conversation, 'jobId'> | undefined): { job: JobOfChat | null; isLoading: boolean } {
  const { roles } = useMe();
  const jobId = conversation?.jobId ?? null;
  const invites = usePages('matching.listInvites', {}, { enabled: roles.includes('worker') });
  const invite = invites.data?.find((one) => one.jobId === jobId);
  const mayBeMine = jobId !== null && roles.includes('contractor') && !invites.isLoading && invite === undefined;
  const job = useRead('matching.readJob', { params: { jobId: jobId ?? '' } }, { enabled: mayBeMine, staleTime: 300_000 });
  const { days } = useFormat(invite?.zone ?? job.data?.zone);
  const isLoading = jobId !== null && (invites.isLoading || job.isLoading);
  if (jobId === null) return { job: null, isLoading };
  if (invite) return { job: { title: invite.title, days: days(invite.days), to: `/invites/${invite.inviteId}`, side: 'worker' }, isLoading: false };
  if (!job.data) return { job: null, isLoading };
  const allDays = [...new Set(job.data.lines.flatMap((line) => line.days))];
  return { job: { title: job.data.title, days: days(allDays), to: `/jobs/${jobId}`, side: 'contractor' }, isLoading: false };
}
