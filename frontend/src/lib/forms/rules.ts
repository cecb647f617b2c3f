import type { FieldRule } from '../api/generated';
import type { FieldFault } from '../api/problem-error';
import type { MessageId } from '../i18n/generated/message-id';

/** What is wrong with a typed text by the contract's constraints, as the id of its words; null when nothing is. */
export function faultOf(rule: FieldRule | undefined, value: string): { id: MessageId; values?: Record<string, number> } | null {
  if (!rule) return null;
  if (value.trim() === '') return rule.required ? { id: 'fault.required' } : null;
  if (rule.minLength !== undefined && value.length < rule.minLength) return { id: 'fault.too_short', values: { min: rule.minLength } };
  if (rule.maxLength !== undefined && value.length > rule.maxLength) return { id: 'fault.too_long', values: { max: rule.maxLength } };
  if (rule.format === 'email' && !/^\S+@\S+\.\S+$/.test(value)) return { id: 'fault.email' };
  if (rule.pattern !== undefined && !new RegExp(rule.pattern).test(value)) return { id: 'fault.other' };
  return null;
}

/** `/body/lines/0/count` as a form names it: `lines.0.count`. Null for faults outside the body. */
export function fieldOf(fault: FieldFault): string | null {
  const [, part, ...path] = fault.pointer.split('/');
  return part === 'body' && path.length > 0 ? path.map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~')).join('.') : null;
}
