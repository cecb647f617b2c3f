// Copied from libs/reference/src/trade-search.ts by tools/generate/generate.ts. Do not edit.
import { NameSearch, type Named } from './name-search';
import { aliasesOf } from './trade-aliases';

interface NamedTrade {
  readonly id: string;
  readonly names: { readonly en: string; readonly hi: string };
}

/** The trades that most people have, the most frequent first: what is shown before anything is typed. */
export const commonTrades: readonly string[] = [
  'mason', 'labourer', 'mason-helper', 'carpenter', 'bar-bender', 'electrician', 'plumber', 'painter', 'tile-mason', 'welder',
  'shuttering-carpenter', 'pop-worker',
];

/** Words that are said with every trade and distinguish none. */
const NOISE = /(?:^|\s)(?:wala|wale|wali|vala|ka|ki|ke|kaam|kam|chahiye|chahie|bhai|work|worker|man|वाला|वाले|वाली|का|की|के|काम|चाहिए|भाई|कर्मी)(?=\s|$)/giu;

/**
 * Trades by what people call them: by the names of the trade table, by aliases, in either script, as they sound. Pure,
 * and given the trades, because the web app builds it of those that it has loaded.
 */
export class TradeSearch {
  private readonly names: NameSearch<string>;

  constructor(trades: Iterable<NamedTrade>) {
    this.names = NameSearch.of([...trades].map(namedOf));
  }

  /** Ids, the best match first; none for a text without letters. */
  search(text: string, limit: number): string[] {
    const found = this.names.search(text, limit);
    if (found.length > 0) return found;
    const plain = text.replace(NOISE, ' ').trim();
    return plain === text.trim() ? [] : this.names.search(plain, limit);
  }
}

function namedOf({ id, names }: NamedTrade): Named<string> {
  const all = [names.en, names.hi, ...aliasesOf(id)];
  const rank = commonTrades.indexOf(id);
  return { item: id, names: all, beside: all, weight: rank === -1 ? 0 : 1 - rank / 20 };
}
