import { join } from 'node:path';
import { events } from '@muster/contracts/catalogue';
import { describeStatements } from '@muster/platform/testing/generated/describe-statements';
import { config } from '../src/config';
import { authContract } from './world';

describeStatements(authContract(), { config, events: events.auth, file: join(__dirname, 'generated', 'statements.sql') });
