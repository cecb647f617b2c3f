import type { DeviceStorage } from './storage';

/** `auto` follows the device; `sunlight` is for outdoors. */
export const themes = ['auto', 'light', 'dark', 'sunlight'] as const;
export type Theme = (typeof themes)[number];

export function currentTheme(storage: DeviceStorage): Theme {
  return themes.find((theme) => theme === storage.read('theme')) ?? 'auto';
}

export function setTheme(storage: DeviceStorage, theme: Theme): void {
  storage.write('theme', theme === 'auto' ? null : theme);
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
