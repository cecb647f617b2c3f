import type { SlotState } from '@muster/contracts/matching/views';
import { transition } from '../states/step.rules';

/** States in which a slot can be taken. */
export const takeable: readonly SlotState[] = ['open', 'reopened'];

export const fill = transition<SlotState>(['open', 'reopened'], 'filled', { actor: 'worker', reason: 'accepted' });
export const reopen = transition<SlotState>(['filled'], 'reopened', { actor: 'system', reason: 'dropped_out' });
