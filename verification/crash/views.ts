import { listConversations, readMessages } from '@muster/contracts/communication/routes';
import type { Route } from '@muster/contracts/kernel/route';
import { listAssignments, listInvites } from '@muster/contracts/matching/invites.routes';
import { listJobs, readJob } from '@muster/contracts/matching/jobs.routes';
import { listNotices } from '@muster/contracts/notification/routes';
import { readAvailability, readContractorProfile, readWorkerProfile } from '@muster/contracts/user/routes';
import type { Hat, Visitor } from '../product/visitor';

export interface MessageView { sequence: number; clientId: string; sender: string; text: string }
interface InviteView { inviteId: string; jobId: string; lineId: string; state: string; conversationId: string; filled: number; count: number }
interface JobView { jobId: string; state: string; title: string; places: number; filled: number; lines: Array<{ lineId: string; count: number; filled: number; slots: Array<{ state: string }> }> }
interface NoticeView { noticeId: string; topic: string; key: string; subject: Record<string, string>; seenAt: string | null }
interface ConversationView { conversationId: string; lastSequence: number; readUpTo: number; unread: number }

/** What one person reads of everything that is theirs. */
export interface PersonView {
  readonly personId: string;
  readonly hat: Hat;
  readonly profile: Record<string, unknown>;
  /** Of a worker. */
  readonly availability: Record<string, unknown> | undefined;
  readonly invites: readonly InviteView[];
  readonly assignments: ReadonlyArray<{ assignmentId: string; inviteId: string; conversationId: string }>;
  /** Of a contractor. */
  readonly jobs: readonly JobView[];
  readonly notices: readonly NoticeView[];
  readonly conversations: ReadonlyArray<ConversationView & { messages: readonly MessageView[] }>;
}

export async function viewOf(person: Visitor): Promise<PersonView> {
  const isWorker = person.hat === 'worker';
  const conversations = [];
  for (const conversation of await all<ConversationView>(person, listConversations)) {
    conversations.push({ ...conversation, messages: await messagesOf(person, conversation.conversationId) });
  }
  const jobs: JobView[] = [];
  for (const { jobId } of isWorker ? [] : await all<JobView>(person, listJobs)) {
    jobs.push((await person.call(readJob, { params: { jobId } })) as unknown as JobView);
  }
  return {
    personId: person.personId,
    hat: person.hat,
    profile: (await orNothing(person, isWorker ? readWorkerProfile : readContractorProfile)) ?? {},
    availability: isWorker ? await orNothing(person, readAvailability) : undefined,
    invites: isWorker ? await all<InviteView>(person, listInvites) : [],
    assignments: isWorker ? await all(person, listAssignments) : [],
    jobs,
    notices: await all<NoticeView>(person, listNotices),
    conversations,
  };
}

/** Nobody has to have a profile. */
async function orNothing(person: Visitor, route: Route): Promise<Record<string, unknown> | undefined> {
  if ((await person.send(route))?.status === 404) return undefined;
  return (await person.call(route)) as Record<string, unknown>;
}

async function messagesOf(person: Visitor, conversationId: string): Promise<MessageView[]> {
  const messages: MessageView[] = [];
  for (;;) {
    const query = { after: String(messages.at(-1)?.sequence ?? 0), limit: '100' };
    const { items } = await person.call(readMessages, { params: { conversationId }, query });
    messages.push(...items);
    if (items.length < 100) return messages;
  }
}

async function all<Item>(person: Visitor, route: Route): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = (await person.call(route, { query: { limit: '100', ...(cursor && { cursor }) } })) as { items: Item[]; nextCursor: string | null };
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}
