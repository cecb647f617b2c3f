import { join } from 'node:path';
import { freePort } from '@muster/platform/testing/free-port';
import { Program, tool } from './program';

/** The broker, the counters and the mail server that a cluster has beside its database, as processes of this machine. */
export class Backing {
  private constructor(
    private readonly folder: string,
    readonly ports: Readonly<Record<'nats' | 'valkey' | 'smtp' | 'mailbox', number>>,
    private nats: Program,
    private valkey: Program,
  ) {}

  static async start(folder: string): Promise<Backing> {
    const ports = { nats: await freePort(), valkey: await freePort(), smtp: await freePort(), mailbox: await freePort() };
    const mail = ['--smtp', `127.0.0.1:${ports.smtp}`, '--listen', `127.0.0.1:${ports.mailbox}`, '--database', join(folder, 'mail.db')];
    const mailpit = new Program([...mail, '--max', '0', '--quiet', '--disable-version-check'], {}, () => undefined, tool('mailpit'));
    const backing = new Backing(folder, ports, startNats(folder, ports.nats), startValkey(folder, ports.valkey));
    await mailpit.ready(() => fetch(`${backing.mailbox}/readyz`).then(({ ok }) => ok, () => false));
    return backing;
  }

  /** Where the mail that came can be read. */
  get mailbox(): string {
    return `http://127.0.0.1:${this.ports.mailbox}`;
  }

  /** Kills the broker and starts it again, with all that it had stored or with nothing. */
  async crashNats({ wipe = false } = {}): Promise<void> {
    await this.nats.end('SIGKILL');
    this.nats = startNats(wipe ? join(this.folder, `nats-${Date.now()}`) : this.folder, this.ports.nats);
  }

  /** Kills the counters and starts them again, empty. */
  async crashValkey(): Promise<void> {
    await this.valkey.end('SIGKILL');
    this.valkey = startValkey(this.folder, this.ports.valkey);
  }
}

function startNats(folder: string, port: number): Program {
  return new Program(['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', join(folder, 'nats')], {}, () => undefined, tool('nats-server'));
}

function startValkey(folder: string, port: number): Program {
  return new Program(['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder], {}, () => undefined, tool('redis-server'));
}
