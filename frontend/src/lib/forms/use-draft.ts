import { useCallback, useState } from 'react';
import { useParts } from '../parts';
import { useMe } from '../session/use-session';
import { readDraft } from './read-draft';

export interface KeptDraft<Draft> {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** When it has become what it was a draft of. */
  forget: () => void;
}

/**
 * What somebody has typed into a long form, kept on the device until it is saved: it survives Back, another tab of the
 * bar and a reload.
 *
 * @param renewed makes an older draft fit for today, or null where nothing of it is of use
 */
export function useDraft<Draft extends object>(name: string, initial: () => Draft, renewed: (kept: Draft) => Draft | null): KeptDraft<Draft> {
  const { storage } = useParts();
  const { personId } = useMe();
  const key = `draft.${name}.${personId}`;
  const [draft, setDraft] = useState<Draft>(() => readDraft(storage.read(key), initial, renewed));
  const change = useCallback(
    (part: Partial<Draft>) =>
      setDraft((known) => {
        const next = { ...known, ...part };
        storage.write(key, JSON.stringify(next));
        return next;
      }),
    [storage, key],
  );
  const forget = useCallback(() => storage.write(key, null), [storage, key]);
  return { draft, change, forget };
}
