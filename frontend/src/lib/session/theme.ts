import { storage } from './storage';

/** `auto` follows the device; `sunlight` is for outdoors. */
export const themes = ['auto', 'light', 'dark', 'sunlight'] as const;
export type Theme = (typeof themes)[number];

export function currentTheme(): Theme {
  return themes.find((theme) => theme === storage.read('theme')) ?? 'auto';
}

export function setTheme(theme: Theme): void {
  storage.write('theme', theme === 'auto' ? null : theme);
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
