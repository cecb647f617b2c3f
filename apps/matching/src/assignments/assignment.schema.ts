interface AssignmentsTable {
  assignment_id: string;
  job_id: string;
  line_id: string;
  invite_id: string;
  worker: string;
  contractor: string;
  state: string;
  first_day: string;
  last_day: string;
  version: number;
  made_at: Date;
}

/** `assignment_days` is written by one SQL statement of `AssignmentsRepository` and therefore has no type here. */
export interface AssignmentTables {
  assignments: AssignmentsTable;
}
