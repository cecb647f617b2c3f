/**
 * Timers of a job; the key is the job's id. They are set once, when it is described, and never moved: whoever moved one
 * while it fires would wait for it, and it for the job.
 */
export const WORK_BEGINS = 'job.begin';
export const WORK_ENDS = 'job.end';
