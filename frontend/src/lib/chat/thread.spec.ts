import { afterAll, describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { Call } from '../api/client';
import { keyOfThread, readOlder, readThread, type Thread } from './thread';

const conversationId = '01900000-0000-7000-8000-00000000000e';
const queryKey = keyOfThread(conversationId);
const message = (sequence: number) => ({ conversationId, sequence, clientId: String(sequence), sender: 'somebody', text: '', sentAt: '' });
const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => message(from + index));

/** Messages 1 to `last`, answered as the service does; each kind of question waits until it is let go. */
function conversation(last: number) {
  const gates = { after: gate(), before: gate() };
  const call = (async (_id: string, { query }: { query: { after?: number; before?: number; limit: number } }) => {
    await gates[query.after === undefined ? 'before' : 'after'].passed;
    const all = run(1, last);
    const items =
      query.after === undefined
        ? all.filter(({ sequence }) => sequence < (query.before ?? Infinity)).slice(-query.limit)
        : all.filter(({ sequence }) => sequence > (query.after ?? 0)).slice(0, query.limit);
    return { items, lastSequence: last };
  }) as unknown as Call;
  return { call, gates };
}

function gate() {
  let open = () => undefined as void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

const queries = new QueryClient();
afterAll(() => queries.clear());

describe('a conversation on the screen', () => {
  it('keeps an older page that comes while newer messages are on their way', async () => {
    const { call, gates } = conversation(301);
    queries.setQueryData<Thread>(queryKey, { messages: run(201, 300), lastSequence: 300 });
    const newer = queries.fetchQuery({ queryKey, queryFn: () => readThread({ call, queries }, conversationId) });
    const older = readOlder({ call, queries }, conversationId);
    gates.before.open();
    await older;
    gates.after.open();
    await newer;
    const { messages } = queries.getQueryData<Thread>(queryKey) ?? { messages: [] };
    expect([messages[0]?.sequence, messages.at(-1)?.sequence, messages.length]).toEqual([101, 301, 201]);
  });
});
