import { call } from '../api/client';

export async function searchPlaces(text: string, signal: AbortSignal) {
  return (await call('user.searchPlaces', { query: { q: text.slice(0, 80) }, signal })).items;
}
