import { noticePosted } from '@muster/contracts/notification/events';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { NoticesRepository } from './notices.repository';

@Injectable()
@SnapshotOf('notice')
export class NoticeSnapshot implements SnapshotSource {
  constructor(private readonly notices: NoticesRepository) {}

  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<AggregateState[]> {
    const rows = await this.notices.snapshotPage(tx, after, limit);
    return rows.map((data) => ({ aggregateId: data.noticeId, facts: [fact(noticePosted, data)] }));
  }
}
