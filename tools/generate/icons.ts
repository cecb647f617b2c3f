// Draws the web app's PNG icons from frontend/public/icon.svg, after a change of it: `node tools/ts.mjs tools/generate/icons.ts`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../dev/screenshots';

const folder = join(__dirname, '..', '..', 'frontend', 'public');
const art = readFileSync(join(folder, 'icon.svg'), 'utf8');

/** A launcher may cut a maskable icon to a circle of 80 %: its ground goes to the edges and its picture is smaller. */
const maskable = art
  .replace('rx="14" ', '')
  .replace(/(<rect[^>]*>)(.*)(<\/svg>)/s, '$1<g transform="translate(6.4 6.4) scale(0.8)">$2</g>$3');

async function main(): Promise<void> {
  const browser = await launch();
  try {
    for (const [name, size, svg] of [['icon-192', 192, art], ['icon-512', 512, art], ['icon-maskable-512', 512, maskable]] as const) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg.replace('<svg ', `<svg width="${size}" height="${size}" `)}`);
      await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
    }
  } finally {
    await browser.close();
  }
}

void main();
