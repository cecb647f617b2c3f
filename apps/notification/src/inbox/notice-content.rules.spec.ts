import { describe, expect, it } from '@jest/globals';
import { inviteAccepted, inviteSeen, inviteSent, inviteSuperseded } from '@muster/contracts/matching/events';
import { noticeContentOf, eventsWithNotice } from './notice-content.rules';

const data = inviteSeen.data.parse(inviteSeen.example);

describe('who hears of an invite', () => {
  it('is the worker when it is sent', () => {
    expect(noticeContentOf({ type: inviteSent.type, data })).toMatchObject({ person: data.worker, key: 'invite_sent' });
  });

  it('is the contractor when it is accepted, with the worker as the subject', () => {
    expect(noticeContentOf({ type: inviteAccepted.type, data })).toMatchObject({
      person: data.contractor,
      subject: { person: data.worker, inviteId: data.inviteId },
    });
  });

  it('is the worker when the line filled up, and the contractor when the worker took other work', () => {
    const told = (reason: 'line_full' | 'worker_booked') => noticeContentOf({ type: inviteSuperseded.type, data: { ...data, reason } });
    expect(told('line_full')).toMatchObject({ person: data.worker, topic: 'invite', key: 'line_filled' });
    expect(told('worker_booked')).toMatchObject({ person: data.contractor, topic: 'invite_answered', key: 'worker_booked' });
  });

  it('has a rule for each event that is listened to', () => {
    for (const event of eventsWithNotice) expect(noticeContentOf({ type: event.type, data }).key).not.toBe('');
  });

  it('refuses an event that nobody decided about', () => {
    expect(() => noticeContentOf({ type: inviteSeen.type, data })).toThrow('no rule says who hears of');
  });
});
