import { readMessages, sendMessage } from '@muster/contracts/communication/routes';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { AppError } from '@muster/platform/errors/app-error';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { ConversationsRepository } from './conversations.repository';
import { MessagesRepository } from './messages.repository';
import { SendMessage } from './send-message';

@Controller()
export class MessagesController {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly send: SendMessage,
  ) {}

  @Handle(readMessages)
  async read(
    @Caller() caller: AuthenticatedPerson,
    @Input(readMessages) { params, query }: InputOf<typeof readMessages>,
  ): Promise<OutputOf<typeof readMessages>> {
    const conversation = await this.conversations.findConversationFor(caller.personId, params.conversationId);
    if (!conversation) throw new AppError(platformErrors.notFound);
    return {
      items: await this.messages.pageOfMessages(params.conversationId, query, query.limit),
      lastSequence: conversation.lastSequence,
    };
  }

  @Handle(sendMessage)
  write(
    @Caller() caller: AuthenticatedPerson,
    @Input(sendMessage) { params, body }: InputOf<typeof sendMessage>,
  ): Promise<OutputOf<typeof sendMessage>> {
    return this.send.execute(caller.personId, params.conversationId, body);
  }
}
