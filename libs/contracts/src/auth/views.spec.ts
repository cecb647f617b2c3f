import { describe, expect, it } from '@jest/globals';
import { email } from './views';

describe('an e-mail address', () => {
  it.each([
    'ramesh@example.in',
    'a@example.xn--h2brj9c',
    'a@xn--r1a.xn--p1ai',
    'a&b@x.example',
    "o'brien+muster@x.example",
    'site/office%2=x@a-b.example',
    '#!$*?^_`{|}~-@x.example',
    'x@1and1.example',
    `${'a'.repeat(64)}@x.example`,
  ])('is taken: %s', (address) => {
    expect(email.safeParse(address).success).toBe(true);
  });

  it.each([
    'ramesh',
    'ramesh@localhost',
    '@x.example',
    'a..b@x.example',
    '.a@x.example',
    'a.@x.example',
    'a b@x.example',
    'a@b@x.example',
    'a@-x.example',
    'a@x-.example',
    'a@x..example',
    'a@x.example.',
    'a@x.123',
    'a@x.xn--',
    'a@127.0.0.1',
    'a@x_y.example',
    'a,b@x.example',
    'a<b>@x.example',
    '"a b"@x.example',
    'a@x.example\r\nBcc: b@x.example',
    `${'a'.repeat(65)}@x.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(130)}example`,
  ])('is refused: %s', (address) => {
    expect(email.safeParse(address).success).toBe(false);
  });
});
