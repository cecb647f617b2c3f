import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { Retention } from '@muster/platform/messaging/retention';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StepsRepository } from './steps.repository';

/** A year, and a month more for late questions. */
const KEPT_DAYS = 400;

/** Deletes old steps. They are stored for disputes, and disputes have a time limit. */
@Injectable()
export class ForgetOldSteps implements OnModuleInit {
  constructor(
    private readonly steps: StepsRepository,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.retention.registerCleanup((now) => this.steps.deleteStepsBefore(new Date(now.getTime() - KEPT_DAYS * DAY_MS)));
  }
}
