import { eventErrors, readEvents, readSnapshot } from '@muster/contracts/kernel/internal';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { Controller } from '@nestjs/common';
import { AppError } from '../errors/app-error';
import { Handle, Input } from '../http/handle';
import { EventLog } from './event-log';
import { Snapshots } from './snapshots';

/** Serves this service's events and snapshots to other services, on the operations listener only. */
@Controller()
export class EventsController {
  constructor(
    private readonly log: EventLog,
    private readonly snapshots: Snapshots,
  ) {}

  @Handle(readEvents)
  async read(@Input(readEvents) { query }: InputOf<typeof readEvents>): Promise<OutputOf<typeof readEvents>> {
    const read = await this.log.readEvents(query.after, query.epoch, query.limit);
    switch (read.kind) {
      case 'events':
        return { head: read.head, events: [...read.events] as OutputOf<typeof readEvents>['events'] };
      case 'tooOld':
        throw new AppError(eventErrors.tooOld, { firstKept: read.firstKept });
      case 'foreignEpoch':
      case 'beyondHead':
        throw new AppError(eventErrors[read.kind]);
    }
  }

  @Handle(readSnapshot)
  async page(@Input(readSnapshot) { params, query }: InputOf<typeof readSnapshot>): Promise<OutputOf<typeof readSnapshot>> {
    const { head, rows, next } = await this.snapshots.readSnapshotPage(params.aggregate, query.after, query.limit);
    return { head, next, rows: rows.map((row) => ({ ...row, facts: [...row.facts] })) };
  }
}
