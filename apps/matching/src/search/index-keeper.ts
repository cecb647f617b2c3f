import { CONFIG, type EnvOf } from '@muster/platform/config/define-config';
import { ChannelListener } from '@muster/platform/database/channel-listener';
import { Loop } from '@muster/platform/kernel/loop';
import { Shutdown } from '@muster/platform/service/shutdown';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { config } from '../config';
import { WorkerChangesNumberer } from '../workers/worker-changes-numberer';
import { IndexTail } from './index-tail';

/** Runs the tail: at once after changes of this process, by NOTIFY after changes of others, and each second in any case. */
@Injectable()
export class IndexKeeper implements OnModuleInit {
  private readonly logger = new Logger(IndexKeeper.name);
  private readonly loop: Loop;

  constructor(
    tail: IndexTail,
    private readonly numberer: WorkerChangesNumberer,
    @Inject(CONFIG) private readonly env: EnvOf<typeof config>,
    private readonly shutdown: Shutdown,
  ) {
    const onError = (error: unknown) => this.logger.warn({ err: error }, 'the search index could not be refreshed');
    this.loop = new Loop({ step: () => tail.readChanges(), busyMs: 20, idleMs: 1000, onError });
  }

  onModuleInit(): void {
    const listener = new ChannelListener({
      url: this.env.DATABASE_URL,
      applicationName: 'muster-matching-listen',
      channel: 'worker_changes',
      onWake: () => this.loop.wake(),
      onLost: (error) => this.logger.warn({ err: error }, 'no notifications of worker changes, polling meanwhile'),
    });
    this.numberer.onNumbered(() => this.loop.wake());
    this.loop.start();
    listener.start();
    // The index stops last, because requests are answered from it until none is left.
    this.shutdown.whenClosing('search-index', async () => {
      await listener.stop();
      await this.loop.stop();
    });
  }
}
