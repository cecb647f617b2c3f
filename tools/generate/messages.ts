// Compiles frontend/messages/<language>/<area>.json into what the browser loads; `--check` fails where that is stale. After every change of a message.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const frontend = join(__dirname, '..', '..', 'frontend');
export const languages = ['en', 'hi'] as const;
/** `core` comes with the first screen, `app` with the first screen behind the sign-in. */
export const areas = ['core', 'app'] as const;
export type Language = (typeof languages)[number];
export type Area = (typeof areas)[number];

type Compile = (
  locale: string,
  messages: Record<string, string>,
  options: { namespace: 'json'; strict: true },
) => { source: string; errors: Array<{ id: string; error: Error }> };

export function messagesOf(language: Language, area: Area): Record<string, string> {
  return JSON.parse(readFileSync(join(frontend, 'messages', language, `${area}.json`), 'utf8')) as Record<string, string>;
}

/** Words are strings, values `[name]` or `[name, "plural", {form: words}]`. */
export type Compiled = ReadonlyArray<string | readonly [name: string, kind?: string, forms?: Record<string, Compiled | number>]>;

/** @throws Error when a message is not well-formed ICU */
export function compiledArea(language: Language, area: Area): Record<string, Compiled> {
  // Lingui's compiler is installed for the web app alone.
  const lingui = createRequire(join(frontend, 'package.json'))('@lingui/cli/api') as { createCompiledCatalog: Compile };
  const { source, errors } = lingui.createCompiledCatalog(language, messagesOf(language, area), { namespace: 'json', strict: true });
  if (errors.length > 0) throw new Error(errors.map(({ id, error }) => `${language} ${id}: ${error.message}`).join('\n'));
  return (JSON.parse(source) as { messages: Record<string, Compiled> }).messages;
}

/** Every file that the web app loads, by path below frontend/src/lib/i18n/generated. */
export function compiledMessages(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const area of areas) {
    for (const language of languages) {
      const lines = Object.entries(compiledArea(language, area)).map(([id, message]) => `  ${JSON.stringify(id)}: ${JSON.stringify(message)},`);
      files[`${language}.${area}.ts`] = [
        '// Made by tools/generate/messages.ts. Do not edit.',
        "import type { Messages } from '@lingui/core';",
        '',
        'export const messages: Messages = {',
        ...lines,
        '};',
        '',
      ].join('\n');
    }
  }
  const ids = areas.flatMap((area) => Object.keys(messagesOf('en', area)));
  files['message-id.ts'] = [
    '// Made by tools/generate/messages.ts. Do not edit.',
    'export type MessageId =',
    ...ids.map((id) => `  | '${id}'`),
    '',
  ].join('\n').replace(/\n$/, ';\n');
  return files;
}

if (require.main === module) {
  const target = join(frontend, 'src/lib/i18n/generated');
  for (const [name, wanted] of Object.entries(compiledMessages())) {
    const path = join(target, name);
    if (existsSync(path) && readFileSync(path, 'utf8') === wanted) continue;
    if (process.argv.includes('--check')) {
      console.error(`frontend/src/lib/i18n/generated/${name} is stale: run tools/generate/messages.ts`);
      process.exitCode = 1;
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, wanted);
      console.log(`wrote ${name}`);
    }
  }
}
