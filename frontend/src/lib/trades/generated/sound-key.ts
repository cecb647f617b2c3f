// Copied from libs/reference/src/sound-key.ts by tools/generate/generate.ts. Do not edit.
/** The keys by which a name is filed and asked for: {@link soundKey}, and for dotted letters the key without the dots. */
export function soundKeys(text: string): string[] {
  const key = soundKey(text);
  if (key === '') return [];
  if (ASCII.test(text)) return [key];
  // Many write no nukta: ढ for ढ़ sounds like another letter, so that such a name has two keys.
  const plain = text.normalize('NFKD');
  const other = DOTTED.test(plain) ? soundKey(plain.replaceAll(NUKTA, '')) : key;
  return other === key ? [key] : [key, other];
}

/**
 * How a name sounds, roughly: equal keys for the ways in which one Indian name is written in Latin letters and in
 * Devanagari. `a` is dropped except at the beginning (a consonant of Devanagari carries one that is often not said),
 * e/i/y and o/u are one vowel each, aspiration and doubling don't count, `m` before b or p is any nasal.
 */
export function soundKey(text: string): string {
  const latin = ASCII.test(text) ? text.toLowerCase() : latinOf(text);
  return latin
    .replace(/[^a-z0-9]/g, '')
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
    .replace(/([a-zC])\1+/g, '$1');
}

function latinOf(text: string): string {
  let latin = '';
  for (const character of text.normalize('NFKD').toLowerCase()) {
    const code = character.charCodeAt(0);
    if (code >= 0x0966 && code <= 0x096f) latin += String(code - 0x0966);
    else if (code >= 0x0900 && code <= 0x097f) {
      if (character === NUKTA) latin = latin.replace(/d(h?)$/, 'r$1').replace(/j$/, 'z').replace(/ph$/, 'f');
      else latin += devanagari[character] ?? '';
    } else if (code < 128) latin += character;
  }
  return latin;
}

const ASCII = /^[\x20-\x7e]*$/;
const NUKTA = '\u093c';
/** ड़ and ढ़ are heard as r. */
const DOTTED = /[डढ]\u093c/;
const alike: Readonly<Record<string, string>> = { e: 'i', y: 'i', o: 'u', w: 'v', z: 'j', f: 'p', q: 'k', C: 'c' };

const devanagari: Readonly<Record<string, string>> = {
  अ: 'a', आ: 'a', इ: 'i', ई: 'i', उ: 'u', ऊ: 'u', ऋ: 'ri', ए: 'e', ऐ: 'ai', ऑ: 'o', ओ: 'o', औ: 'au', ऍ: 'e',
  'ा': 'a', 'ि': 'i', 'ी': 'i', 'ु': 'u', 'ू': 'u', 'ृ': 'ri', 'े': 'e', 'ै': 'ai', 'ॉ': 'o', 'ो': 'o', 'ौ': 'au', 'ॅ': 'e',
  'ं': 'n', 'ँ': 'n',
  क: 'k', ख: 'kh', ग: 'g', घ: 'gh', ङ: 'n', च: 'ch', छ: 'chh', ज: 'j', झ: 'jh', ञ: 'n',
  ट: 't', ठ: 'th', ड: 'd', ढ: 'dh', ण: 'n', त: 't', थ: 'th', द: 'd', ध: 'dh', न: 'n',
  प: 'p', फ: 'ph', ब: 'b', भ: 'bh', म: 'm', य: 'y', र: 'r', ल: 'l', ळ: 'l', व: 'v', श: 'sh', ष: 'sh', स: 's', ह: 'h',
};
