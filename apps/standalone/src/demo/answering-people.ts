import { conversationOf } from '@muster/contracts/communication/conversation-of';
import { messageSent } from '@muster/contracts/communication/events';
import type { ClientMessageId, ConversationId } from '@muster/contracts/communication/ids';
import { sendMessage } from '@muster/contracts/communication/routes';
import type { Envelope } from '@muster/contracts/kernel/event';
import type { PersonId, ServiceName } from '@muster/contracts/kernel/ids';
import { inviteAccepted, inviteSent } from '@muster/contracts/matching/events';
import type { InviteId } from '@muster/contracts/matching/ids';
import { acceptInvite, declineInvite, markInviteSeen } from '@muster/contracts/matching/invites.routes';
import { newId } from '@muster/platform/kernel/ids';
import type { DemoPerson } from './demo-person';
import { Seeded } from './seeded';
import { hashOf } from './stage';
import { replies } from './words';

/** The fewest seconds after which somebody answers. */
const soonest = 3;
const latest = 20;

type EventsOf = (producer: ServiceName, events: readonly Envelope[]) => void;

/**
 * Lets the people of the demo answer: invites with yes or no, messages of a visitor with a sentence. They react to the
 * services' events after a delay; nothing runs while nobody asks them.
 */
export class AnsweringPeople {
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  /**
   * @param events the services' events as they come
   * @param personOf undefined for everybody who isn't of the demo, and for its two named accounts, whom a visitor plays
   */
  constructor(
    private readonly events: Set<EventsOf>,
    private readonly personOf: (id: PersonId) => DemoPerson | undefined,
  ) {
    events.add(this.hear);
  }

  stop(): void {
    this.events.delete(this.hear);
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  /** Schedules answers for people who were asked before Muster ended and could not answer. */
  asked(invites: readonly { inviteId: InviteId; worker: PersonId }[]): void {
    for (const { inviteId, worker } of invites) this.answerLater(inviteId, worker);
  }

  private readonly hear: EventsOf = (_producer, events) => {
    for (const { type, data } of events) {
      if (type === inviteSent.type) {
        const { inviteId, worker } = inviteSent.data.parse(data);
        this.answerLater(inviteId, worker);
      } else if (type === inviteAccepted.type) {
        const { jobId, worker, contractor } = inviteAccepted.data.parse(data);
        if (!this.personOf(worker)) this.writeLater(conversationOf(jobId, worker), contractor, 'hired');
      } else if (type === messageSent.type) {
        const { conversationId, sender, members } = messageSent.data.parse(data);
        if (!this.personOf(sender)) for (const member of members) this.writeLater(conversationId, member, 'reply');
      }
    }
  };

  private answerLater(inviteId: InviteId, worker: PersonId): void {
    const person = this.personOf(worker);
    if (!person) return;
    const seeded = new Seeded(hashOf(inviteId));
    const seconds = soonest + seeded.next() * (latest - soonest);
    const answer = seeded.chance(0.8) ? acceptInvite : declineInvite;
    const sent = { params: { inviteId }, body: {} };
    this.later(`see ${inviteId}`, seconds / 2, () => person.call(markInviteSeen, sent));
    this.later(`answer ${inviteId}`, seconds, () => person.call(answer, sent));
  }

  /** At most one answer is pending in a conversation, however many messages came meanwhile. */
  private writeLater(conversationId: ConversationId, writer: PersonId, occasion: keyof typeof replies): void {
    const person = this.personOf(writer);
    if (!person || this.waiting.has(conversationId)) return;
    const clientId = newId<ClientMessageId>();
    const seeded = new Seeded(hashOf(clientId));
    const body = { clientId, text: seeded.pick(replies[occasion]) };
    this.later(conversationId, soonest + seeded.next() * (latest - soonest), () => person.call(sendMessage, { params: { conversationId }, body }));
  }

  /** Nobody answers if the rules refuse it by then (the line is full, the invite was withdrawn); that is no fault. */
  private later(key: string, seconds: number, work: () => Promise<unknown>): void {
    clearTimeout(this.waiting.get(key));
    const timer = setTimeout(() => {
      this.waiting.delete(key);
      work().catch(() => undefined);
    }, seconds * 1000);
    timer.unref();
    this.waiting.set(key, timer);
  }
}
