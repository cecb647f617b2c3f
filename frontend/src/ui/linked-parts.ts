import { plainDigits } from '../lib/format/format';

interface Part {
  text: string;
  /** Where a tap leads; a part without it is plain text. */
  href?: string;
}

/** Addresses of the web, and what is long enough to be a phone number and is neither a date nor an amount. */
const LINKS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}])|((?:\+|(?<![\p{N}\p{L}.,/:-]))\p{N}(?:[ -]?\p{N}){9,13}(?![\p{N}\p{L}/:]|[.,]\p{N}))/gu;

export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(LINKS)) {
    const [shown, address] = match;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: shown, href: address ?? `tel:${plainDigits(shown).replace(/[^+\d]/g, '')}` });
    from = match.index + shown.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
