import type { ColumnType, Generated } from 'kysely';

type Json<Value> = ColumnType<Value, string, string>;

interface EventNumberingTable {
  only_row: Generated<boolean>;
  epoch: Generated<string>;
  head: Generated<number>;
  first_kept: Generated<number>;
}

export interface OutboxTable {
  position: Generated<number>;
  added_on: Generated<string>;
  added_at: Generated<Date>;
  id: string;
  type: string;
  time: Date;
  aggregate_type: string;
  aggregate_id: string;
  aggregate_version: number;
  data: Json<unknown>;
  recipients: string[];
  traceparent: string | null;
  sequence: number | null;
  published_at: Date | null;
}

interface ReceivedTable {
  producer: string;
  generation: number;
  epoch: string;
  contiguous: number;
  /** int8multirange, in PostgreSQL's text form. */
  ahead: Generated<string>;
}

interface InboxTable {
  consumer: string;
  event_id: string;
  lane: string;
  producer: string;
  generation: number;
  sequence: number;
  envelope: Json<unknown>;
  received_at: Generated<Date>;
  done_at: Date | null;
}

interface InboxLanesTable {
  consumer: string;
  lane: string;
  due_at: Generated<Date>;
  owner: string | null;
  fence: Generated<number>;
  attempts: Generated<number>;
  parked_at: Date | null;
  failed_event: string | null;
  last_error: string | null;
}

/** The tables that the platform keeps in every service's database; `schema.sql` beside this file shows them whole, with data classes and retention. */
export interface PlatformTables {
  event_numbering: EventNumberingTable;
  aggregate_versions: { aggregate_type: string; aggregate_id: string; version: number };
  /** `data` may hold pseudonymous facts about a person, as each event declares. */
  outbox: OutboxTable;
  consumers: { name: string; types: string[]; since: Generated<Date>; seen_at: Generated<Date> };
  received: ReceivedTable;
  inbox: InboxTable;
  inbox_lanes: InboxLanesTable;
  rebuilds: { consumer: string; wanted_at: Generated<Date>; reason: string; owner: string | null; lease_until: Generated<Date> };
  /** `answer` is what the person was told. */
  idempotency_keys: {
    person_id: string;
    route_id: string;
    key: string;
    fingerprint: string;
    answer: ColumnType<unknown, string | null, string | null>;
    created_at: Date;
  };
  timers: {
    kind: string;
    key: string;
    due_at: Date;
    payload: Json<unknown>;
    traceparent: string | null;
    attempts: Generated<number>;
    last_error: string | null;
  };
  tasks: {
    kind: string;
    key: string;
    payload: Json<unknown>;
    traceparent: string | null;
    enqueued_at: Date;
    due_at: Date;
    owner: string | null;
    fence: Generated<number>;
    attempts: Generated<number>;
    last_error: string | null;
    done_at: Date | null;
    given_up_at: Date | null;
  };
}
