import { isBlank, keepsDirection } from '@muster/contracts/kernel/text';
import fc from 'fast-check';

const SEED = 20_260_516;
const RANDOM_TEXTS = 12;

const known: Readonly<Record<string, string>> = {
  'a script': '<script>alert(1)</script>',
  'an attribute that breaks out': '"><img src=x onerror=alert(1)>',
  'a script in a picture': '<svg/onload=alert`1`>',
  'an address that is a script': 'javascript:alert(1)//',
  'SQL': "'; drop table people; --",
  'SQL of another kind': '$$ || pg_sleep(1) -- \\',
  'a template': '{{7*7}} ${7*7} <%= 7*7 %> #{7*7}',
  'a command': '$(id) `id` | id; id',
  'a path': '../../../../etc/passwd',
  'a format': '%s%n%x %00 %0d%0a',
  'JSON': '{"a":[1,null]}',
  'a cell that is a formula': '=cmd|\' /C calc\'!A0',
  'a word of the language': 'null undefined NaN true',
  'a prototype': '__proto__ constructor.prototype',
  'right to left': 'abc \u202btxt.exe\u202c \u2067שלום\u2069 محمد\u200f',
  'joined emoji': '👩🏽‍🔧👨‍👩‍👧‍👦🏳️‍🌈🇮🇳',
  'combining marks': 'Z̸̢͕̼̰ä́̂l̶̛g̷o e\u0301 \u00e9',
  'decomposed Hangul and ligatures': '\u1112\u1161\u11ab ﬁ Å \u212b',
  'Devanagari': 'नमस्ते नागपुर ङ्क\u200dष\u200c',
  'four bytes each': '𠜎𠜱𝒳😀🜁',
  'nothing to see': '\u200b\u200d\ufeffa\u2060\u00ad',
  'white space around': ' \u00a0\u3000 a \u2003',
  'not characters': 'a\ufffe\uffff\ufffd\u{10ffff}',
  'case that changes length': 'ßİŉǰ ſ ı',
  'line breaks': 'one\r\ntwo\nthree\rfour\u2028five\ttab',
  'escapes': '\\u0000 \\x00 \\n \\\\ \\"',
};

/**
 * Texts that a person may well send and that must be kept as they are, byte for byte.
 *
 * @param longest UTF-16 units that the field takes
 */
export function hostileTexts(longest: number): [label: string, text: string][] {
  // Every character but controls and lone surrogates, which no text takes.
  const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((one) => !/[\u0000-\u001f\u007f]/.test(one));
  const text = fc.string({ unit: character, minLength: 1, maxLength: Math.max(1, Math.min(40, Math.floor(longest / 2))) }).filter((value) => !isBlank(value) && keepsDirection(value) && !/[\u2028\u2029]/.test(value));
  const random = fc.sample(text, { seed: SEED, numRuns: RANDOM_TEXTS }).map((value, at): [string, string] => [`random ${at}`, value]);
  const long: [string, string][] = [
    ['as long as may be', 'नी'.repeat(Math.floor(longest / 2))],
    ['as long as may be, four bytes each', '😀'.repeat(Math.floor(longest / 2))],
  ];
  return [...Object.entries(known).filter(([, value]) => value.length <= longest), ...random, ...long];
}
