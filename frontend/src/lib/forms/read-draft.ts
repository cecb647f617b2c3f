/** What was kept, over what a new draft has; a kept text that is none of ours counts as nothing. */
export function readDraft<Draft extends object>(kept: string | null, initial: () => Draft, renewed: (kept: Draft) => Draft | null): Draft {
  const fresh = initial();
  if (kept === null) return fresh;
  try {
    return renewed({ ...fresh, ...(JSON.parse(kept) as Partial<Draft>) }) ?? fresh;
  } catch {
    return fresh;
  }
}
