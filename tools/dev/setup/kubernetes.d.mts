/** For the checks that are TypeScript; what each does is said in kubernetes.mjs. */
export interface MadeSecret {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly stringData: Readonly<Record<string, string>>;
}
export function valuesIn(list: unknown): Record<string, string>;
export function kubernetesSecrets(names: { namespace: string; release: string; backing: string }, known: Record<string, string>): { readonly items: readonly MadeSecret[] };
