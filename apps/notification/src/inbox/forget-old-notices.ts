import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { Retention } from '@muster/platform/messaging/retention';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NoticesRepository } from './notices.repository';

/** After this many days the subject of a notice is over, because work is planned for at most ninety days ahead. */
const KEPT_DAYS = 120;

/** Deletes old notices, seen or not: an inbox is for current events. */
@Injectable()
export class ForgetOldNotices implements OnModuleInit {
  constructor(
    private readonly notices: NoticesRepository,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.retention.registerCleanup((now) => this.notices.deleteNoticesBefore(new Date(now.getTime() - KEPT_DAYS * DAY_MS)));
  }
}
