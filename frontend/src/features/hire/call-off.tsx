import { useProblemWords } from '../../lib/api/problem-words';
import { useWrite } from '../../lib/api/queries';
import { useSay } from '../../lib/i18n/text';
import { Fold } from '../../ui/fold';
import { WayOut } from '../../ui/way-out';
import type { Line } from './line-workers';

const reasons = ['plans_changed', 'weather', 'no_material', 'mistake', 'other'] as const;
const renews = ['matching.readJob', 'matching.listJobs', 'matching.rankForLine'] as const;

/** Calls the whole job off. */
export function CallOff({ jobId }: { jobId: string }) {
  const say = useSay();
  const wordsFor = useProblemWords();
  const cancel = useWrite('matching.cancelJob', { renews, single: true });
  return (
    <WayOut
      label={say('job.call_off')}
      detail={say('job.call_off_detail')}
      reasons={reasons.map((value) => ({ value, label: say(`reason.${value}`) }))}
      confirm={say('job.call_off_now')}
      busy={cancel.isPending}
      refusal={cancel.error ? wordsFor(cancel.error) : undefined}
      onConfirm={(reason) => cancel.mutate({ params: { jobId }, body: { reason } })}
    />
  );
}

/** Those who said yes, each with a way out of the crew. The closed list is one row that is always shown. */
export function CrewPeople({ jobId, slots, nameOf }: { jobId: string; slots: Line['slots']; nameOf: (person: string) => string }) {
  const say = useSay();
  const held = slots.flatMap(({ slotId, worker }) => (worker === null ? [] : [{ slotId, worker }]));
  return (
    <Fold lined label={say('job.crew', { count: held.length })}>
      <ul className="flex flex-col border-t border-line">
        {held.map(({ slotId, worker }) => (
          <li key={slotId} className="border-b border-line last:border-b-0">
            <TakeOut jobId={jobId} slotId={slotId} worker={worker} name={nameOf(worker)} />
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function TakeOut({ jobId, slotId, worker, name }: { jobId: string; slotId: string; worker: string; name: string }) {
  const say = useSay();
  const wordsFor = useProblemWords();
  const free = useWrite('matching.freeSlot', { renews, single: true });
  return (
    <WayOut
      label={name}
      detail={say('job.take_out_detail', { person: name })}
      reasons={reasons.map((value) => ({ value, label: say(`reason.${value}`) }))}
      confirm={say('job.take_out')}
      busy={free.isPending}
      refusal={free.error ? wordsFor(free.error) : undefined}
      onConfirm={(reason) => free.mutate({ params: { jobId, slotId }, body: { worker, reason } })}
    />
  );
}
