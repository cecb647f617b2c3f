import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { backoffMs } from '../kernel/backoff';
import { surviving } from '../kernel/surviving';

export interface NatsLinkOptions {
  /** `nats://user:password@host:port`, several by comma; the first one's user and password are for all. */
  readonly url: string;
  /** Shown in the server's connection list. */
  readonly name: string;
  readonly onError: (error: unknown) => void;
  /** Called when the connection is lost, with how long it was up, and when there is one again, with how long there was none. */
  readonly onChange?: (isUp: boolean, milliseconds: number) => void;
}

/**
 * One connection for all that a service does with NATS. It opens in the background and for ever again: a service
 * starts, and stays ready, without its broker.
 */
export class NatsLink {
  private connection: NatsConnection | undefined;
  private isUp = false;
  private changedAt = performance.now();
  private closed = false;
  private wakeUp: (() => void) | undefined;
  private readonly opening: Promise<void>;
  private readonly openListeners: Array<(connection: NatsConnection) => void> = [];
  private readonly lostListeners: Array<() => void> = [];

  constructor(private readonly options: NatsLinkOptions) {
    this.opening = this.open();
  }

  /** The connection while it is up. */
  get current(): NatsConnection | undefined {
    return this.isUp ? this.connection : undefined;
  }

  /** Calls `listener` with the connection once there is one; subscriptions made on it survive reconnecting. */
  whenOpen(listener: (connection: NatsConnection) => void): void {
    if (this.connection) listener(this.connection);
    else this.openListeners.push(listener);
  }

  /** Calls `listener` each time the connection is back, or messages were dropped: something may have been missed. */
  onLost(listener: () => void): void {
    this.lostListeners.push(listener);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.isUp = false;
    this.wakeUp?.();
    await this.opening;
    await this.connection?.close();
  }

  private async open(): Promise<void> {
    for (let attempt = 1; !this.closed; attempt++) {
      try {
        this.connection = await connect({
          ...whoAndWhere(this.options.url),
          name: this.options.name,
          inboxPrefix: `_INBOX.${this.options.name}`, // the server lets each service hear its own replies only
          maxReconnectAttempts: -1,
          ignoreAuthErrorAbort: true, // else a broker that refuses twice, as one whose users are just changed, has been asked for the last time
          reconnectTimeWait: 250,
          reconnectJitter: 250,
          pingInterval: 5000,
          maxPingOut: 2,
          timeout: 3000,
        });
        this.setUp(true, attempt > 1);
        surviving('state of the broker connection', (connection: NatsConnection) => this.watch(connection))(this.connection);
        for (const listener of this.openListeners.splice(0)) surviving('open broker connection', listener)(this.connection);
        return;
      } catch (error) {
        if (attempt === 1) this.options.onError(error);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 100 + backoffMs(attempt, 200, 2000));
          this.wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  }

  private async watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.setUp(false);
      else if (status.type === 'reconnect' && !this.closed) this.setUp(true);
      else if (status.type === 'error') surviving('fault of the broker', this.options.onError)(status.error);
      if (status.type === 'reconnect' || status.type === 'slowConsumer') for (const listener of this.lostListeners) surviving('lost broker connection', listener)();
    }
    this.setUp(false);
  }

  /** @param isNews false for a connection that was open at the first try, as nothing was lost before it */
  private setUp(isUp: boolean, isNews = true): void {
    if (this.isUp === isUp) return;
    const [before, now] = [this.changedAt, performance.now()];
    this.isUp = isUp;
    this.changedAt = now;
    if (isNews && !this.closed) surviving('change of the broker connection', () => this.options.onChange?.(isUp, Math.round(now - before)))();
  }
}

/** The client takes host and port from an address and leaves its user, and whether it asks for TLS, aside. */
function whoAndWhere(addresses: string): Pick<NodeConnectionOptions, 'servers' | 'user' | 'pass' | 'tls'> {
  const urls = addresses.split(',').map((address) => new URL(address.trim()));
  const servers = urls.map((url) => url.host);
  const { protocol, username, password } = urls[0] as URL;
  const who = username === '' ? {} : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return { servers, ...who, ...(protocol === 'tls:' ? { tls: {} } : {}) };
}
