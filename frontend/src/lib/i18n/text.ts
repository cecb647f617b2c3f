import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import type { MessageId } from './generated/message-id';

export type Values = Record<string, string | number>;
export type Say = (id: MessageId, values?: Values) => string;

/** The words of one web app in its present language. */
export interface Words {
  say: Say;
  /**
   * Words for a key that a service sent (`reason.near_band`), or those of `fallback` when this release of the web app
   * is older than the service and does not know the key.
   */
  sayKnown: (prefix: string, key: string, fallback: MessageId, values?: Values) => string;
  isKnown: (id: string) => boolean;
}

export function wordsOf(i18n: I18n): Words {
  const say: Say = (id, values) => i18n._(id, values);
  const isKnown = (id: string) => i18n.messages[id] !== undefined;
  return {
    say,
    isKnown,
    sayKnown: (prefix, key, fallback, values) => (isKnown(`${prefix}.${key}`) ? i18n._(`${prefix}.${key}`, values) : say(fallback, values)),
  };
}

/** The words of the web app around a component, which is drawn again when the language changes. */
export function useWords(): Words {
  // Lingui makes a new context at each change of the language and keeps the instance.
  const context = useLingui();
  return useMemo(() => wordsOf(context.i18n), [context]);
}

/** The words of a message in the language in use; the component is drawn again when that changes. */
export function useSay(): Say {
  const { _ } = useLingui();
  return _ as Say;
}
