// Writes the alerting rules into the chart and their promtool tests beside it; with `--check` it fails where one is stale.
// Part of `npm run generate` and `npm run check:generated`.
import { writeOrCheck } from '../charts/generated-files';
import { ruleTestFiles } from './rule-tests';
import { ruleFiles } from './rules';

writeOrCheck('alerting rules and their tests', { ...ruleFiles(), ...ruleTestFiles() });
