import type { Route } from '@muster/contracts/kernel/route';
import type { TestAnswer } from '../http';
import { faultOfSuccess } from './answers';
import { askWith } from './authorization';
import { allowedCaller, type Findings } from './bad-input';
import { Callers, type Credentials } from './callers';
import { exampleOf, type AnyExample, type ContractSubject, type ContractWorld } from './contract-world';
import { hostileTexts } from './hostile-texts';
import { completed, isFreeText, pointerOf, sampleOf, shapeOf, spotsOf, withValue, type Spot } from './json-shape';

/** Writes hostile text into every free text that a person may write, and reads it again. */
export class StoredText {
  private readonly callers: Callers;

  constructor(
    private readonly subject: Pick<ContractSubject, 'declared'>,
    private readonly world: ContractWorld,
  ) {
    this.callers = new Callers(world);
  }

  async findings(route: Route): Promise<Findings> {
    const faults: string[] = [];
    let asked = 0;
    for (const spot of textsOf(route, (await exampleOf(route, this.world)).body)) {
      for (const [label, text] of hostileTexts(spot.shape.maxLength ?? 0)) {
        const example = await exampleOf(route, this.world);
        const body = withValue(completed(route.body, example.body ?? {}), spot.path, text);
        // A single line takes no line breaks: then it is refused, and the bad requests are about that.
        if (!route.body.safeParse(body).success && /[\r\n\u2028]/.test(text)) continue;
        asked += 1;
        const fault = await this.faultOf(route, { ...example, body }, String(spot.path.at(-1)), text);
        if (fault !== undefined) faults.push(`${route.id}, /body${pointerOf(spot.path)} ${label}: ${fault}`);
      }
    }
    return { asked, faults };
  }

  private async faultOf(route: Route, example: AnyExample, field: string, text: string): Promise<string | undefined> {
    const credentials = await allowedCaller(route, example, this.world, this.callers);
    const answer = await askWith(this.world, route, example, credentials);
    const fault = faultOfSuccess(route, answer);
    if (fault !== undefined) return fault;
    const shown = textsUnder(field, answer.body);
    if (shown.length > 0 && !shown.includes(text)) return `is answered as ${JSON.stringify(shown[0])}`;
    return this.faultOfReading(route, example, { field, text, answer, credentials });
  }

  /** By every route that the same caller can read the thing with; at least one must show the text as it came. */
  private async faultOfReading(
    written: Route,
    example: AnyExample,
    { field, text, answer, credentials }: { field: string; text: string; answer: TestAnswer; credentials: Credentials },
  ): Promise<string | undefined> {
    const known = { ...(example.params as object | undefined), ...(typeof answer.body === 'object' ? answer.body : {}) } as Record<string, unknown>;
    const seenElsewhere: string[] = [];
    for (const route of this.subject.declared) {
      const params = Object.keys(shapeOf(route.params).properties ?? {});
      if (route.method !== 'GET' || route.access.kind !== written.access.kind || params.some((name) => known[name] === undefined)) continue;
      const read = await askWith(this.world, route, { params: Object.fromEntries(params.map((name) => [name, known[name]])) }, credentials);
      if (read.status !== 200) continue;
      const shown = textsUnder(field, read.body);
      if (shown.includes(text)) return undefined;
      seenElsewhere.push(...shown);
    }
    if (seenElsewhere.length === 0) return 'no route shows it again';
    return `is read as ${JSON.stringify(seenElsewhere.at(-1))}`;
  }
}

/** Secrets are never shown again; what becomes of them is for auth's own tests. */
export function textsOf(route: Route, body: unknown = sampleOf(shapeOf(route.body))): Spot[] {
  if (route.method === 'GET') return [];
  const spots = spotsOf(shapeOf(route.body), completed(route.body, body));
  return spots.filter(({ shape }) => isFreeText(shape) && shape.dataClass !== 'secret');
}

/** Every text that stands under the field's name, at any depth. */
function textsUnder(field: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => textsUnder(field, each));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === field && typeof inner === 'string' ? [inner] : textsUnder(field, inner)));
}
