import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { generatedClient, publicRoutes } from '../../../../tools/generate/client';

const source = readFileSync(join(__dirname, 'generated.ts'), 'utf8');

describe('the generated client', () => {
  it('is what the contracts make today', () => expect(generatedClient()).toBe(source));
  it('names every route a browser may call and no internal one', () => {
    expect(publicRoutes().length).toBeGreaterThan(40);
    expect(source).not.toContain('/internal/');
  });
  it('imports nothing', () => expect(source).not.toMatch(/^import /m));
});
