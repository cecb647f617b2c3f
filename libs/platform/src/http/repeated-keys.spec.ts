import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { repeatsKey } from './repeated-keys';

describe('repeated keys', () => {
  it.each(['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '[{"b":{"c":1 ,\n"c"\t:2}}]', '{"":1,"":2}', '{"a\\"":1,"a\\"":2}', '{"a":{"b":1},"c":[],"a":0}'])('are seen in %s', (text) => {
    expect(repeatsKey(text)).toBe(true);
  });

  it.each(['{"a":{"a":{"a":"a"}}}', '[{"a":1},{"a":1}]', '{"a":"a\\":","b":"{\\"a\\":1,\\"a\\":2}"}', '"a"', '[]', '{"a":["a","a"]}', '{"a":1,"A":2}', 'null'])('are not seen in %s', (text) => {
    expect(repeatsKey(text)).toBe(false);
  });

  it('are seen in no value that JSON.stringify has written', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => !repeatsKey(JSON.stringify(value, undefined, indent))));
  });
});
