import type { QueryClient } from '@tanstack/react-query';
import type { Answer, Call } from '../api/client';

export type Message = Answer<'communication.readMessages'>['items'][number];
export interface Thread {
  messages: readonly Message[];
  lastSequence: number;
}
interface Source {
  call: Call;
  queries: QueryClient;
}

const PAGE = 100;

export function keyOfThread(conversationId: string): readonly string[] {
  return ['communication.readMessages', conversationId];
}

/** Joins known and newly read messages, each once, in the order that everybody sees. */
function joined(known: readonly Message[], read: readonly Message[]): Message[] {
  const bySequence = new Map([...known, ...read].map((message) => [message.sequence, message]));
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
}

/**
 * Reads a conversation without gaps: a device that was away asks page by page for everything after the last message that
 * it knows, however much that is.
 */
export async function readThread({ call, queries }: Source, conversationId: string, signal?: AbortSignal): Promise<Thread> {
  const queryKey = keyOfThread(conversationId);
  const params = { conversationId };
  const known = queries.getQueryData<Thread>(queryKey);
  if (!known) {
    const { items, lastSequence } = await call('communication.readMessages', { params, query: { limit: PAGE }, ...(signal && { signal }) });
    return { messages: items, lastSequence };
  }
  let { messages } = known;
  for (;;) {
    const after = messages.at(-1)?.sequence ?? 0;
    const { items, lastSequence } = await call('communication.readMessages', { params, query: { after, limit: PAGE }, ...(signal && { signal }) });
    messages = joined(messages, items);
    // A page of earlier messages may have been read meanwhile.
    if (items.length < PAGE) return { messages: joined(queries.getQueryData<Thread>(queryKey)?.messages ?? [], messages), lastSequence };
  }
}

/**
 * Appends a message to the known ones, if it is the next one.
 *
 * @returns whether the thread now has the message, or was never read on this device
 */
export function keepMessage(queries: QueryClient, message: Message): boolean {
  const queryKey = keyOfThread(message.conversationId);
  const known = queries.getQueryData<Thread>(queryKey);
  if (!known) return queries.getQueryState(queryKey) === undefined;
  const last = known.messages.at(-1)?.sequence ?? 0;
  if (message.sequence > last + 1) return false;
  if (message.sequence === last + 1) queries.setQueryData<Thread>(queryKey, { messages: [...known.messages, message], lastSequence: message.sequence });
  return true;
}

/** Asks for the messages behind the known ones. */
export async function renewThread(queries: QueryClient, conversationId: string): Promise<void> {
  await queries.invalidateQueries({ queryKey: keyOfThread(conversationId) });
}

export async function readOlder({ call, queries }: Source, conversationId: string): Promise<void> {
  const queryKey = keyOfThread(conversationId);
  const before = queries.getQueryData<Thread>(queryKey)?.messages[0]?.sequence;
  if (before === undefined || before <= 1) return;
  const { items } = await call('communication.readMessages', { params: { conversationId }, query: { before, limit: PAGE } });
  queries.setQueryData<Thread>(queryKey, (known) => known && { ...known, messages: joined(items, known.messages) });
}
