import type { PersonId } from '@muster/contracts/kernel/ids';
import { surviving } from '../kernel/surviving';

export type FanoutHandler = (message: unknown, subject: string) => void;

/**
 * Tells all replicas that listen, now or never: nothing is kept. Messages are JSON. `family.*` stands for every
 * subject with one more token.
 */
export interface Fanout {
  /** Publishes a message. It never throws; while the broker is away the message is lost. */
  publish(subject: string, message: unknown): void;
  /** @returns ends the subscription */
  subscribe(subject: string, handler: FanoutHandler): () => void;
  /** Called when messages may have been missed: a lost connection, or a hole in a publisher's count. */
  onLost(handler: () => void): void;
  close(): Promise<void>;
}

export function liveSubject(person: PersonId): string {
  return `live.${person}`;
}

export function subjectMatches(pattern: string, subject: string): boolean {
  if (!pattern.endsWith('.*')) return pattern === subject;
  const family = pattern.slice(0, -1);
  return subject.startsWith(family) && subject.length > family.length && !subject.slice(family.length).includes('.');
}

/** One listener's fault must not end the process or keep the message from others. */
export function callSafely(handler: FanoutHandler, message: unknown, subject: string): void {
  surviving(`fan-out of ${subject.split('.', 1)[0]}`, handler)(message, subject);
}
