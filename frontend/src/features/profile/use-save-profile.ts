import { useState } from 'react';
import { useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { faultsOf } from '../../lib/forms/faults';
import { useParts } from '../../lib/parts';
import { profileBody, type Draft, type Step, type WorkerProfile } from './draft';

interface SaveProfile {
  draft: Draft;
  profile: WorkerProfile | undefined;
  onSaved: () => void;
  /** The step that shows what was refused. */
  onFault: (step: Step) => void;
}

const stepOfField: Readonly<Record<string, Step>> = {
  displayName: 'name', placeId: 'place', travelRadiusKm: 'place', dayRate: 'place', floorRate: 'place', skills: 'trade', weekly: 'days', exceptions: 'days',
};

function stepOf(field: string): Step | null {
  return stepOfField[field.split('.')[0] ?? ''] ?? null;
}

/** Saves what the wizard asked for: the profile, then the calendar. A refusal keeps the wizard and says what it is about. */
export function useSaveProfile({ draft, profile, onSaved, onFault }: SaveProfile): { busy: boolean; refusal: string | undefined; save: () => Promise<void> } {
  const { say, language, today } = useFormat();
  const { toasts } = useParts();
  const [refusal, setRefusal] = useState<string>();
  const saveProfile = useWrite('user.saveWorkerProfile', { renews: ['user.readWorkerProfile', 'user.readCards'] });
  const saveAvailability = useWrite('user.saveAvailability', { renews: ['user.readAvailability'] });
  const save = async () => {
    setRefusal(undefined);
    try {
      await saveProfile.mutateAsync({ body: profileBody(draft, profile, language) });
      const exceptions = Object.entries(draft.exceptions).flatMap(([date, free]) => (date >= today ? { date, free } : []));
      await saveAvailability.mutateAsync({ body: { weekly: [...draft.weekly], exceptions } });
      toasts.toast(say('profile.saved'));
      onSaved();
    } catch (error) {
      const { fields, form } = faultsOf(error, stepOf);
      const [first] = Object.entries(fields);
      setRefusal(first?.[1] ?? form);
      if (first) onFault(first[0] as Step);
    }
  };
  return { busy: saveProfile.isPending || saveAvailability.isPending, refusal, save };
}
