import { listConversations, markRead, readConversation } from '@muster/contracts/communication/routes';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Cursors } from '@muster/platform/database/cursors';
import { AppError } from '@muster/platform/errors/app-error';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { ConversationsRepository, type Conversation, type ListPosition } from './conversations.repository';
import { MarkRead } from './mark-read';
import { MessagesRepository, type Message } from './messages.repository';

@Controller()
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly read: MarkRead,
    private readonly cursors: Cursors,
  ) {}

  @Handle(listConversations)
  async list(
    @Caller() caller: AuthenticatedPerson,
    @Input(listConversations) { query }: InputOf<typeof listConversations>,
  ): Promise<OutputOf<typeof listConversations>> {
    const { items, nextCursor } = await this.cursors.readPage(
      { routeId: listConversations.id, bound: { person: caller.personId }, cursor: query.cursor, limit: query.limit },
      (after: ListPosition | undefined, limit) => this.conversations.pageOfConversations(caller.personId, after, limit),
      {
        positionOf: (one: Conversation) => [one.updatedAt.toISOString(), one.conversationId],
        itemOf: (one: Conversation) => one,
      },
    );
    return { items: await this.views(caller.personId, items), nextCursor };
  }

  @Handle(readConversation)
  async one(
    @Caller() caller: AuthenticatedPerson,
    @Input(readConversation) { params }: InputOf<typeof readConversation>,
  ): Promise<OutputOf<typeof readConversation>> {
    const found = await this.conversations.findConversationFor(caller.personId, params.conversationId);
    const [view] = await this.views(caller.personId, found ? [found] : []);
    if (!view) throw new AppError(platformErrors.notFound);
    return view;
  }

  @Handle(markRead)
  async markRead(
    @Caller() caller: AuthenticatedPerson,
    @Input(markRead) { params, body }: InputOf<typeof markRead>,
  ): Promise<void> {
    await this.read.execute(caller.personId, params.conversationId, body.sequence);
  }

  private async views(reader: PersonId, conversations: readonly Conversation[]): Promise<OutputOf<typeof readConversation>[]> {
    const last = await this.messages.listLastMessages(conversations);
    return conversations.map((one) => viewOf(reader, one, last.get(one.conversationId)));
  }
}

function viewOf(reader: PersonId, one: Conversation, last: Message | undefined): OutputOf<typeof readConversation> {
  const readUpTo = one.members.find((member) => member.personId === reader)?.readUpTo ?? 0;
  return {
    conversationId: one.conversationId,
    kind: one.kind,
    state: one.state,
    jobId: one.jobId,
    members: one.members.map((member) => member.personId),
    lastSequence: one.lastSequence,
    lastMessage: last ?? null,
    readUpTo,
    unread: one.lastSequence - readUpTo,
    readBy: one.members
      .filter((member) => member.personId !== reader)
      .map((member) => ({ personId: member.personId, sequence: member.readUpTo })),
    updatedAt: one.updatedAt.toISOString(),
  };
}
