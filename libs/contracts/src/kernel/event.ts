import { z } from 'zod';
import { eventId, personId, serviceName, type PersonId, type ServiceName } from './ids';
import { bigint } from './integer';
import { instant } from './time';

/**
 * The numbers of a producer's events belong to an epoch. Restoring a database renews it, so that a reader of the
 * old numbering notices instead of skipping or repeating.
 */
export const epoch = z.uuid().brand<'Epoch'>();
export type Epoch = z.infer<typeof epoch>;

/** CloudEvents 1.0 fields plus the aggregate's dense version and the producer's dense sequence. */
export const envelope = z.object({
  id: eventId,
  source: serviceName,
  type: z.string().max(128),
  time: instant,
  aggregateId: z.string().max(64),
  /** Counts 1, 2, 3 … without a hole for each aggregate. */
  aggregateVersion: bigint({ min: 1 }),
  /** Counts 1, 2, 3 … without a hole for each producer and epoch, in commit order of each aggregate. */
  sequence: bigint({ min: 1 }),
  epoch,
  traceparent: z.string().max(128).optional(),
  /** The people who get a live hint that the aggregate changed; consumers never see them. */
  recipients: z.array(personId).max(500),
  data: z.unknown(),
});
export type Envelope<Data = unknown> = Omit<z.infer<typeof envelope>, 'data'> & { data: Data };

export interface EventDefinition<Data extends z.ZodType = z.ZodType> {
  /** `<service>.<aggregate>.<fact>.v<n>` */
  readonly type: string;
  readonly producer: ServiceName;
  readonly aggregate: string;
  readonly version: number;
  readonly data: Data;
  /** Pseudonymous facts about a person that the data holds (cell, rate, free days); erasure covers them. */
  readonly personal: readonly string[];
  /** An envelope's data that satisfies the schema; the contract tests and the documents use it. */
  readonly example: z.input<Data>;
}

/**
 * Defines a fact that a service publishes. It never holds a name, a contact, free text or an image.
 *
 * @param type `<service>.<aggregate>.<fact>.v<n>`
 * @throws Error when the type is not of that form
 */
export function defineEvent<Data extends z.ZodObject>(
  type: string,
  definition: { data: Data; personal?: ReadonlyArray<keyof z.infer<Data> & string>; example: z.input<Data> },
): EventDefinition<Data> {
  const match = /^([a-z]+)\.([a-z_]+)\.[a-z_]+\.v([1-9]\d*)$/.exec(type);
  const producer = serviceName.safeParse(match?.[1]);
  if (!match?.[2] || !producer.success) {
    throw new Error(`${type}: an event type reads <service>.<aggregate>.<fact>.v<n>`);
  }
  return {
    type,
    producer: producer.data,
    aggregate: match[2],
    version: Number(match[3]),
    data: definition.data,
    personal: definition.personal ?? [],
    example: definition.example,
  };
}

export type EventOf<Definition extends EventDefinition> = Envelope<z.output<Definition['data']>>;

/** The highest sequence that a producer has published; sent each second and with every page. */
export const head = z.object({ producer: serviceName, epoch, sequence: bigint({ min: 0 }) });
export type Head = z.infer<typeof head>;

/**
 * A hint sent to a person's sockets: it names what changed without the content, which the client fetches through a
 * route.
 */
export const liveHint = z.object({
  kind: z.string().max(64),
  id: z.string().max(64),
  version: bigint({ min: 0 }),
  /** The type of the event, which may save a client a request; an older relay leaves it out. */
  fact: z.string().max(128).optional(),
  traceparent: z.string().max(128).optional(),
});
export type LiveHint = z.infer<typeof liveHint>;

export type Recipients = readonly PersonId[];
