// All lines of the report, pillar by pillar.
import { ofCode } from './lines-of-code';
import { ofService } from './lines-of-service';

export const pillars = [...ofCode, ...ofService];
export const lines = pillars.flatMap((pillar) => pillar.lines);
