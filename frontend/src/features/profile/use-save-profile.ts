import { useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { useParts } from '../../lib/parts';
import { profileBody, type Draft, type WorkerProfile } from './draft';

/** Saves what was filled in: the profile, then the calendar. @throws ProblemError */
export function useSaveProfile(profile: WorkerProfile | undefined): (draft: Draft) => Promise<void> {
  const { say, language, today } = useFormat();
  const { toasts } = useParts();
  const saveProfile = useWrite('user.saveWorkerProfile', { renews: ['user.readWorkerProfile', 'user.readCards'] });
  const saveAvailability = useWrite('user.saveAvailability', { renews: ['user.readAvailability'] });
  return async (draft) => {
    await saveProfile.mutateAsync({ body: profileBody(draft, profile, language) });
    const exceptions = Object.entries(draft.exceptions).flatMap(([date, free]) => (date >= today ? { date, free } : []));
    await saveAvailability.mutateAsync({ body: { weekly: [...draft.weekly], exceptions } });
    toasts.toast(say('profile.saved'));
  };
}
