import { z } from 'zod';

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
// A surrogate without its partner: valid in a JavaScript string, impossible in UTF-8.
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** Shows nothing by itself: white space, joiners and other characters that a font may leave out, an empty Braille cell. */
const nothingToSee = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]*$/u;
/** Shows what follows in another order than it is written in: a name, or the ending of a file's, would read as another. */
const override = /[\u202d\u202e]/;
const opening = /[\u202a\u202b\u2066-\u2068]/;
const closing = /[\u202c\u2069]/;

/** Whether PostgreSQL and UTF-8 can hold it, and no terminal or log line is steered by it. */
export function storable(value: string): boolean {
  return !forbidden.test(value) && !loneSurrogate.test(value);
}

/** Whether whoever looks at it sees nothing. */
export function isBlank(value: string): boolean {
  return nothingToSee.test(value);
}

/**
 * Whether its direction stays its own: no override, and each embedding or isolate ends in it, or what stands behind it
 * on the screen would be turned as well. Arabic, and the marks of direction that it needs, are as good as any text.
 */
export function keepsDirection(value: string): boolean {
  let open = 0;
  for (const character of value) {
    if (override.test(character)) return false;
    if (opening.test(character)) open += 1;
    else if (closing.test(character)) open = Math.max(0, open - 1);
  }
  return open === 0;
}

/**
 * Free text of a person, kept byte for byte: nothing is trimmed or normalised. Refused are only control
 * characters (PostgreSQL cannot hold NUL), lone surrogates, text that turns the direction of others, and text in which
 * there is nothing to see.
 *
 * @param max most UTF-16 units
 */
export function text(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .refine(storable, 'holds a character that cannot be stored')
    .refine(keepsDirection, 'turns the direction of the text around it')
    .refine((value) => !isBlank(value), 'must not be blank');
}

/** One line of free text: as {@link text}, without line breaks. */
export function line(max: number) {
  return text(max).refine((value) => !/[\r\n\u2028\u2029]/.test(value), 'must be a single line');
}
