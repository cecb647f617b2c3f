/** Reads a kept draft; what it lacks is taken from a new one. A text that cannot be read counts as no draft. */
export function readDraft<Draft extends object>(kept: string | null, initial: () => Draft, renewed: (kept: Draft) => Draft | null): Draft {
  const fresh = initial();
  if (kept === null) return fresh;
  try {
    return renewed({ ...fresh, ...(JSON.parse(kept) as Partial<Draft>) }) ?? fresh;
  } catch {
    return fresh;
  }
}
