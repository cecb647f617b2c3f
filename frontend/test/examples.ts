import type { Answer } from '../src/lib/api/client';

export const NAGPUR = { placeId: '1262180', name: 'Nagpur', nameHi: 'नागपुर', area: 'Maharashtra', areaHi: 'महाराष्ट्र', pins: [], zone: 'Asia/Kolkata' };
export const id = (last: number): string => `01900000-0000-7000-8000-${String(last).padStart(12, '0')}`;
export const WORKER = id(2);
export const CONTRACTOR = id(3);
export const JOB = id(10);
export const LINE = id(11);
export const INVITE = id(12);
export const CONVERSATION = id(13);

const pay = { amount: 95_000, currency: 'INR' as const, basis: 'day' as const };
const hours = { startsAt: '09:00', endsAt: '18:00', zone: 'Asia/Kolkata' };

/** One mason for two days, at work for which nobody has said yes. */
export const job: Answer<'matching.readJob'> = {
  jobId: JOB, state: 'open', title: 'Compound wall', description: null, placeId: NAGPUR.placeId, placeName: 'Nagpur', placeNameHi: null, zone: hours.zone,
  radiusKm: null, firstDay: '2026-12-01', lastDay: '2026-12-02', places: 1, filled: 0, version: 2, createdAt: '2026-11-30T05:00:00.000Z',
  lines: [
    {
      lineId: LINE, trade: 'mason', minimumLevel: 2, count: 1, filled: 0, days: ['2026-12-01', '2026-12-02'], startsAt: hours.startsAt, endsAt: hours.endsAt,
      pay, language: null, slots: [{ slotId: id(14), state: 'open', worker: null }], invites: [],
    },
  ],
};

export const ranking: Answer<'matching.rankForLine'> = {
  items: [
    {
      personId: WORKER, displayName: 'Ramesh Yadav', photoId: null, trade: 'mason', level: 3, sibling: false, years: 8, distanceBand: '2-5',
      dayRate: { amount: 90_000, currency: 'INR' }, total: 87, parts: [], reasons: [],
    },
  ],
  matches: 1,
  nextCursor: null,
};

export const invite: Answer<'matching.readInvite'> = {
  inviteId: INVITE, jobId: JOB, lineId: LINE, state: 'seen', contractor: CONTRACTOR, title: 'Compound wall', description: 'Lunch on site.', trade: 'mason',
  minimumLevel: 2, placeName: 'Nagpur', placeNameHi: null, ...hours, distanceBand: '2-5', days: ['2026-12-01', '2026-12-02'], pay,
  total: { amount: 190_000, currency: 'INR' }, filled: 0, count: 1, sentAt: '2026-11-30T05:00:00.000Z', expiresAt: '2026-11-30T09:00:00.000Z',
  blockedBy: null, calledOff: false, conversationId: CONVERSATION, version: 2,
};

export const assignment: Answer<'matching.listAssignments'>['items'][number] = {
  assignmentId: id(17), jobId: JOB, lineId: LINE, inviteId: INVITE, state: 'accepted', contractor: CONTRACTOR, title: 'Compound wall', description: null,
  trade: 'mason', placeName: 'Nagpur', placeNameHi: null, ...hours, days: ['2026-12-01', '2026-12-02'], pay,
  total: { amount: 190_000, currency: 'INR' }, conversationId: CONVERSATION,
};

export const availability: Answer<'user.readAvailability'> = {
  weekly: [1, 2, 3, 4, 5, 6], exceptions: [], freeUntil: null, booked: [], zone: hours.zone, updatedAt: '2026-11-30T05:00:00.000Z', version: 1,
};

export const contractorProfile: Answer<'user.readContractorProfile'> = {
  personId: CONTRACTOR, displayName: 'Deshmukh Builders', placeId: null, version: 1, updatedAt: '2026-11-30T05:00:00.000Z',
};

export const cards: Answer<'user.readCards'> = {
  items: [
    { personId: WORKER, displayName: 'Ramesh Yadav', photoId: null },
    { personId: CONTRACTOR, displayName: 'Deshmukh Builders', photoId: null },
  ],
};
