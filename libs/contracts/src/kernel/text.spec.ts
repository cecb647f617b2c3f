import { describe, expect, it } from '@jest/globals';
import { line, text } from './text';

const name = line(80);

describe('a line of free text', () => {
  it.each([
    ['a zero width space', '\u200b'],
    ['word joiners', '\u2060\u2060'],
    ['spaces of every kind', ' \u00a0\u2003\u3000\t'],
    ['a byte order mark', '\ufeff'],
    ['soft hyphens', '\u00ad\u00ad'],
    ['joiners with nothing to join', '\u200c\u200d'],
    ['a Hangul filler', '\u3164'],
    ['an empty Braille cell', '\u2800'],
    ['variation selectors', '\ufe0f\u{e0100}'],
    ['tags', '\u{e0041}\u{e007f}'],
    ['marks of direction alone', '\u200e\u200f\u061c'],
    ['an override', 'Ravi\u202eimuK'],
    ['an override the other way, ended', 'abc\u202dtxt\u202c'],
    ['an embedding that does not end', 'Ravi \u202b(mason)'],
    ['an isolate that does not end', '\u2067Ravi'],
    ['an isolate inside another that does not end', '\u2067\u2067Ravi\u2069'],
  ])('is refused with %s', (_, value) => {
    expect([name.safeParse(value).success, text(80).safeParse(value).success]).toEqual([false, false]);
  });

  it.each([
    ['a joiner inside a word', 'क्\u200dष'],
    ['a non-joiner inside a word', 'श्री\u200cमती, می\u200cخواهم'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['a heart with its variation', '❤\ufe0f'],
    ['Arabic', 'محمد بن سعيد'],
    ['Arabic with marks of direction', 'محمد\u200f (A\u200e)\u061c'],
    ['an embedding that ends, as telephones paste numbers', '\u202a+91 98765 43210\u202c'],
    ['an isolate that ends', '\u2068Ravi\u2069 Kumar'],
    ['a zero width space between words', 'ราวี\u200bกุมาร'],
    ['a sign alone', '्'],
  ])('is taken with %s', (_, value) => {
    expect([name.safeParse(value).success, text(80).safeParse(value).success]).toEqual([true, true]);
  });
});
