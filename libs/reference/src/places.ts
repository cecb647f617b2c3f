import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Place {
  /** GeoNames id. */
  readonly id: string;
  readonly name: string;
  /** For the larger towns; null where only the Latin name is known. */
  readonly nameHi: string | null;
  /** State in India, country elsewhere. */
  readonly area: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** WGS 84, degrees, about 10 m. */
  readonly point: { readonly latitude: number; readonly longitude: number };
  readonly population: number;
  /** IANA. */
  readonly zone: string;
  /** Further spellings in use, in either script. */
  readonly spellings: readonly string[];
}

// Only countries with one zone are in the gazetteer.
const zones: Readonly<Record<string, string>> = {
  IN: 'Asia/Kolkata', NP: 'Asia/Kathmandu', BD: 'Asia/Dhaka', LK: 'Asia/Colombo', BT: 'Asia/Thimphu',
  PK: 'Asia/Karachi', MV: 'Indian/Maldives', MM: 'Asia/Yangon', AE: 'Asia/Dubai', QA: 'Asia/Qatar',
  SA: 'Asia/Riyadh', OM: 'Asia/Muscat', KW: 'Asia/Kuwait', BH: 'Asia/Bahrain', SG: 'Asia/Singapore',
};

let loaded: ReadonlyMap<string, Place> | undefined;

/** All places, the most populous first. Reads the data file at the first call (about 10 ms). */
export function places(): IterableIterator<Place> {
  return load().values();
}

export function place(id: string): Place | undefined {
  return load().get(id);
}

function load(): ReadonlyMap<string, Place> {
  // Beside src and beside dist alike.
  loaded ??= read(readFileSync(join(__dirname, '..', 'data', 'gazetteer.tsv'), 'utf8'));
  return loaded;
}

function read(file: string): Map<string, Place> {
  const all = new Map<string, Place>();
  for (const line of file.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [id = '', name = '', area = '', country = '', latitude, longitude, population, nameHi, spellings] = line.split('\t');
    const zone = zones[country];
    if (zone === undefined) throw new Error(`gazetteer: ${country} has no zone`);
    all.set(id, {
      id, name, area, country, zone,
      nameHi: nameHi || null,
      point: { latitude: Number(latitude), longitude: Number(longitude) },
      population: Number(population),
      spellings: spellings ? spellings.split(',') : [],
    });
  }
  return all;
}
