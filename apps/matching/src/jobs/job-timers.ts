/**
 * Timers of a job; their key is the job's id. They are set when the job is described and never moved: moving a timer
 * while it fires would wait for the timer, which waits for the job.
 */
export const WORK_BEGINS = 'job.begin';
export const WORK_ENDS = 'job.end';
