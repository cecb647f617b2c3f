import { compareMatches, match, type SiblingsOf } from '../../src/ranking/match.rules';
import type { WorkerDocument } from '../../src/ranking/worker-document';
import type { WorkerRanking, WorkerSearch } from '../../src/ranking/worker-search';

/** Answers a search by matching every document; the index is compared with it. */
export function searchByBruteForce(documents: Iterable<WorkerDocument>, search: WorkerSearch, siblingsOf: SiblingsOf): WorkerRanking {
  const all = [];
  for (const document of documents) {
    const one = match(document, search, siblingsOf);
    if (one !== undefined) all.push(one);
  }
  const { after } = search;
  const behind = after ? all.filter((one) => compareMatches(after, one) < 0) : all;
  return { items: behind.sort(compareMatches).slice(0, search.limit), matches: all.length };
}
