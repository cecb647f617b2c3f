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

/** Known messages and newly read ones as one run without a repeat, in the order everybody sees. */
function joined(known: readonly Message[], read: readonly Message[]): Message[] {
  const bySequence = new Map([...known, ...read].map((message) => [message.sequence, message]));
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
}

/**
 * A conversation that has no hole: a device that was away asks for all after what it last saw, page by page, however
 * long that was.
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
    // Earlier messages may have come while these were on their way.
    if (items.length < PAGE) return { messages: joined(queries.getQueryData<Thread>(queryKey)?.messages ?? [], messages), lastSequence };
  }
}

/**
 * Puts a message behind those that are known, where it is the next one.
 *
 * @returns whether the thread has it now, or is not read at all
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

/** The messages behind the known ones are asked for. */
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
