// How each check of delivery ends: its complaints, whether every rule of it was seen failing on a planted fault, and one
// line of JSON. When: imported by check-*.mjs; their `--self-test` prints the plants one by one.

/** Plants each `[fault, change, expect]` in a copy of the project and asks the rules. One that finds no place is silent. */
export function grown(plants, project, complaintsOf) {
  return plants.map(([fault, change, expect]) => {
    try {
      return { fault, expect, complaints: complaintsOf(change(project)) };
    } catch (error) {
      return { fault: `${fault} (${error.message})`, expect, complaints: [] };
    }
  });
}

/** For a plant: the text with the fault in it. @throws Error when the place is gone, so that a plant can't die unseen */
export function replaced(text, from, to) {
  const made = text.replace(from, to);
  if (made === text) throw new Error(`finds nowhere to grow: ${from}`);
  return made;
}

/**
 * @param plants `{ fault, expect, complaints }`: what was planted, what a complaint about it must match, and what the rules
 *   said. A rule that stays silent about the fault made for it is theatre, and that is a complaint too.
 * @param checked false where the program that does the checking is not here: then nothing is met, though nothing is wrong
 */
export function verdict({ name, complaints, plants, figures = {}, checked = true }) {
  const silent = plants.filter(({ expect, complaints: found }) => !found.some((line) => expect.test(line)));
  if (process.argv.includes('--self-test')) {
    for (const plant of plants) console.log(`${silent.includes(plant) ? 'SILENT' : 'red   '}  ${plant.fault}`);
  }
  const all = [...complaints, ...silent.map(({ fault, expect }) => `self-test: nothing said ${expect} when planted: ${fault}`)];
  for (const line of all) console.error(`  ${line}`);
  const sound = all.length === 0 && process.exitCode !== 1;
  console.log(JSON.stringify({ name, figures: { ...figures, plants: plants.length, seenFailing: plants.length - silent.length, complaints: all.length }, aims: { complaints: 0, silentPlants: 0 }, met: sound && checked }));
  process.exitCode = sound ? 0 : 1;
}
