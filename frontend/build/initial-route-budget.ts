import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { closureOf, type Bundle, type Chunk } from './bundle.ts';

/** What a first visit loads besides the entry: the first screen and the larger of the two first catalogues. */
const alsoLoadedFirst = [/features\/welcome\/welcome-page\.tsx$/, /i18n\/generated\/hi\.core\.ts$/];
/** What a signed-in worker's first screen loads, printed for comparison. */
const alsoLoadedAtHome = [
  /app\/signed-in\.tsx$/,
  /features\/work\/home-page\.tsx$/,
  /i18n\/generated\/hi\.(core|app)\.ts$/,
];

/**
 * Measures the JavaScript that a first visit needs before it can be used (gzip -9, every file by itself, as it
 * travels), prints it, and fails the build above the limit.
 */
export function initialRouteBudget({ aimKilobytes, limitKilobytes }: { aimKilobytes: number; limitKilobytes: number }): Plugin {
  return {
    name: 'muster:initial-route-budget',
    apply: 'build',
    generateBundle(_options, output) {
      const first = weigh(output, alsoLoadedFirst);
      const home = weigh(output, alsoLoadedAtHome);
      for (const [name, measured] of [['first visit', first], ['signed-in home', home]] as const) {
        this.info(`${name}: ${kilobytes(measured.bytes)} kB of gzipped JavaScript (aim ${aimKilobytes}, limit ${limitKilobytes})`);
        for (const file of measured.files) this.info(`  ${kilobytes(file.bytes).padStart(6)}  ${file.name}`);
      }
      if (first.bytes > limitKilobytes * 1000) {
        this.error(`The initial route weighs ${kilobytes(first.bytes)} kB, more than ${limitKilobytes} kB.`);
      }
    },
  };
}

function weigh(bundle: Bundle, also: RegExp[]): { bytes: number; files: Array<{ name: string; bytes: number }> } {
  const files = closureOf(bundle, also).map((name) => ({ name, bytes: gzipSync((bundle[name] as Chunk).code, { level: 9 }).length }));
  return { files: files.sort((a, b) => b.bytes - a.bytes), bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
