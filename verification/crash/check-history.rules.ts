import { domainRules } from './domain.rules';
import { eventRules } from './events.rules';
import type { Evidence } from './evidence';

export interface Verdict {
  readonly rule: string;
  /** How many things the rule looked at; one that saw none has shown nothing. */
  readonly seen: number;
  readonly faults: readonly string[];
}

/** Every rule over everything that is known after a run. */
export function checkHistory(evidence: Evidence): Verdict[] {
  return Object.entries({ ...domainRules, ...eventRules }).map(([rule, check]) => {
    let seen = 0;
    const faults: string[] = [];
    check(evidence, (holds, fault) => {
      seen += 1;
      if (!holds) faults.push(fault());
    });
    return { rule, seen, faults };
  });
}
