import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const files = join(__dirname, '..', 'public');
const { icons } = JSON.parse(readFileSync(join(files, 'manifest.webmanifest'), 'utf8')) as { icons: Array<{ src: string; sizes: string; type: string; purpose: string }> };

it('the manifest has a PNG of 192 and of 512 pixels, and one that may be cut to any shape, each as large as it says', () => {
  const pictures = icons.filter(({ type }) => type === 'image/png');
  expect(pictures.map(({ sizes, purpose }) => `${sizes} ${purpose}`).sort()).toEqual(['192x192 any', '512x512 any', '512x512 maskable']);
  for (const { src, sizes } of pictures) {
    const picture = readFileSync(join(files, src));
    expect([src, picture.toString('latin1', 1, 4), `${picture.readUInt32BE(16)}x${picture.readUInt32BE(20)}`]).toEqual([src, 'PNG', sizes]);
  }
});
