import { useProblemWords } from '../../lib/api/problem-words';
import { useWrite } from '../../lib/api/queries';
import { useSay } from '../../lib/i18n/text';
import { WayOut } from '../../ui/way-out';

const reasons = ['ill', 'family', 'other_work', 'too_far', 'other'] as const;

/** A worker gives a place back that they had said yes to. */
export function CannotCome({ assignmentId }: { assignmentId: string }) {
  const say = useSay();
  const wordsFor = useProblemWords();
  const cancel = useWrite('matching.cancelAssignment', { renews: ['matching.listAssignments', 'matching.listInvites', 'user.readAvailability'], single: true });
  return (
    <WayOut
      label={say('assignment.cannot_come')}
      detail={say('assignment.cannot_come_detail')}
      reasons={reasons.map((value) => ({ value, label: say(`reason.${value}`) }))}
      confirm={say('assignment.give_back')}
      busy={cancel.isPending}
      refusal={cancel.error ? wordsFor(cancel.error) : undefined}
      onConfirm={(reason) => cancel.mutate({ params: { assignmentId }, body: { reason } })}
    />
  );
}
