import 'reflect-metadata';
import type { Envelope, EventDefinition, EventOf } from '@muster/contracts/kernel/event';
import type { Tx } from '../database/database';

export interface Consumption {
  /** A sentence in kebab case; the key of what it has read, so never reuse one for something else. */
  readonly name: string;
  readonly events: readonly EventDefinition[];
  /**
   * Whether all that this consumer writes are rows that follow from events only: it can be rebuilt from snapshots, and has
   * `forgetVersions` and `deleteUnlisted`. Leave it out where `apply` has other effects.
   */
  readonly projection?: true;
}

/**
 * Reads events: each exactly once, in order per aggregate, without order among aggregates or producers.
 *
 * `event` is parsed by its definition: declare the parameter as `EventOf<typeof a> | EventOf<typeof b>` and tell them
 * apart by {@link isEvent}. A rebuild sends facts with the aggregate's present version, perhaps several of one
 * version and perhaps seen before: an older version never overwrites a newer one, an equal one may.
 */
export interface EventConsumer<Prepared = undefined> {
  /** Outside any transaction, perhaps several times for an event: the place to ask other services. At most 20 s. */
  prepare?(event: Envelope): Promise<Prepared>;
  /** The same for up to 500 events of a rebuild; without it `prepare` is asked one by one. */
  prepareAll?(events: readonly Envelope[]): Promise<readonly Prepared[]>;
  /** In the transaction that marks the event done. Throwing repeats the event later, and parks its aggregate in the end. */
  apply(tx: Tx, event: Envelope, prepared: Prepared): Promise<void>;
  /**
   * Of a projection, before its rebuild reads the first snapshot: makes the version of some more rows 0, older than any
   * fact. What a snapshot says of a row counts then, even where its producer has gone back in time. Rows stay readable.
   *
   * @returns false when no row is left
   */
  forgetVersions?(tx: Tx): Promise<boolean>;
  /**
   * Of a projection, after the last snapshot: deletes some more of the rows whose version is still 0. No producer knows
   * of them.
   *
   * @returns false when no row is left
   */
  deleteUnlisted?(tx: Tx): Promise<boolean>;
}

const CONSUMPTION = Symbol('muster:consume');

/** Makes an injectable class a consumer of events. */
export function Consume(consumption: Consumption): ClassDecorator {
  return (target) => Reflect.defineMetadata(CONSUMPTION, consumption, target);
}

export function consumptionOf(type: object): Consumption | undefined {
  return Reflect.getOwnMetadata(CONSUMPTION, type) as Consumption | undefined;
}

/** Narrows an event to one of the definitions that a consumer reads. */
export function isEvent<Definition extends EventDefinition>(event: Envelope, definition: Definition): event is EventOf<Definition> {
  return event.type === definition.type;
}
