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

export interface Telling {
  readonly eventId: EventId;
  readonly person: PersonId;
  readonly topic: Topic;
  readonly key: string;
  readonly subject: Record<string, string>;
  /** Unseen notices with the same value fold into the latest. */
  readonly collapse?: string;
}

/** The one way into an inbox: preferences are asked, and an event tells a person once however often it comes. */
@Injectable()
export class PostNotice {
  constructor(
    private readonly notices: NoticesRepository,
    private readonly channels: ChannelsOfPerson,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, telling: Telling): Promise<void> {
    const { person, topic } = telling;
    const channels = await this.channels.for(tx, person, topic);
    if (!channels.includes('inbox')) return;
    const noticeId = newId<NoticeId>();
    const createdAt = this.clock.now();
    const isNew = await this.notices.post(tx, { ...telling, noticeId, createdAt, collapse: telling.collapse ?? null });
    if (!isNew) return;
    await this.outbox.add(tx, noticePosted, {
      aggregateId: noticeId,
      data: { noticeId, person, topic },
      recipients: [person],
    });
  }
}
