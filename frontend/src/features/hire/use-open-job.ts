import { useLocation } from 'wouter';
import { keyOf, renew } from '../../lib/api/query-client';
import type { KeptDraft } from '../../lib/forms/use-draft';
import { useParts } from '../../lib/parts';
import { jobBody, type JobDraft } from './job-draft';

/** Describes a job, opens it and goes to it. @throws ProblemError */
export function useOpenJob(kept: KeptDraft<JobDraft>): (draft: JobDraft) => Promise<void> {
  const [, go] = useLocation();
  const { call, queries } = useParts();
  return async (draft) => {
    const body = jobBody(draft);
    const described = await call('matching.describeJob', { body, idempotencyKey: kept.keyOf(body) });
    const params = { jobId: described.jobId };
    // An earlier try may have opened the job already, although its answer was lost.
    const opened = described.state === 'draft' ? await call('matching.openJob', { params, ifMatch: described.version }) : described;
    queries.setQueryData(keyOf('matching.readJob', { params }), opened);
    void renew(queries, ['matching.listJobs']);
    kept.forget();
    go(`/jobs/${opened.jobId}`, { replace: true });
  };
}
