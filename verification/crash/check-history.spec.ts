import { describe, expect, it } from '@jest/globals';
import { checkHistory } from './check-history.rules';
import type { Evidence } from './evidence';
import { attempt, conversation, ids, soundEvidence, type Loose } from './sound-evidence.fixture';

type Damage = (evidence: Loose<Evidence>) => void;

function broken(damage: Damage): string[] {
  const evidence = soundEvidence();
  damage(evidence);
  return checkHistory(evidence as Evidence).filter(({ faults }) => faults.length > 0).map(({ rule }) => rule);
}

const acknowledged = 'every acknowledged write is there';
const answers = 'the same key has the same answer';
const refusals = 'every refusal is a problem, and none is a fault of the service';
const once = 'every message exactly once';
const order = 'message order is one, its sequence has no hole';
const ends = 'each invite has at most one end, and is in it';
const counts = 'filled ≤ count, at all times';
const consequences = 'accepted ⇒ assignment, conversation, both notices';
const iff = 'an event exists iff its row change does';
const numbers = 'numbers are dense, in the order of each aggregate, and received by all readers';
const done = 'every consumer has done every event of its types once';
const notices = 'one notice for each event and person';
const copies = 'bookings and conversations follow from the events, once';
const documents = 'worker documents equal their recomputation from the events';

const damages: ReadonlyArray<[what: string, rule: string, damage: Damage]> = [
  ['an acknowledged acceptance that is not there', acknowledged, ({ stores }) => (stores.domain.invites[0]!.state = 'sent')],
  ['a notice that was seen and is unseen', acknowledged, ({ history }) => history.push(attempt('markNoticeSeen', ids.worker, { noticeId: 'n1' }))],
  ['a refused acceptance with an assignment', acknowledged, ({ history }) => Object.assign(history[0]!, { outcome: 'fail', status: 409, code: 'matching.line_full' })],
  ['a profile that is not the last one saved', acknowledged, ({ history }) => history.push(attempt('saveWorkerProfile', ids.worker, { displayName: 'Another', dayRate: { amount: 1 } }))],
  ['a repeated request with another answer', answers, ({ history }) => (history[2]!.answer = { sequence: 2 })],
  ['a fault of the service', refusals, ({ history }) => history.push({ ...attempt('listInvites', ids.worker, {}), outcome: 'fail', status: 500, code: 'platform.internal' })],
  ['a lost message', once, ({ stores }) => (stores.domain.messages = [])],
  ['a message that one of two does not see', once, ({ stores }) => stores.domain.members.pop()],
  ['a doubled message', once, ({ stores }) => stores.domain.messages.push({ ...stores.domain.messages[0]!, sequence: 2 })],
  ['a hole in the sequence', order, ({ stores }) => (stores.domain.messages[0]!.sequence = 2)],
  ['a second end of an invite', ends, ({ stores }) => stores.domain.steps.push({ position: 3, subject: 'invite', subject_id: ids.invite, from_state: 'accepted', to_state: 'declined' })],
  ['more people than places', counts, ({ stores }) => (stores.domain.lines[0]!.filled = 2)],
  ['a job that told of fewer people than before', counts, ({ stores }) => (stores.platform.matching.outbox[0]!.data['filled'] = 2)],
  ['a missing assignment', consequences, ({ stores }) => (stores.domain.assignments = [])],
  ['a missing conversation', consequences, ({ stores }) => (stores.domain.conversations = [])],
  ['a contractor who was not told', consequences, ({ stores }) => (stores.domain.notices = stores.domain.notices.filter(({ person_id }) => person_id !== ids.contractor))],
  ['an event without its row', iff, ({ stores }) => (stores.domain.assignments = [])],
  ['a row without its event', iff, ({ stores }) => stores.platform.communication.outbox.pop()],
  ['a number left out', numbers, ({ stores }) => (stores.platform.matching.outbox[4]!.sequence = 6)],
  ['numbers against the order of an aggregate', numbers, ({ stores }) => ((stores.platform.matching.outbox[0]!.sequence = 2), (stores.platform.matching.outbox[1]!.sequence = 1))],
  ['a reader that is behind', numbers, ({ stores }) => (stores.platform.notification.received[0]!.contiguous = 4)],
  ['an event never filed', done, ({ stores }) => stores.platform.notification.inbox.pop()],
  ['an event never done', done, ({ stores }) => (stores.platform.notification.inbox[0]!.done_at = null)],
  ['two notices of one event', notices, ({ stores }) => stores.domain.notices.push({ ...stores.domain.notices[0]!, notice_id: 'n4' })],
  ['a notice of nothing', notices, ({ stores }) => (stores.domain.notices[2]!.event_id = 'another')],
  ['a booking missing in the calendar', copies, ({ stores }) => (stores.domain.booked_days = [])],
  ['a member too many', copies, ({ stores }) => stores.domain.members.push({ conversation_id: conversation, person_id: 'stranger', read_up_to: 0 })],
  ['a document with an old rate', documents, ({ stores }) => (stores.domain.worker_documents[0]!['day_rate'] = 1)],
  ['a source of an older version', documents, ({ stores }) => (stores.domain.worker_sources[2]!.version = 0)],
];

describe('the checker of a crashed run', () => {
  it('finds nothing where nothing is wrong, and looks at everything', () => {
    const verdicts = checkHistory(soundEvidence() as Evidence);
    expect(verdicts.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(verdicts.filter(({ seen }) => seen === 0).map(({ rule }) => rule)).toEqual([refusals]); // nothing was refused
  });

  it.each(damages)('finds %s', (_what, rule, damage) => {
    expect(broken(damage)).toContain(rule);
  });

  it('takes an unknown outcome for neither', () => {
    expect(broken(({ history }) => history.push({ ...attempt('declineInvite', ids.worker, { inviteId: ids.invite }), outcome: 'unknown', status: undefined }))).toEqual([]);
  });
});
