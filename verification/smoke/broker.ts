import { serviceNames } from '@muster/contracts/kernel/ids';
import { int } from '@muster/contracts/kernel/integer';
import { z } from 'zod';

const consumer = z.object({ name: z.string(), delivered: z.object({ consumer_seq: int() }), num_ack_pending: int(), num_pending: int() });
const stream = z.object({ name: z.string(), state: z.object({ messages: int() }), consumer_detail: z.array(consumer).default([]) });
const report = z.object({ account_details: z.array(z.object({ stream_detail: z.array(stream).default([]) })).default([]) });

export interface BrokerSeen {
  readonly events: number;
  readonly deliveries: number;
  readonly faults: readonly string[];
}

/**
 * What the broker says it carried (`/jsz?consumers=true`). Without it everything works too, only later: readers fetch
 * from the producers' outboxes what did not come, and a broker that refuses would go unnoticed.
 */
export function brokerSeen(text: string): BrokerSeen {
  const streams = report.parse(JSON.parse(text)).account_details.flatMap((account) => account.stream_detail);
  const faults: string[] = [];
  for (const service of serviceNames) {
    const own = streams.find(({ name }) => name === `muster-${service}`);
    if (!own || own.state.messages === 0) faults.push(`the broker carried no event of ${service}`);
  }
  const consumers = streams.flatMap(({ name, consumer_detail: all }) => all.map((each) => ({ ...each, stream: name })));
  for (const { stream: from, name, delivered } of consumers) {
    if (delivered.consumer_seq === 0) faults.push(`the broker delivered nothing of ${from} to ${name}`);
  }
  return {
    events: streams.reduce((sum, { state }) => sum + state.messages, 0),
    deliveries: consumers.reduce((sum, { delivered }) => sum + delivered.consumer_seq, 0),
    faults,
  };
}
