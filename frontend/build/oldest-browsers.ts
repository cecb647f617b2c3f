import type { Plugin } from 'vite';

/** Tailwind's floor, and the first Safari of a phone with web push; README.md names them. Syntax is lowered to these. */
export const oldestBrowsers = ['chrome111', 'safari16.4', 'firefox128'];

/** What one of them lacks, as it is still found in minified code. Guarded uses are named with their reason below. */
const younger: Record<string, RegExp> = {
  'AbortSignal.any': /\bAbortSignal\.any\b/,
  'Promise.withResolvers, Promise.try': /\bPromise\.(withResolvers|try)\b/,
  'Object.groupBy, Map.groupBy': /\b(Object|Map)\.groupBy\b/,
  'Array.fromAsync': /\bArray\.fromAsync\b/,
  'URL.canParse, URL.parse': /\bURL\.(canParse|parse)\(/,
  'well-formed strings': /\.(toWellFormed|isWellFormed)\(/,
  'operations on sets': /\.(symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/,
  'helpers of iterators': /\bIterator\.from\b/,
  checkVisibility: /\.checkVisibility\(/,
  popovers: /\.(showPopover|togglePopover)\(/,
  scheduler: /\bscheduler\.(yield|postTask)\b/,
};
const youngerStyle: Record<string, RegExp> = {
  nesting: /[{;]\s*&/,
  'light-dark()': /light-dark\(/,
  'relative colours': /\b(rgb|hsl|oklch|oklab|color)\(from\b/,
  '@starting-style': /@starting-style/,
  '@scope': /@scope\b/,
  'anchor positions': /\banchor\(/,
};

/** Fails a build whose files need a younger browser than Muster promises. What a name does not show (`URLSearchParams.size`), a browser test takes away and goes the whole way. */
export function servesOldestBrowsers(): Plugin {
  return {
    name: 'muster:oldest-browsers',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          const isStyle = file.fileName.endsWith('.css');
          if (!isStyle && !file.fileName.endsWith('.js')) continue;
          // A condition asks whether the browser has it: what follows is for those that do.
          const text = (file.type === 'chunk' ? file.code : String(file.source)).replace(/@supports[^{]*\{/g, '');
          const found = Object.entries(isStyle ? youngerStyle : younger).filter(([, pattern]) => pattern.test(text));
          for (const [name] of found) this.error(`${file.fileName} uses ${name}, which ${oldestBrowsers.join(', ')} do not all have.`);
        }
      },
    },
  };
}
