import { useState } from 'react';
import { useLocation } from 'wouter';
import { keyOf } from '../../lib/api/queries';
import { renew } from '../../lib/api/query-client';
import { useFormat } from '../../lib/format/use-format';
import { faultsOf, type Faults } from '../../lib/forms/faults';
import { useParts } from '../../lib/parts';
import { faultsOfDraft, jobBody, payFaults, shownAs, unusualPays, type JobDraft } from './job-draft';

/** Describes a job and opens it, or says at which fields it cannot be. */
export function useOpenJob(draft: JobDraft, forget: () => void): { faults: Faults; busy: boolean; submit: () => Promise<void> } {
  const { say, money } = useFormat();
  const [, go] = useLocation();
  const { call, queries } = useParts();
  const [faults, setFaults] = useState<Faults>({ fields: {} });
  const [busy, setBusy] = useState(false);
  /** The unusual pays that the person has been asked about; pressing again says that they are meant. */
  const [asked, setAsked] = useState('');

  const submit = async () => {
    const missing = { ...faultsOfDraft(draft, say), ...payFaults(draft, say, money) };
    if (Object.keys(missing).length > 0) return setFaults({ fields: missing, form: say('job.fault_some') });
    const unusual = unusualPays(draft);
    if (unusual.length > 0 && asked !== unusual.join()) {
      setAsked(unusual.join());
      return setFaults({ fields: {}, form: say('pay.sure', { pay: money(unusual[0] ?? 0) }) });
    }
    setBusy(true);
    try {
      const described = await call('matching.describeJob', { body: jobBody(draft), idempotencyKey: draft.attempt });
      const params = { jobId: described.jobId };
      // The answer to an earlier try may say that it is open already.
      const opened = described.state === 'draft' ? await call('matching.openJob', { params, ifMatch: described.version }) : described;
      queries.setQueryData(keyOf('matching.readJob', { params }), opened);
      void renew(queries, ['matching.listJobs']);
      forget();
      go(`/jobs/${opened.jobId}`, { replace: true });
    } catch (error) {
      setFaults(faultsOf(error, shownAs));
    } finally {
      setBusy(false);
    }
  };
  return { faults, busy, submit };
}
