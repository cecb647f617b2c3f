import type { FieldRule } from '../api/generated';
import type { MessageId } from '../i18n/generated/message-id';
import type { Say } from '../i18n/text';
import { faultOf } from './rules';

/** One field of a form, and the part of the request that it fills. */
export interface ContractField {
  /** The part of the request, `*` for any index: `lines.*.pay`. What a service refuses at or below it is shown here. */
  of: string;
  /** Other parts that no field shows, whose faults are corrected in this field. */
  alsoOf?: readonly string[];
  /** The part whose constraints count, if that is a part inside `of`: `lines.*.pay.amount`. */
  rule?: string;
  /** Makes what is sent of what was typed or chosen, null for nothing. Without it the value is sent as it is. */
  sent?: (typed: unknown) => unknown;
  /** Words for every breach of the constraints, where the general words would say less. */
  words?: MessageId;
  /** Refuses what no constraint refuses. @returns the words for the refusal */
  refuse?: (typed: unknown) => string | undefined;
}

/** The fields of a form by the names under which it keeps their values, `*` for any index: `lines.*.trade`. */
export type ContractFields = Readonly<Record<string, ContractField>>;
export type Rules = Readonly<Record<string, FieldRule>>;

/** What is wrong with each of the fields, as words by the name of the field, before a service is asked. */
export function faultsIn(values: unknown, fields: ContractFields, rules: Rules, say: Say): ReadonlyArray<readonly [name: string, words: string]> {
  return Object.entries(fields).flatMap(([pattern, field]) =>
    namesLike(pattern.split('.'), values).flatMap((name) => {
      const words = wordsFor(field, rules, valueAt(values, name), say);
      return words === undefined ? [] : [[name, words] as const];
    }),
  );
}

/** The name under which the form shows a part of the request (`lines.0.days.2`); null where it shows it nowhere. */
export function shownAs(part: string, fields: ContractFields): string | null {
  for (const [pattern, { of, alsoOf = [] }] of Object.entries(fields)) {
    for (const path of [of, ...alsoOf]) {
      const found = new RegExp(`^${path.replace(/\./g, '\\.').replace(/\*/g, '(\\d+)')}(?:\\.|$)`).exec(part);
      if (!found) continue;
      const indexes = found.slice(1);
      return pattern.replace(/\*/g, () => indexes.shift() ?? '0');
    }
  }
  return null;
}

function wordsFor({ of, rule = of, sent, words, refuse }: ContractField, rules: Rules, typed: unknown, say: Say): string | undefined {
  const found = faultOf(rules[rule], sent ? sent(typed) : typed);
  if (found === null) return refuse?.(typed);
  return words === undefined ? say(found.id, found.values) : say(words);
}

function namesLike([step, ...rest]: readonly string[], values: unknown): string[] {
  if (step === undefined) return [''];
  const steps = step === '*' ? Object.keys(values as object) : [step];
  return steps.flatMap((one) => namesLike(rest, (values as Record<string, unknown>)[one]).map((name) => (name === '' ? one : `${one}.${name}`)));
}

function valueAt(values: unknown, name: string): unknown {
  return name.split('.').reduce<unknown>((inside, step) => (inside as Record<string, unknown> | undefined)?.[step], values);
}
