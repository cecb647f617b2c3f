import { checkAcknowledged } from './acknowledged.rules';
import { checkAnswers } from './answers.rules';
import { checkEffects } from './effects.rules';
import { checkEvents } from './events.rules';
import { checkInvites } from './invites.rules';
import { checkMessages } from './messages.rules';
import { checkNumbering } from './numbering.rules';
import { checkProjection } from './projection.rules';
import type { Evidence, Verdict } from './verdict';

/** Every rule over everything that is known after a run. Pure: the same evidence has the same verdicts. */
export function checkHistory(evidence: Evidence): Verdict[] {
  return [checkAcknowledged, checkAnswers, checkMessages, checkInvites, checkEvents, checkNumbering, checkEffects, checkProjection].flatMap((check) =>
    check(evidence),
  );
}

export function faultsOf(verdicts: readonly Verdict[]): string[] {
  return verdicts.flatMap(({ rule, faults }) => faults.map((fault) => `${rule}: ${fault}`));
}
