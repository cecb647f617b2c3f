import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { Retention } from '@muster/platform/messaging/retention';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NoticesRepository } from './notices.repository';

/** By then whatever a notice told of is over: work is planned for ninety days ahead at most. */
const KEPT_DAYS = 120;

/** An inbox is for what goes on; what was long ago is deleted, seen or not. */
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
