import { call, isPassing } from '../api/client';
import { asProblem } from '../api/problem-error';
import { renew } from '../api/queries';
import { currentSession } from '../session/session';
import { newId } from '../session/new-id';
import { storage } from '../session/storage';

export interface Outgoing {
  person: string;
  conversationId: string;
  /** The same for every try, so that a message whose answer was lost is never there twice. */
  clientId: string;
  text: string;
  writtenAt: string;
  failed: boolean;
}

let waiting: readonly Outgoing[] = read();
let sending = false;
const listeners = new Set<() => void>();

function read(): Outgoing[] {
  try {
    return JSON.parse(storage.read('outbox') ?? '[]') as Outgoing[];
  } catch {
    return [];
  }
}

function keep(next: readonly Outgoing[]): void {
  waiting = next;
  storage.write('outbox', next.length === 0 ? null : JSON.stringify(next));
  listeners.forEach((listener) => listener());
}

function me(): string | null {
  const session = currentSession();
  return session.state === 'signed-in' ? session.personId : null;
}

export const outbox = {
  all: (): readonly Outgoing[] => waiting,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Kept on the device until a service has it, through reloads and tunnels. */
  write(conversationId: string, text: string): void {
    const person = me();
    if (person === null) return;
    keep([...waiting, { person, conversationId, clientId: newId(), text, writtenAt: new Date().toISOString(), failed: false }]);
    void outbox.flush();
  },
  retry(clientId: string): void {
    keep(waiting.map((one) => (one.clientId === clientId ? { ...one, failed: false } : one)));
    void outbox.flush();
  },
  /** One after the other, so that they arrive in the order they were written. */
  async flush(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (let next = first(); next !== undefined; next = first()) {
        const { conversationId, clientId, text } = next;
        try {
          await call('communication.sendMessage', { params: { conversationId }, body: { clientId, text } });
          await renew(['communication.readMessages', 'communication.listConversations']);
          keep(waiting.filter((one) => one.clientId !== clientId));
        } catch (error) {
          if (isPassing(error) || asProblem(error).status === 429) {
            setTimeout(() => void outbox.flush(), 5000);
            return;
          }
          keep(waiting.map((one) => (one.clientId === clientId ? { ...one, failed: true } : one)));
        }
      }
    } finally {
      sending = false;
    }
  },
};

function first(): Outgoing | undefined {
  const person = me();
  return waiting.find((one) => one.person === person && !one.failed);
}

window.addEventListener('online', () => void outbox.flush());
