import type { z } from 'zod';
import { id } from '../kernel/ids';

export const jobId = id('Job');
export type JobId = z.infer<typeof jobId>;
export const lineId = id('Line');
export type LineId = z.infer<typeof lineId>;
export const slotId = id('Slot');
export type SlotId = z.infer<typeof slotId>;
export const inviteId = id('Invite');
export type InviteId = z.infer<typeof inviteId>;
export const assignmentId = id('Assignment');
export type AssignmentId = z.infer<typeof assignmentId>;
