import { join } from 'node:path';
import { events } from '@muster/contracts/catalogue';
import { describeStatements } from '@muster/platform/testing/generated/describe-statements';
import { config } from '../src/config';
import { userContract } from './world';

describeStatements(userContract(), { config, events: events.user, file: join(__dirname, 'generated', 'statements.sql') });
