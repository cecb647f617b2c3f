import type { ServiceName } from '@muster/contracts/kernel/ids';

/** Rows as PostgreSQL writes them in JSON: names with underscores, instants and dates as text, no undefined. */
export interface OutboxRow {
  position: number;
  id: string;
  type: string;
  aggregate_type: string;
  aggregate_id: string;
  aggregate_version: number;
  data: Record<string, unknown>;
  sequence: number | null;
  published_at: string | null;
}

export interface InboxRow {
  consumer: string;
  event_id: string;
  producer: string;
  sequence: number;
  done_at: string | null;
}

export interface PlatformRows {
  outbox: OutboxRow[];
  event_numbering: Array<{ epoch: string; head: number }>;
  aggregate_versions: Array<{ aggregate_type: string; aggregate_id: string; version: number }>;
  consumers: Array<{ name: string; types: string[] }>;
  received: Array<{ producer: string; generation: number; epoch: string; contiguous: number; ahead: string }>;
  inbox: InboxRow[];
  inbox_lanes: Array<{ consumer: string; lane: string; parked_at: string | null; last_error: string | null }>;
}

export interface DomainRows {
  accounts: Array<{ person_id: string; state: string; hats: string[] }>;
  sessions: Array<{ session_id: string; ended_because: string | null }>;
  people: Array<{ person_id: string; display_name: string | null }>;
  worker_profiles: Array<{ person_id: string; day_rate: number; travel_radius_km: number; version: number }>;
  contractor_profiles: Array<{ person_id: string; version: number }>;
  availability: Array<{ person_id: string; weekly: number[]; free_until: string | null; version: number }>;
  availability_exceptions: Array<{ person_id: string; date: string; free: boolean }>;
  booked_days: Array<{ person_id: string; assignment_id: string; date: string }>;
  jobs: Array<{ job_id: string; contractor: string; state: string; title: string; places: number; filled: number; version: number }>;
  lines: Array<{ line_id: string; job_id: string; count: number; filled: number; starts_at: string }>;
  slots: Array<{ slot_id: string; line_id: string; state: string; assignment_id: string | null; worker: string | null }>;
  invites: Array<{ invite_id: string; job_id: string; line_id: string; worker: string; contractor: string; state: string; version: number }>;
  assignments: Array<{ assignment_id: string; job_id: string; line_id: string; invite_id: string; worker: string; contractor: string }>;
  assignment_days: Array<{ assignment_id: string; worker: string; day: string; during: string }>;
  steps: Array<{ position: number; subject: string; subject_id: string; from_state: string | null; to_state: string }>;
  worker_sources: Array<{ person_id: string; source: string; version: number; facts: Record<string, unknown> }>;
  worker_documents: Array<Record<string, unknown> & { person_id: string }>;
  worker_changes: Array<{ position: number; person_id: string; number: number | null }>;
  conversations: Array<{ conversation_id: string; job_id: string | null; last_sequence: number }>;
  members: Array<{ conversation_id: string; person_id: string; read_up_to: number }>;
  messages: Array<{ conversation_id: string; sequence: number; sender: string; client_id: string; text: string }>;
  notices: Array<{ notice_id: string; person_id: string; event_id: string; topic: string; key: string; subject: Record<string, string>; seen_at: string | null }>;
}

/** Table names of the domain are unique among the rows that are read. */
export interface Stores {
  readonly platform: Readonly<Record<ServiceName, PlatformRows>>;
  readonly domain: Readonly<DomainRows>;
}
