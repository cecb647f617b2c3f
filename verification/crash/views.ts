import type { Market } from './traffic';
import type { Person } from './person';

export interface MessageView { sequence: number; clientId: string; sender: string; text: string }
export interface InviteView { inviteId: string; jobId: string; lineId: string; state: string; conversationId: string; filled: number; count: number }
export interface JobView { jobId: string; state: string; title: string; places: number; filled: number; lines: Array<{ lineId: string; count: number; filled: number; slots: Array<{ state: string }> }> }
export interface NoticeView { noticeId: string; topic: string; key: string; subject: Record<string, string>; seenAt: string | null }
export interface ConversationView { conversationId: string; lastSequence: number; readUpTo: number; unread: number }

/** What one person reads of everything that is theirs. */
export interface PersonView {
  readonly personId: string;
  readonly hat: 'worker' | 'contractor';
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

export async function readViews(market: Market): Promise<PersonView[]> {
  return Promise.all([...market.workers, ...market.contractors].map(viewOf));
}

async function viewOf(person: Person): Promise<PersonView> {
  const isWorker = person.hat === 'worker';
  const conversations: Array<ConversationView & { messages: MessageView[] }> = [];
  for (const conversation of await all<ConversationView>(person, '/communication/conversations')) {
    conversations.push({ ...conversation, messages: await messagesOf(person, conversation.conversationId) });
  }
  const jobs: JobView[] = [];
  for (const { jobId } of isWorker ? [] : await all<JobView>(person, '/matching/jobs')) {
    jobs.push((await person.must('GET', `/matching/jobs/${jobId}`)) as unknown as JobView);
  }
  return {
    personId: person.personId,
    hat: person.hat,
    profile: (await orNothing(person, `/users/me/${person.hat}-profile`)) ?? {},
    availability: isWorker ? await orNothing(person, '/users/me/availability') : undefined,
    invites: isWorker ? await all<InviteView>(person, '/matching/invites') : [],
    assignments: isWorker ? await all(person, '/matching/assignments') : [],
    jobs,
    notices: await all<NoticeView>(person, '/notifications/inbox'),
    conversations,
  };
}

/** Nobody has to have a profile. */
async function orNothing(person: Person, path: string): Promise<Record<string, unknown> | undefined> {
  const reply = await person.ask('GET', path);
  if (reply?.status === 404) return undefined;
  return person.must('GET', path);
}

async function messagesOf(person: Person, conversationId: string): Promise<MessageView[]> {
  const messages: MessageView[] = [];
  for (;;) {
    const after = messages.at(-1)?.sequence ?? 0;
    const page = await person.must('GET', `/communication/conversations/${conversationId}/messages?after=${after}&limit=100`);
    const items = page['items'] as MessageView[];
    messages.push(...items);
    if (items.length < 100) return messages;
  }
}

async function all<Item>(person: Person, path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Record<string, unknown> = await person.must('GET', `${path}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    items.push(...(page['items'] as Item[]));
    cursor = page['nextCursor'] as string | null;
  }
  return items;
}
