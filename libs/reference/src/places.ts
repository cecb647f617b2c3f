import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countriesInHindi, statesInHindi } from './area-names';
import { Sliced } from './sliced';

export interface Place {
  /** GeoNames id of a town; of a locality its PIN code and three digits. Never given anew. */
  readonly id: string;
  readonly name: string;
  /** For the larger towns; null where only the Latin name is known. */
  readonly nameHi: string | null;
  /** The text that tells a place from its namesakes: the state or country of a town, town and state of a locality. */
  readonly area: string;
  /** The area in Devanagari; null where it holds a town of which only the Latin name is known. */
  readonly areaHi: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** WGS 84, degrees, about 10 m. */
  readonly point: { readonly latitude: number; readonly longitude: number };
  /** The population of the town; a locality's is unknown and taken as {@link LOCALITY_POPULATION}. */
  readonly population: number;
  /** IANA. */
  readonly zone: string;
  /** Further spellings in use, in either script. */
  readonly spellings: readonly string[];
  /** PIN codes of India that it has an office of. */
  readonly pins: readonly string[];
  /** The town of a locality; null for a town. */
  readonly town: Place | null;
}

/** A number so small that a town of the same name comes first. */
const LOCALITY_POPULATION = 1000;
/** Lines read between two pauses: about a millisecond. */
const SLICE = 1000;

// Only countries with one zone are in the gazetteer.
const zones: Readonly<Record<string, string>> = {
  IN: 'Asia/Kolkata', NP: 'Asia/Kathmandu', BD: 'Asia/Dhaka', LK: 'Asia/Colombo', BT: 'Asia/Thimphu',
  PK: 'Asia/Karachi', MV: 'Indian/Maldives', MM: 'Asia/Yangon', AE: 'Asia/Dubai', QA: 'Asia/Qatar',
  SA: 'Asia/Riyadh', OM: 'Asia/Muscat', KW: 'Asia/Kuwait', BH: 'Asia/Bahrain', SG: 'Asia/Singapore',
};

interface Gazetteer {
  readonly byId: ReadonlyMap<string, Place>;
  readonly towns: readonly Place[];
  readonly localities: readonly Place[];
}

const gazetteer = new Sliced<Gazetteer>(read);

/** Reads the data files, some 25 ms, in slices: for a service to await before it is ready. */
export function preparePlaces(): Promise<void> {
  return gazetteer.prepare();
}

/** All towns, the most populous first. */
export function places(): readonly Place[] {
  return gazetteer.get().towns;
}

/** The localities of India's towns, by PIN code: neighbourhoods, and villages with a post office. */
export function localities(): readonly Place[] {
  return gazetteer.get().localities;
}

/** A town or a locality. */
export function place(id: string): Place | undefined {
  return gazetteer.get().byId.get(id);
}

/** The name of a place where it stands alone: `Dhantoli, Nagpur`, and a town by its name. */
export function placeLabel({ name, town }: Place): string {
  return town ? `${name}, ${town.name}` : name;
}

/** The same in Devanagari; null where a part of it is known in Latin letters only. */
export function placeLabelHi({ nameHi, town }: Place): string | null {
  if (!town || nameHi === null) return nameHi;
  return town.nameHi === null ? null : `${nameHi}, ${town.nameHi}`;
}

function* linesOf(file: string): Generator<string[] | undefined> {
  // Beside src and beside dist alike.
  const text = readFileSync(join(__dirname, '..', 'data', file), 'utf8');
  let left = SLICE;
  for (let from = 0, to = 0; from < text.length; from = to + 1) {
    to = text.indexOf('\n', from);
    if (to === -1) to = text.length;
    if (to === from || text[from] === '#') continue;
    yield text.slice(from, to).split('\t');
    if ((left -= 1) === 0) {
      left = SLICE;
      yield undefined;
    }
  }
}

function* read(): Generator<void, Gazetteer> {
  const byId = new Map<string, Place>();
  const pins = new Map<string, string[]>();
  const rows: string[][] = [];
  for (const fields of linesOf('localities.tsv')) {
    if (!fields) yield;
    else if (fields[1] === '') pins.set(fields[0] ?? '', (fields[3] ?? '').split(','));
    else rows.push(fields);
  }
  for (const fields of linesOf('gazetteer.tsv')) {
    if (!fields) yield;
    else byId.set(fields[0] ?? '', townOf(fields, pins));
  }
  const towns = [...byId.values()];
  const all: Place[] = [];
  for (const fields of rows) {
    const locality = localityOf(fields, byId);
    byId.set(locality.id, locality);
    if (all.push(locality) % SLICE === 0) yield;
  }
  return { byId, towns, localities: all };
}

function townOf(fields: readonly string[], pins: ReadonlyMap<string, string[]>): Place {
  const [id = '', name = '', area = '', country = '', latitude, longitude, population, nameHi, spellings] = fields;
  const zone = zones[country];
  if (zone === undefined) throw new Error(`gazetteer: ${country} has no zone`);
  return {
    id, name, area, country, zone,
    nameHi: nameHi || null,
    areaHi: (country === 'IN' ? statesInHindi[area] : countriesInHindi[country]) ?? null,
    point: { latitude: Number(latitude), longitude: Number(longitude) },
    population: Number(population),
    spellings: spellings ? spellings.split(',') : [],
    pins: pins.get(id) ?? [],
    town: null,
  };
}

function localityOf(fields: readonly string[], byId: ReadonlyMap<string, Place>): Place {
  const [id = '', name = '', townId = '', pin = '', latitude, longitude] = fields;
  const town = byId.get(townId);
  if (!town) throw new Error(`localities: ${id} is in no town of the gazetteer`);
  const isState = town.name === town.area;
  return {
    id, name, town,
    nameHi: null,
    area: isState ? town.area : `${town.name}, ${town.area}`,
    areaHi: isState ? town.areaHi : town.nameHi && town.areaHi && `${town.nameHi}, ${town.areaHi}`,
    country: town.country,
    zone: town.zone,
    point: { latitude: Number(latitude), longitude: Number(longitude) },
    population: LOCALITY_POPULATION,
    spellings: [],
    pins: [pin],
  };
}
