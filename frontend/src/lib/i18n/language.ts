import { i18n } from '@lingui/core';
import type { Messages } from '@lingui/core';
import type { DeviceStorage } from '../session/storage';

export const languages = ['en', 'hi'] as const;
export type Language = (typeof languages)[number];
type Area = 'core' | 'app';

/** Only the catalogue of the language in use is ever fetched, and its second part only behind the sign-in. */
const catalogues: Record<`${Language}.${Area}`, () => Promise<{ messages: Messages }>> = {
  'en.core': () => import('./generated/en.core'),
  'hi.core': () => import('./generated/hi.core'),
  'en.app': () => import('./generated/en.app'),
  'hi.app': () => import('./generated/hi.app'),
};

const wanted = new Set<Area>(['core']);

export function chosenLanguage(storage: DeviceStorage): Language | null {
  const stored = storage.read('language');
  return languages.find((language) => language === stored) ?? null;
}

/** Before anybody has chosen, the browser's own wish. */
export function firstLanguage(storage: DeviceStorage): Language {
  return chosenLanguage(storage) ?? (navigator.language.startsWith('hi') ? 'hi' : 'en');
}

export async function speak(language: Language): Promise<void> {
  const loaded = await Promise.all([...wanted].map((area) => catalogues[`${language}.${area}`]()));
  for (const { messages } of loaded) i18n.load(language, messages);
  i18n.activate(language);
  document.documentElement.lang = language;
}

export async function chooseLanguage(storage: DeviceStorage, language: Language): Promise<void> {
  storage.write('language', language);
  await speak(language);
}

/** For screens behind the sign-in: their words come beside their code. */
export async function wantAppWords(): Promise<void> {
  if (wanted.has('app')) return;
  wanted.add('app');
  await speak(spoken());
}

export function spoken(): Language {
  return i18n.locale === 'hi' ? 'hi' : 'en';
}
