import { describe, expect, it } from '@jest/globals';
import { linkedPartsOf } from './linked-parts';

const links = (text: string) => linkedPartsOf(text).flatMap(({ href }) => href ?? []);

describe('linkedPartsOf', () => {
  it('makes phone numbers callable, in the digits of any script', () => {
    expect(links('Call Ravi 98765 43210 or +91-98765-43210.')).toEqual(['tel:9876543210', 'tel:+919876543210']);
    expect(links('फ़ोन ९८७६५४३२१०')).toEqual(['tel:9876543210']);
  });
  it('makes web addresses links, without the full stop behind them', () => {
    expect(links('Map: https://maps.example/x?q=1.')).toEqual(['https://maps.example/x?q=1']);
    expect(links('javascript:alert(1) data:text/html,x')).toEqual([]);
  });
  it('leaves amounts, dates and times alone', () => {
    expect(links('₹1,20,000 on 2026-12-01 from 09:00 to 18:00, 12.5 m, 40 metres')).toEqual([]);
  });
  it('loses nothing of the text', () => {
    const text = 'Ask at 98765 43210, see https://a.example/b, then come.';
    expect(linkedPartsOf(text).map((part) => part.text).join('')).toBe(text);
  });
});
