import { setupI18n, type I18n, type Messages } from '@lingui/core';
import { useLingui } from '@lingui/react';
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

interface Surroundings {
  storage: DeviceStorage;
  /** The language that the device asks for, as a BCP 47 tag: `hi-IN`. */
  deviceLanguage: string;
  /** Called when another language is in use, so that the page can say so to screen readers. */
  showLanguage: (language: Language) => void;
}

/** The language of one web app, and the messages that have been fetched of that language. */
export interface Translations {
  readonly i18n: I18n;
  /** What the person has chosen on this device; null before that. */
  chosen(): Language | null;
  /** Fetches the language to begin with: the chosen one, else the one that the device asks for. */
  start(): Promise<void>;
  choose(language: Language): Promise<void>;
  /** Fetches the words of the screens behind the sign-in, beside the code of those screens. */
  wantAppWords(): Promise<void>;
}

export function createTranslations({ storage, deviceLanguage, showLanguage }: Surroundings): Translations {
  const i18n = setupI18n();
  const wanted = new Set<Area>(['core']);

  const chosen = () => languages.find((language) => language === storage.read('language')) ?? null;
  const activate = async (language: Language) => {
    const loaded = await Promise.all([...wanted].map((area) => catalogues[`${language}.${area}`]()));
    for (const { messages } of loaded) i18n.load(language, messages);
    i18n.activate(language);
    showLanguage(language);
  };

  return {
    i18n,
    chosen,
    start: () => activate(chosen() ?? (deviceLanguage.startsWith('hi') ? 'hi' : 'en')),
    async choose(language) {
      storage.write('language', language);
      await activate(language);
    },
    async wantAppWords() {
      if (wanted.has('app')) return;
      wanted.add('app');
      await activate(languageOf(i18n));
    },
  };
}

/** The language in use; the component is drawn again when another one is. */
export function useLanguage(): Language {
  return languageOf(useLingui().i18n);
}

function languageOf({ locale }: I18n): Language {
  return locale === 'hi' ? 'hi' : 'en';
}
