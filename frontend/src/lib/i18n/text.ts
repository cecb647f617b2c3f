import { i18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { MessageId } from './generated/message-id';

export type Values = Record<string, string | number>;
export type Say = (id: MessageId, values?: Values) => string;

/** The words of a message in the language in use; the component is drawn again when that changes. */
export function useSay(): Say {
  const { _ } = useLingui();
  return _ as Say;
}

export function say(id: MessageId, values?: Values): string {
  return i18n._(id, values);
}

/**
 * Words for a key that a service sent (`reason.near_band`), or those of `fallback` when this release of the web app
 * is older than the service and does not know the key.
 */
export function sayKnown(prefix: string, key: string, fallback: MessageId, values?: Values): string {
  const id = `${prefix}.${key}`;
  return i18n.messages[id] === undefined ? say(fallback, values) : i18n._(id, values);
}

export function isKnown(id: string): boolean {
  return i18n.messages[id] !== undefined;
}
