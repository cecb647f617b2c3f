import 'reflect-metadata';
import type { EventDefinition } from '@muster/contracts/kernel/event';
import type { z } from 'zod';
import type { Tx } from '../database/database';

export interface SnapshotFact {
  readonly type: string;
  readonly data: unknown;
}

/** A fact of a snapshot row, typed by its event. */
export function fact<Definition extends EventDefinition>(event: Definition, data: z.input<Definition['data']>): SnapshotFact {
  return { type: event.type, data };
}

export interface AggregateState {
  readonly aggregateId: string;
  /** The events that would bring a reader from nothing to the present state; empty for one that is gone. */
  readonly facts: readonly SnapshotFact[];
}

/** Pages through the aggregates of one kind, for readers that rebuild their projections. */
export interface SnapshotSource {
  /**
   * Up to `limit` aggregates with an id above `after`, ascending by id; fewer only at the end.
   *
   * @param tx read everything through it: it sees one state of the database, from which the versions are taken as well
   */
  readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<readonly AggregateState[]>;
}

const AGGREGATE = Symbol('muster:snapshot-of');

/** Makes an injectable class the {@link SnapshotSource} of an aggregate that this service publishes. */
export function SnapshotOf(aggregate: string): ClassDecorator {
  return (target) => Reflect.defineMetadata(AGGREGATE, aggregate, target);
}

export function snapshotAggregateOf(type: object): string | undefined {
  return Reflect.getOwnMetadata(AGGREGATE, type) as string | undefined;
}
