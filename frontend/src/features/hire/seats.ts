import type { Seat } from '../../ui/crew-strip';
import type { Line } from './line-workers';

/** The places of a line as seats: those who said yes, then those who were asked, then what is still empty. */
export function seatsOf(line: Line, nameOf: (person: string) => string): Seat[] {
  const held = line.slots.filter((slot) => slot.worker !== null).map((slot): Seat => ({ key: slot.slotId, state: 'yes', name: nameOf(slot.worker ?? '') }));
  const asked = line.invites.map((invite): Seat => ({ key: invite.inviteId, state: 'asked', name: nameOf(invite.worker) }));
  const empty = Math.max(0, line.count - held.length - asked.length);
  return [...held, ...asked, ...Array.from({ length: empty }, (_, index): Seat => ({ key: `empty ${index}`, state: 'open', name: '' }))];
}
