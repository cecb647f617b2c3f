import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Epoch } from '@muster/contracts/kernel/event';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { newId } from '@muster/platform/kernel/ids';
import { Metrics } from '@muster/platform/metrics/metrics';
import { TestClock } from '@muster/platform/testing/test-clock';
import type { WorkerChangesReader } from '../workers/worker-changes.reader';
import type { WorkerDocumentsReader } from '../workers/worker-documents.reader';
import { IndexTail } from './index-tail';
import { LiveIndex } from './live-index';

const epoch = newId() as string as Epoch;
let clock: TestClock;
let head: number;
let lost: { head: boolean; documents: boolean };
let tail: IndexTail;

/** Stands for an answer of the database, which can be lost. */
function answer<T>(isLost: boolean, value: T): Promise<T> {
  return isLost ? Promise.reject(new Error('the database is away')) : Promise.resolve(value);
}

beforeEach(async () => {
  clock = new TestClock();
  head = 0;
  lost = { head: false, documents: false };
  // The fakes are typed by the methods that they replace, so that a renamed method is a fault of types.
  const changes: Pick<WorkerChangesReader, 'findHead' | 'listChangesAfter'> = {
    findHead: () => answer(lost.head, { epoch, number: head }),
    listChangesAfter: (number: number) => answer(lost.head, [{ number: number + 1, personId: newId<PersonId>(), addedAt: clock.now() }]),
  };
  const documents: Pick<WorkerDocumentsReader, 'listDocumentsOf' | 'pageOfDocuments'> = {
    listDocumentsOf: () => answer(lost.documents, []),
    pageOfDocuments: () => answer(lost.documents, []),
  };
  tail = new IndexTail(new LiveIndex(new Metrics('matching'), clock), documents as unknown as WorkerDocumentsReader, changes as unknown as WorkerChangesReader, clock);
  await tail.readChanges();
});

const step = () => tail.readChanges().catch(() => false);

describe('an index that cannot follow its table', () => {
  beforeEach(async () => {
    head = 1;
    lost.documents = true;
    await step();
  });

  it('is behind for as long as the head moves on without it', async () => {
    expect(tail.behindMs).toBe(0);
    clock.advanceMonotonic({ s: 6 });
    await step();
    expect(tail.behindMs).toBeGreaterThanOrEqual(6_000);
    lost.documents = false;
    await step();
    expect(tail.behindMs).toBe(0);
  });

  it('is not further behind while the head itself cannot be read', async () => {
    clock.advanceMonotonic({ s: 2 });
    await step();
    const before = tail.behindMs;
    lost.head = true;
    clock.advanceMonotonic({ s: 19 });
    await step();
    expect(tail.behindMs).toBe(before);
    lost.head = false;
    await step();
    expect(tail.behindMs).toBeGreaterThanOrEqual(21_000);
  });
});
