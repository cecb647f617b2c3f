import { describe, expect, it } from '@jest/globals';
import { assignment, inviteState, jobState, slotState } from '@muster/contracts/matching/views';
import * as assignments from '../assignments/assignment.rules';
import * as invites from '../invites/invite.rules';
import * as jobs from '../jobs/job.rules';
import * as slots from '../jobs/slot.rules';
import type { Transition } from './step.rules';

/** The states of each machine with the states that may follow. */
const machines: Record<string, { states: readonly string[]; rules: object; allowed: Record<string, string[]> }> = {
  job: {
    states: jobState.options,
    rules: jobs,
    allowed: {
      draft: ['open', 'cancelled', 'expired'],
      open: ['staffing', 'staffed', 'cancelled', 'expired'],
      staffing: ['staffed', 'in_progress', 'cancelled', 'expired'],
      staffed: ['staffing', 'in_progress', 'cancelled'],
      in_progress: ['completed', 'cancelled'],
      completed: ['closed'],
      closed: [],
      cancelled: [],
      expired: [],
    },
  },
  slot: { states: slotState.options, rules: slots, allowed: { open: ['filled'], filled: ['reopened'], reopened: ['filled'] } },
  invite: {
    states: inviteState.options,
    rules: invites,
    allowed: {
      planned: ['sent', 'withdrawn', 'superseded'],
      sent: ['seen', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'],
      seen: ['accepted', 'declined', 'expired', 'withdrawn', 'superseded'],
      accepted: [], declined: [], expired: [], withdrawn: [], superseded: [],
    },
  },
  assignment: {
    states: assignment.shape.state.options,
    rules: assignments,
    allowed: {
      accepted: ['confirmed', 'checked_in', 'completed', 'cancelled_early', 'cancelled_late', 'no_show'],
      confirmed: ['checked_in', 'completed', 'cancelled_early', 'cancelled_late', 'no_show'],
      checked_in: ['checked_out'],
      checked_out: ['checked_in', 'completed'],
      completed: [],
      cancelled_early: ['replaced'], cancelled_late: ['replaced'], no_show: ['replaced'],
      replaced: [],
    },
  },
};

function transitionsOf(rules: object): Array<[string, Transition<string>]> {
  return Object.entries(rules).filter((entry): entry is [string, Transition<string>] => typeof entry[1] === 'function' && 'to' in entry[1]);
}

describe.each(Object.entries(machines))('the states of a %s', (_name, { states, rules, allowed }) => {
  const transitions = transitionsOf(rules);
  const pairs = states.flatMap((from) => states.map((to): [string, string, boolean] => [from, to, allowed[from]!.includes(to)]));

  it('are all in the table', () => expect(Object.keys(allowed).sort()).toEqual([...states].sort()));

  it.each(pairs)('%s → %s: %s', (from, to, expected) => {
    expect(transitions.some(([, step]) => step(from)?.to === to)).toBe(expected);
  });

  it.each(transitions)('%s names its actor and reason, and refuses every other state', (_step, step) => {
    for (const state of states) {
      if (step.from.includes(state)) {
        expect(step(state)).toEqual({ from: state, to: step.to, actor: expect.any(String), reason: expect.stringMatching(/^[a-z_]+$/) });
      } else {
        expect(step(state)).toBeUndefined();
      }
    }
  });
});

it('an invite that has an answer never gets another', () => {
  const final = inviteState.options.filter((state) => !invites.isPending(state));
  for (const state of final) for (const [, step] of transitionsOf(invites)) expect(step(state)).toBeUndefined();
});
