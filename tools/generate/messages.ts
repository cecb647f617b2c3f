// Compiles frontend/messages/<language>/<area>.json into what the browser loads.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const frontend = join(__dirname, '..', '..', 'frontend');
export const languages = ['en', 'hi'] as const;
/** `core` comes with the first screen, `app` with the first screen behind the sign-in. */
export const areas = ['core', 'app'] as const;
type Language = (typeof languages)[number];
type Area = (typeof areas)[number];
type Compile = (locale: string, messages: Record<string, string>, options: { namespace: 'json'; strict: true }) => { source: string; errors: Array<{ id: string; error: Error }> };

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
  const note = '// Made by tools/generate/messages.ts. Do not edit.\n';
  const catalogues = areas.flatMap((area) => languages.map((language): [string, string] => {
    const lines = Object.entries(compiledArea(language, area)).map(([id, message]) => `  ${JSON.stringify(id)}: ${JSON.stringify(message)},\n`);
    return [`${language}.${area}.ts`, `${note}import type { Messages } from '@lingui/core';\n\nexport const messages: Messages = {\n${lines.join('')}};\n`];
  }));
  const ids = areas.flatMap((area) => Object.keys(messagesOf('en', area))).map((id) => `\n  | '${id}'`);
  return { ...Object.fromEntries(catalogues), 'message-id.ts': `${note}export type MessageId =${ids.join('')};\n` };
}
