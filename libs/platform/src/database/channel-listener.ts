import { Client } from 'pg';
import { backoffMs } from '../kernel/backoff';
import { surviving } from '../kernel/surviving';

export interface ChannelListenerOptions {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly channel: string;
  /** Called for each notification, and after each (re)connection, before which notifications may have been missed. */
  readonly onWake: () => void;
  /** The connection failed or was lost; it is made again. */
  readonly onLost: (error: unknown) => void;
}

const RETRY_BASE_MS = 250;
const RETRY_MAX_MS = 10_000;

/**
 * LISTEN on a connection of its own, which must not go through a transaction pooler. A wake and never the truth: who
 * uses it polls as well, slowly, so that a lost connection costs time and nothing else.
 */
export class ChannelListener {
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private failures = 0;
  private stopped = false;

  constructor(private readonly options: ChannelListenerOptions) {}

  start(): void {
    void this.connect();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const { url, applicationName, channel, onWake } = this.options;
    const client = new Client({ connectionString: url, application_name: applicationName, keepAlive: true, connectionTimeoutMillis: 3000 });
    this.client = client;
    let isLost = false;
    const lost = (error: unknown): void => {
      if (isLost) return;
      isLost = true;
      this.lost(error);
    };
    const wake = surviving(`notifications of ${channel}`, () => onWake());
    client.on('error', surviving('lost listening connection', lost));
    client.on('end', surviving('ended listening connection', () => lost(new Error('the connection ended'))));
    client.on('notification', surviving(`notification of ${channel}`, onWake));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      this.failures = 0;
      wake();
    } catch (error) {
      lost(error);
      await client.end().catch(() => undefined);
    }
  }

  private lost(error: unknown): void {
    if (this.stopped) return;
    surviving('lost listening connection', this.options.onLost)(error);
    this.failures += 1;
    const pauseMs = RETRY_BASE_MS + backoffMs(this.failures, RETRY_BASE_MS, RETRY_MAX_MS);
    this.retry = setTimeout(() => void this.connect(), pauseMs);
  }
}
