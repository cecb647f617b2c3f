import type { Envelope, Head } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';

type EventsListener = (producer: ServiceName, events: readonly Envelope[]) => void;
type HeadListener = (head: Head) => void;
type MessageListener = (subject: string, message: unknown) => void;

/** Joins the services of one process: make one, give it to the in-process drivers of each. */
export class InProcessBus {
  readonly events = new Set<EventsListener>();
  readonly heads = new Set<HeadListener>();
  readonly messages = new Set<MessageListener>();
}
