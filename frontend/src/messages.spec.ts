import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { errors } from '../../libs/contracts/src/catalogue';
import { areas, compiledArea, compiledMessages, languages, messagesOf, type Compiled } from '../../tools/generate/messages';

const here = __dirname;
const sources = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !/\.spec\.ts$|generated/.test(name),
);
const code = sources.map((name) => readFileSync(join(here, name), 'utf8')).join('\n');

/** Beginnings of ids that are put together at run time: `say(\`seat.${state}\`)`, `sayKnown('reason', key, …)`. */
const beginnings = [
  ...[...code.matchAll(/[(\s]`([a-z_]+\.[a-z_]*)\$\{/g)].map((match) => match[1] ?? ''),
  ...[...code.matchAll(/(?:sayKnown\('|isKnown\(`)(\w+)/g)].map((match) => `${match[1]}.`),
];
const ids = areas.flatMap((area) => Object.keys(messagesOf('en', area)));

function valuesOf(message: Compiled = []): string[] {
  const found = message.flatMap((part) => {
    if (typeof part === 'string') return [];
    const [name, , forms = {}] = part;
    return [name, ...Object.values(forms).flatMap((form) => (typeof form === 'number' ? [] : valuesOf(form)))];
  });
  return [...new Set(found)].sort();
}

describe('messages', () => {
  it('are the same ids in both languages, none empty', () => {
    for (const area of areas) {
      const [english, hindi] = languages.map((language) => messagesOf(language, area));
      expect(Object.keys(hindi ?? {})).toEqual(Object.keys(english ?? {}));
      for (const words of [...Object.values(english ?? {}), ...Object.values(hindi ?? {})]) expect(words.trim()).not.toBe('');
    }
  });

  it('take the same values in both languages', () => {
    for (const area of areas) {
      const [english, hindi] = languages.map((language) => compiledArea(language, area));
      for (const [id, message] of Object.entries(english ?? {})) {
        expect([id, valuesOf(hindi?.[id])]).toEqual([id, valuesOf(message)]);
      }
    }
  });

  it('are all used', () => {
    const unused = ids.filter((id) => !code.includes(`'${id}'`) && !beginnings.some((beginning) => id.startsWith(beginning)));
    expect(unused).toEqual([]);
  });

  it('are Hindi in Hindi', () => {
    const wordless = areas.flatMap((area) => Object.entries(messagesOf('hi', area))).filter(([, words]) => !/[\u0900-\u097f]/.test(words));
    // The other language's own name, and what is nothing but values.
    expect(wordless.map(([id]) => id).sort()).toEqual(['invite.place', 'job.line', 'language.en', 'moment']);
  });

  it('ask politely in one way in Hindi, in one spelling, and never guess whether a man or a woman speaks', () => {
    const offenders = areas.flatMap((area) =>
      Object.entries(messagesOf('hi', area)).filter(([, words]) => {
        const others = words.replace(/चाहिए|लिए|किसलिए/g, '');
        return /[िइ]ए(?![\u0900-\u097f])|ख़ाली/.test(others) || /[तऊऊँ][ाी]? हूँ|ऊँग[ाी]/.test(others);
      }),
    );
    expect(offenders).toEqual([]);
  });

  it('have words for every problem that a service may answer a person with', () => {
    const { platform, ...services } = errors;
    const known = new Set(ids);
    expect(platform.length).toBeGreaterThan(0);
    const silent = Object.values(services).flat().map(({ code: problem }) => problem).filter((problem) => !known.has(`problem.${problem}`));
    // A device keeps its own ids and counts its own messages: a person cannot bring these about.
    expect(silent).toEqual(['communication.client_id_reused', 'communication.ahead_of_conversation']);
  });

  it('are compiled as they are written', () => {
    for (const [name, wanted] of Object.entries(compiledMessages())) {
      expect(readFileSync(join(here, 'lib/i18n/generated', name), 'utf8')).toBe(wanted);
    }
  });
});

describe('the code', () => {
  it('names no raw colour or size outside the tokens', () => {
    const offenders = sources.filter((name) => {
      const text = readFileSync(join(here, name), 'utf8');
      return /(?:bg|text|border|p|m|w|h|gap|size)-\[|#[0-9a-f]{6}\b|['"\s:]\d+px\b/i.test(text);
    });
    expect(offenders).toEqual([]);
  });

  it('holds no words of its own', () => {
    const offenders = sources
      .filter((name) => name.endsWith('.tsx') && !name.includes('pieces'))
      .flatMap((name) => [...readFileSync(join(here, name), 'utf8').matchAll(/>\s*([A-Za-z][a-z]+(?: [a-z]+)+)\s*</g)].map((match) => `${name}: ${match[1]}`));
    expect(offenders).toEqual([]);
  });
});
