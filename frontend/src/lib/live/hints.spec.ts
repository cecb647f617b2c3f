import { describe, expect, it } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { Call } from '../api/client';
import { keyOf } from '../api/query-client';
import { createHints } from './hints';

const one = '019aa000-0000-7000-8000-000000000001';
const other = '019aa000-0000-7000-8000-000000000002';

/** What is on the screen, and how often each of it was fetched after the first time. */
function screen(shown: ReadonlyArray<{ key: readonly unknown[]; answer: unknown }>, random = 0.5) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const fetched: string[] = [];
  const timers: Array<{ milliseconds: number; work: () => void }> = [];
  const hints = createHints({
    queries,
    call: (() => Promise.reject(new Error('nothing of a conversation is shown here'))) as unknown as Call,
    after: (milliseconds, work) => {
      const timer = { milliseconds, work };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    random: () => random,
  });
  for (const { key, answer } of shown) {
    queries.setQueryData(key, answer);
    const observer = new QueryObserver(queries, {
      queryKey: key,
      queryFn: () => {
        fetched.push(String(key[0]));
        return answer;
      },
    });
    observer.subscribe(() => undefined);
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { hints, fetched, timers, settled };
}

const job = (jobId: string, version: number) => ({ key: keyOf('matching.readJob', { params: { jobId } }), answer: { jobId, version } });

describe('a hint', () => {
  it('has just that fetched which it is about', async () => {
    const { hints, fetched, settled } = screen([job(one, 1), { key: ['matching.listAssignments', {}], answer: { items: [], nextCursor: null } }]);
    hints.hear({ kind: 'job', id: other, version: 2 });
    await settled();
    expect(fetched).toEqual([]);
    hints.hear({ kind: 'job', id: one, version: 2 });
    await settled();
    expect(fetched).toEqual(['matching.readJob']);
  });

  it('of a version that is there already has nothing fetched, in a list and its pages neither', async () => {
    const list = { key: ['matching.listJobs', {}, 'pages'], answer: { pages: [{ items: [{ jobId: one, version: 7 }], nextCursor: null }], pageParams: [null] } };
    const { hints, fetched, settled } = screen([job(one, 7), list]);
    hints.hear({ kind: 'job', id: one, version: 7 });
    await settled();
    expect(fetched).toEqual([]);
    hints.hear({ kind: 'job', id: one, version: 8 });
    await settled();
    expect([...fetched].sort()).toEqual(['matching.listJobs', 'matching.readJob']);
  });

  it('that comes twice, or late, is heard once', async () => {
    const { hints, fetched, settled } = screen([job(one, 1)]);
    for (const version of [3, 3, 2]) hints.hear({ kind: 'job', id: one, version });
    await settled();
    expect(fetched).toEqual(['matching.readJob']);
  });

  it('of something new has the lists fetched in which it will be', async () => {
    const { hints, fetched, settled } = screen([{ key: ['matching.listJobs', {}], answer: { items: [{ jobId: one, version: 7 }], nextCursor: null } }]);
    hints.hear({ kind: 'job', id: other, version: 1 });
    await settled();
    expect(fetched).toEqual(['matching.listJobs']);
  });

  it('of a notice that is taken back at once has nothing counted', async () => {
    const { hints, fetched, timers, settled } = screen([{ key: ['notification.countUnseen', {}], answer: { unseen: 0 } }]);
    hints.hear({ kind: 'notice', id: one, version: 1, fact: 'notification.notice.posted.v1' });
    hints.hear({ kind: 'notice', id: one, version: 2, fact: 'notification.notice.seen.v1' });
    timers.splice(0).forEach(({ work }) => work());
    await settled();
    expect(fetched).toEqual([]);
    hints.hear({ kind: 'notice', id: other, version: 1, fact: 'notification.notice.posted.v1' });
    hints.hear({ kind: 'notice', id: one, version: 3, fact: 'notification.notice.posted.v1' });
    timers.splice(0).forEach(({ work }) => work());
    await settled();
    expect(fetched).toEqual(['notification.countUnseen']);
  });
});

it('leaves nothing to be done later when the connection is given up', () => {
  const { hints, timers } = screen([]);
  hints.hear({ kind: 'notice', id: one, version: 1, fact: 'notification.notice.posted.v1' });
  hints.refetchSoon();
  expect(timers).toHaveLength(2);
  hints.stop();
  expect(timers).toEqual([]);
});

describe('a refetch that everybody is told', () => {
  it('is done after a while that differs from one to the other, once however often it is told', async () => {
    const [early, late] = [screen([job(one, 1)], 0.1), screen([job(one, 1)], 0.9)];
    for (const { hints } of [early, late]) for (let told = 0; told < 3; told += 1) hints.refetchSoon();
    expect([early, late].map(({ timers }) => timers.map(({ milliseconds }) => milliseconds))).toEqual([[1000], [9000]]);
    await early.settled();
    expect(early.fetched).toEqual([]);
    early.timers.splice(0).forEach(({ work }) => work());
    await early.settled();
    expect(early.fetched).toEqual(['matching.readJob']);
  });

  it('is not done when the connection that is there again has had everything fetched', async () => {
    const { hints, fetched, timers, settled } = screen([job(one, 1)]);
    hints.refetchSoon();
    hints.refetchNow();
    await settled();
    expect([fetched, timers]).toEqual([['matching.readJob'], []]);
  });
});
