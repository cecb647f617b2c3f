import { describe, expect, it } from '@jest/globals';
import { inviteAccepted, inviteSeen, inviteSent, inviteSuperseded } from '@muster/contracts/matching/events';
import { tellingOf, toldOf } from './tellings.rules';

const data = inviteSeen.data.parse(inviteSeen.example);

describe('who hears of an invite', () => {
  it('is the worker when it is sent', () => {
    expect(tellingOf({ type: inviteSent.type, data })).toMatchObject({ person: data.worker, key: 'invite_sent' });
  });

  it('is the contractor when it is accepted, with the worker as the subject', () => {
    expect(tellingOf({ type: inviteAccepted.type, data })).toMatchObject({
      person: data.contractor,
      subject: { person: data.worker, inviteId: data.inviteId },
    });
  });

  it('is the worker when the line filled up, and the contractor when the worker took other work', () => {
    const told = (reason: 'line_full' | 'worker_booked') => tellingOf({ type: inviteSuperseded.type, data: { ...data, reason } });
    expect(told('line_full')).toMatchObject({ person: data.worker, topic: 'invite', key: 'line_filled' });
    expect(told('worker_booked')).toMatchObject({ person: data.contractor, topic: 'invite_answered', key: 'worker_booked' });
  });

  it('has a rule for each event that is listened to', () => {
    for (const event of toldOf) expect(tellingOf({ type: event.type, data }).key).not.toBe('');
  });

  it('refuses an event that nobody decided about', () => {
    expect(() => tellingOf({ type: inviteSeen.type, data })).toThrow('no rule says who hears of');
  });
});
