import { join } from 'node:path';
import { events } from '@muster/contracts/catalogue';
import { describeStatements } from '@muster/platform/testing/generated/describe-statements';
import { config } from '../src/config';
import { matchingContract } from './world';

describeStatements(matchingContract(), { config, events: events.matching, file: join(__dirname, 'generated', 'statements.sql'), ofTheTest: /^\s*update invites set ended_at = ended_at - / });
