/**
 * How a name sounds, roughly: equal keys for the ways in which one Indian place name is written in Latin letters and in
 * Devanagari. `a` is dropped except at the beginning (a consonant of Devanagari carries one that is often not said),
 * e/i/y and o/u are one vowel each, aspiration and doubling don't count, `m` before b or p is any nasal.
 */
export function soundKey(text: string): string {
  let latin = '';
  for (const character of text.normalize('NFKD').toLowerCase()) {
    const code = character.charCodeAt(0);
    if (code >= 0x0900 && code <= 0x097f) {
      if (character === NUKTA) latin = latin.replace(/d(h?)$/, 'r$1').replace(/j$/, 'z').replace(/ph$/, 'f');
      else latin += devanagari[character] ?? '';
    } else if (code < 128) latin += character;
  }
  return latin
    .replace(/[^a-z]/g, '')
    .replace(/chh?/g, 'C')
    .replace(/ck/g, 'k')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/c/g, 'k')
    .replace(/sh/g, 's')
    .replace(/ph/g, 'p')
    .replace(/([bdgjkptrC])h/g, '$1')
    .replace(/[ao]w(?![aeiou])/g, 'u')
    .replace(/x/g, 'ks')
    .replace(/./g, (letter) => alike[letter] ?? letter)
    .replace(/m(?=[bp])/g, 'n')
    .replace(/(?!^)a/g, '')
    .replace(/(.)\1+/g, '$1');
}

const NUKTA = '\u093c';
const alike: Readonly<Record<string, string>> = { e: 'i', y: 'i', o: 'u', w: 'v', z: 'j', f: 'p', q: 'k', C: 'c' };

const devanagari: Readonly<Record<string, string>> = {
  अ: 'a', आ: 'a', इ: 'i', ई: 'i', उ: 'u', ऊ: 'u', ऋ: 'ri', ए: 'e', ऐ: 'ai', ऑ: 'o', ओ: 'o', औ: 'au', ऍ: 'e',
  'ा': 'a', 'ि': 'i', 'ी': 'i', 'ु': 'u', 'ू': 'u', 'ृ': 'ri', 'े': 'e', 'ै': 'ai', 'ॉ': 'o', 'ो': 'o', 'ौ': 'au', 'ॅ': 'e',
  'ं': 'n', 'ँ': 'n',
  क: 'k', ख: 'kh', ग: 'g', घ: 'gh', ङ: 'n', च: 'ch', छ: 'chh', ज: 'j', झ: 'jh', ञ: 'n',
  ट: 't', ठ: 'th', ड: 'd', ढ: 'dh', ण: 'n', त: 't', थ: 'th', द: 'd', ध: 'dh', न: 'n',
  प: 'p', फ: 'ph', ब: 'b', भ: 'bh', म: 'm', य: 'y', र: 'r', ल: 'l', ळ: 'l', व: 'v', श: 'sh', ष: 'sh', स: 's', ह: 'h',
};

/** Whether `text` can be made the beginning of `name` by at most one change, insertion or removal of a letter. */
export function beginsAlmost(name: string, text: string): boolean {
  let same = 0;
  while (same < text.length && name[same] === text[same]) same += 1;
  if (same === text.length) return true;
  return (
    name.startsWith(text.slice(same + 1), same + 1) ||
    name.startsWith(text.slice(same + 1), same) ||
    name.startsWith(text.slice(same), same + 1)
  );
}
