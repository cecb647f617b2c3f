import { useMemo, useState } from 'react';
import { useParts } from '../parts';
import type { TabStorage } from '../session/storage';
import { useMe } from '../session/use-session';
import { readDraft } from './read-draft';

export interface KeptDraft<Draft> {
  /** The values with which the form begins. */
  first: Draft;
  keep: (draft: Draft) => void;
  /** The idempotency key for a request, the same for the same content, also after a reload. */
  keyOf: (content: object) => string;
  /** Called when the draft was saved; nothing is kept from then on. */
  forget: () => void;
}

/**
 * Keeps on the device what somebody types into a long form until it is saved: it survives Back, a visit to another screen
 * and a reload.
 *
 * @param renewed makes an older draft fit for today, or returns null where nothing of the draft is of use
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

/** The key is kept before the request leaves, so that a lost answer does not lead to a second job. */
function keyOfAttempt(storage: TabStorage, name: string, content: string): string {
  const [key, of] = (storage.read(name) ?? '').split('\n', 2);
  if (key && of === content) return key;
  const fresh = crypto.randomUUID();
  storage.write(name, `${fresh}\n${content}`);
  return fresh;
}
