import { isPassing, type Answer, type Call } from '../api/client';
import { asProblem } from '../api/problem-error';
import type { Clock } from '../clock/clock';
import { createListeners } from '../listeners';
import { newId } from '../session/new-id';
import type { Exclusively, Session } from '../session/session';
import type { DeviceStorage } from '../session/storage';

export interface Outgoing {
  person: string;
  conversationId: string;
  /** The same for every try, so that a message whose answer was lost is not sent twice. */
  clientId: string;
  text: string;
  writtenAt: string;
  failed: boolean;
}

interface Parts {
  storage: DeviceStorage;
  clock: Clock;
  session: Session;
  call: Call;
  exclusively: Exclusively;
  /** Called when a message has arrived, before it leaves the outbox, so that it is never missing on the screen. */
  onSent: (message: Answer<'communication.sendMessage'>) => Promise<void>;
}

/** Each message is a record of its own, so that tabs which write at the same moment do not overwrite each other. */
const RECORD = 'outbox.';
const RETRY_MS = 5000;

export type Outbox = ReturnType<typeof createOutbox>;

/** Keeps messages on the device until the service has them, through reloads, closed tabs and a lost network. */
export function createOutbox({ storage, clock, session, call, exclusively, onSent }: Parts) {
  const { subscribe, tell } = createListeners();
  let waiting = readAll();
  let wanted = false;
  let running: Promise<void> | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  /** All messages in the order in which they were written, in whichever tab: their ids begin with the time. */
  function readAll(): readonly Outgoing[] {
    return storage.names(RECORD).flatMap((name) => {
      try {
        return [JSON.parse(storage.read(name) ?? '') as Outgoing];
      } catch {
        return [];
      }
    });
  }

  function readAgain(): void {
    waiting = readAll();
    tell();
  }

  function keep(message: Outgoing): void {
    storage.write(RECORD + message.clientId, JSON.stringify(message));
    readAgain();
  }

  function nextOfMine(): Outgoing | undefined {
    const current = session.current();
    if (current.state !== 'signed-in') return undefined;
    return waiting.find((one) => one.person === current.personId && !one.failed);
  }

  /** Sends one message after the other, so that they arrive in the order in which they were written. */
  async function sendAll(): Promise<void> {
    // Another tab may have sent some while this one waited for its turn.
    readAgain();
    for (let next = nextOfMine(); next !== undefined; next = nextOfMine()) {
      const { conversationId, clientId, text } = next;
      let sent: Answer<'communication.sendMessage'>;
      try {
        sent = await call('communication.sendMessage', { params: { conversationId }, body: { clientId, text } });
      } catch (error) {
        if (isPassing(error) || [401, 429].includes(asProblem(error).status)) {
          clearTimeout(retry);
          retry = setTimeout(() => void flush(), RETRY_MS);
          return;
        }
        keep({ ...next, failed: true });
        continue;
      }
      await onSent(sent);
      storage.write(RECORD + clientId, null);
      readAgain();
    }
  }

  async function run(): Promise<void> {
    try {
      while (wanted) {
        wanted = false;
        await exclusively('muster.outbox', sendAll);
      }
    } finally {
      // Set in the same step as the last check of `wanted`, so that a later call of `flush` starts a new run.
      running = null;
    }
  }

  function flush(): Promise<void> {
    wanted = true;
    running ??= run();
    return running;
  }

  storage.onForeignChange(RECORD, readAgain);
  // Signing out removes the messages of that person.
  session.subscribe(readAgain);

  return {
    subscribe,
    all: () => waiting,
    flush,
    write(conversationId: string, text: string): void {
      const current = session.current();
      if (current.state !== 'signed-in') return;
      // Later than every waiting message, even where the clock was set back meanwhile.
      const at = Math.max(clock.now(), ...waiting.map((one) => Date.parse(one.writtenAt) + 1));
      keep({ person: current.personId, conversationId, clientId: newId(at), text, writtenAt: new Date(at).toISOString(), failed: false });
      void flush();
    },
    retry(clientId: string): void {
      const message = waiting.find((one) => one.clientId === clientId);
      if (message) keep({ ...message, failed: false });
      void flush();
    },
  };
}
