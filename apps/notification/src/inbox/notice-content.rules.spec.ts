import { describe, expect, it } from '@jest/globals';
import { assignmentCancelled, inviteAccepted, inviteSeen, inviteSent, inviteSuperseded } from '@muster/contracts/matching/events';
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

  it('is whoever did not end an agreed assignment', () => {
    const told = (why: 'cannot_come' | 'taken_out' | 'job_cancelled') =>
      noticeContentOf({ type: assignmentCancelled.type, data: { ...assignmentCancelled.data.parse(assignmentCancelled.example), why } });
    expect(told('cannot_come')).toMatchObject({ person: data.contractor, topic: 'job', key: 'worker_cannot_come', subject: { person: data.worker } });
    expect(told('taken_out')).toMatchObject({ person: data.worker, topic: 'job', key: 'taken_out_of_crew' });
    expect(told('job_cancelled')).toMatchObject({ person: data.worker, key: 'job_cancelled', subject: { person: data.contractor } });
  });

  it('has a rule for each event that is listened to', () => {
    for (const event of eventsWithNotice) expect(noticeContentOf({ type: event.type, data: event.data.parse(event.example) }).key).not.toBe('');
  });

  it('refuses an event that nobody decided about', () => {
    expect(() => noticeContentOf({ type: inviteSeen.type, data })).toThrow('no rule says who hears of');
  });
});
