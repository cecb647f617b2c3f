import { Seeded } from '../../apps/standalone/src/demo/seeded';

/** The demo's seeded generator: a run is named by its seed, as far as a killed process lets it be repeated. */
export class Random extends Seeded {
  pickIfAny<Item>(items: readonly Item[]): Item | undefined {
    return items.length > 0 ? this.pick(items) : undefined;
  }

  /** A generator of its own, so that one client's steps do not depend on another's speed. */
  fork(): Random {
    return new Random(Math.floor(this.next() * 2 ** 31));
  }
}
