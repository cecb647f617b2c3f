import { plainDigits } from '../lib/format/format';

interface Part {
  text: string;
  /** The address to which a tap leads; a part without an address is plain text. */
  href?: string;
}

/** Finds web addresses, and runs of digits that are long enough for a phone number and are neither a date nor an amount. */
const LINKS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}])|((?:\+|(?<![\p{N}\p{L}.,/:-]))\p{N}(?:[ -]?\p{N}){9,13}(?![\p{N}\p{L}/:]|[.,]\p{N}))/gu;

export function linkedPartsOf(text: string): Part[] {
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
