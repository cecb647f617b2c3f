import { z } from 'zod';

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
// A surrogate without its partner: valid in a JavaScript string, impossible in UTF-8.
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether PostgreSQL and UTF-8 can hold it, and no terminal or log line is steered by it. */
export function storable(value: string): boolean {
  return !forbidden.test(value) && !loneSurrogate.test(value);
}

/**
 * Free text of a person, kept byte for byte: nothing is trimmed or normalised. Refused are only control
 * characters (PostgreSQL cannot hold NUL), lone surrogates and text that is nothing but white space.
 *
 * @param max most UTF-16 units
 */
export function text(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .refine(storable, 'holds a character that cannot be stored')
    .refine((value) => value.trim() !== '', 'must not be blank');
}

/** One line of free text: as {@link text}, without line breaks. */
export function line(max: number) {
  return text(max).refine((value) => !/[\r\n\u2028\u2029]/.test(value), 'must be a single line');
}
