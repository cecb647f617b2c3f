import type { EventId, PersonId } from '@muster/contracts/kernel/ids';
import { noticePosted } from '@muster/contracts/notification/events';
import type { NoticeId, Topic } from '@muster/contracts/notification/views';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import { ChannelsOfPerson } from '../preferences/channels-of-person';
import { NoticesRepository } from './notices.repository';

export interface NoticeContent {
  readonly eventId: EventId;
  /** The recipients, each once. */
  readonly people: readonly PersonId[];
  readonly topic: Topic;
  readonly key: string;
  readonly subject: Record<string, string>;
  /** An unseen notice with the same value is replaced. */
  readonly collapse?: string | null;
}

/**
 * Posts notices; nothing else writes into an inbox. It respects preferences, and an event notifies a person once
 * however often it is delivered.
 */
@Injectable()
export class PostNotice {
  constructor(
    private readonly notices: NoticesRepository,
    private readonly channels: ChannelsOfPerson,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Runs a constant number of statements for any number of recipients. */
  async execute(tx: Tx, { people, topic, collapse = null, ...content }: NoticeContent): Promise<void> {
    if (people.length === 0) return;
    const channelsOf = await this.channels.channelsOf(tx, people, topic);
    const told = people.filter((person) => channelsOf(person).includes('inbox'));
    const createdAt = this.clock.now();
    const posted = await this.notices.insertNotices(tx, told.map((person) => ({ ...content, person, topic, collapse, createdAt, noticeId: newId<NoticeId>() })));
    const facts = posted.map(({ noticeId, person }) => ({
      event: noticePosted,
      fact: { aggregateId: noticeId, data: { noticeId, person, topic }, recipients: [person] },
    }));
    await this.outbox.appendEvents(tx, facts);
  }
}
