import type { FieldRule } from '../api/generated';
import type { FieldFault } from '../api/problem-error';
import type { MessageId } from '../i18n/generated/message-id';

interface Fault {
  id: MessageId;
  values?: Record<string, number>;
}

/** Checks a value by the contract's constraints. Returns the id of the words for what is wrong; null when nothing is. */
export function faultOf(rule: FieldRule | undefined, value: unknown): Fault | null {
  if (!rule) return null;
  if (isEmpty(value)) return rule.required ? { id: 'fault.required' } : null;
  if (typeof value === 'string') return faultOfText(rule, value);
  const size = Array.isArray(value) ? value.length : value;
  const [least, most] = Array.isArray(value) ? [rule.minLength, rule.maxLength] : [rule.minimum, rule.maximum];
  if (typeof size !== 'number') return null;
  if (least !== undefined && size < least) return { id: 'fault.too_small' };
  if (most !== undefined && size > most) return { id: 'fault.too_big' };
  return null;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
}

function faultOfText({ minLength, maxLength, format, pattern }: FieldRule, text: string): Fault | null {
  if (minLength !== undefined && text.length < minLength) return { id: 'fault.too_short', values: { min: minLength } };
  if (maxLength !== undefined && text.length > maxLength) return { id: 'fault.too_long', values: { max: maxLength } };
  if (format === 'email' && !/^\S+@\S+\.\S+$/.test(text)) return { id: 'fault.email' };
  if (pattern !== undefined && !new RegExp(pattern).test(text)) return { id: 'fault.other' };
  return null;
}

/** `/body/lines/0/count` as a form names it: `lines.0.count`. Null for faults outside the body. */
export function fieldOf(fault: FieldFault): string | null {
  const [, part, ...path] = fault.pointer.split('/');
  return part === 'body' && path.length > 0 ? path.map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~')).join('.') : null;
}
