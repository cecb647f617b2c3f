import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Answer, Call } from '../api/client';
import { keyOf, renew } from '../api/query-client';
import { keepMessage, renewThread } from './thread';

type Conversation = Answer<'communication.readConversation'>;
type Page = Answer<'communication.listConversations'>;
interface Source {
  call: Call;
  queries: QueryClient;
}

const keyOfConversation = (conversationId: string) => keyOf('communication.readConversation', { params: { conversationId } });
const LISTS = { queryKey: ['communication.listConversations'] };

/** The conversations that are being read again; `again` where something has happened since the reading began. */
type Running = Map<string, { again: boolean }>;

/**
 * Returns a function that reads one conversation again and updates every list that has it and its open thread. That is one
 * request, whatever is on the screen.
 */
export function createConversationRenewal(source: Source): (conversationId: string, fact?: string) => void {
  const running: Running = new Map();
  return (conversationId, fact) => {
    // A member of a crew is told of their own reading only. Where nothing is unread any more, they read it on this device.
    const known = source.queries.getQueryData<Conversation>(keyOfConversation(conversationId));
    if (fact === 'communication.conversation.read.v1' && known && known.members.length > 2 && known.unread === 0) return;
    const reading = running.get(conversationId);
    if (reading) reading.again = true;
    else void readAgain(source, conversationId, running);
  };
}

async function readAgain({ call, queries }: Source, conversationId: string, running: Running): Promise<void> {
  const turn = { again: true };
  running.set(conversationId, turn);
  try {
    while (turn.again) {
      turn.again = false;
      await queries.cancelQueries({ queryKey: keyOfConversation(conversationId) });
      const conversation = await call('communication.readConversation', { params: { conversationId } });
      keepConversation(queries, conversation);
      if (conversation.lastMessage && !keepMessage(queries, conversation.lastMessage)) await renewThread(queries, conversationId);
    }
  } catch {
    // Without network everything is asked for when the network is back; a former member finds out here that they are none.
    await renew(queries, ['communication.readConversation', 'communication.listConversations']);
  } finally {
    running.delete(conversationId);
  }
}

/** Puts a conversation into every list that shows it; the one with the newest message stands first. */
function keepConversation(queries: QueryClient, conversation: Conversation): void {
  queries.setQueryData(keyOfConversation(conversation.conversationId), conversation);
  const has = (items: readonly Conversation[]) => items.some(({ conversationId }) => conversationId === conversation.conversationId);
  const others = (items: Conversation[]) => items.filter(({ conversationId }) => conversationId !== conversation.conversationId);
  for (const query of queries.getQueryCache().findAll(LISTS)) {
    const data = query.state.data as Page | InfiniteData<Page> | undefined;
    const pages = data && ('pages' in data ? data.pages : [data]);
    // A list that is being fetched may be older than this; a list without the conversation has to be fetched again.
    if (!pages?.some(({ items }) => has(items)) || query.state.fetchStatus === 'fetching') {
      void queries.invalidateQueries({ queryKey: query.queryKey, exact: true });
      continue;
    }
    const isNewest = pages[0]?.items.every(({ updatedAt }) => updatedAt <= conversation.updatedAt) ?? false;
    const next = isNewest
      ? pages.map((page, index) => ({ ...page, items: [...(index === 0 ? [conversation] : []), ...others(page.items)] }))
      : pages.map((page) => ({ ...page, items: page.items.map((one) => (one.conversationId === conversation.conversationId ? conversation : one)) }));
    queries.setQueryData(query.queryKey, 'pages' in (data as object) ? { ...data, pages: next } : next[0]);
  }
}

/** Records that this person has read up to a message, before any answer says so. */
export function keepReadUpTo(queries: QueryClient, conversationId: string, sequence: number): void {
  const known = queries.getQueryData<Conversation>(keyOfConversation(conversationId));
  if (known) keepConversation(queries, { ...known, readUpTo: sequence, unread: Math.max(0, known.lastSequence - sequence) });
}

/** Records a message of this person that the service has received. */
export async function keepSent(queries: QueryClient, message: Answer<'communication.sendMessage'>): Promise<void> {
  const { conversationId, sequence, sentAt } = message;
  if (!keepMessage(queries, message)) await renewThread(queries, conversationId);
  const known = queries.getQueryData<Conversation>(keyOfConversation(conversationId));
  if (known && known.lastSequence < sequence) {
    keepConversation(queries, { ...known, lastMessage: message, lastSequence: sequence, readUpTo: sequence, unread: 0, updatedAt: sentAt });
  }
}
