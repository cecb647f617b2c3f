import { useMemo, useState } from 'react';
import { useParts } from '../parts';
import type { TabStorage } from '../session/storage';
import { useMe } from '../session/use-session';
import { readDraft } from './read-draft';

export interface KeptDraft<Draft> {
  /** What a form begins with. */
  first: Draft;
  keep: (draft: Draft) => void;
  /** The idempotency key of a request that may have to be sent again, also after a reload: the same for the same content. */
  keyOf: (content: object) => string;
  /** When it has become what it was a draft of; nothing is kept from then on. */
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
  const [draft, attempt] = [`draft.${name}.${personId}`, `attempt.${name}.${personId}`];
  const [first] = useState<Draft>(() => readDraft(storage.read(draft), initial, renewed));
  return useMemo(() => {
    let forgotten = false;
    return {
      first,
      keep: (typed) => {
        if (!forgotten) storage.write(draft, JSON.stringify(typed));
      },
      keyOf: (content) => keyOfAttempt(storage, attempt, JSON.stringify(content)),
      forget: () => {
        forgotten = true;
        storage.write(draft, null);
        storage.write(attempt, null);
      },
    };
  }, [storage, first, draft, attempt]);
}

/** Kept before the request leaves, so that a lost answer never makes a second job. */
function keyOfAttempt(storage: TabStorage, name: string, content: string): string {
  const [key, of] = (storage.read(name) ?? '').split('\n', 2);
  if (key && of === content) return key;
  const fresh = crypto.randomUUID();
  storage.write(name, `${fresh}\n${content}`);
  return fresh;
}
