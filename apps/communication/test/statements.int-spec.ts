import { join } from 'node:path';
import { events } from '@muster/contracts/catalogue';
import { describeStatements } from '@muster/platform/testing/generated/describe-statements';
import { config } from '../src/config';
import { communicationContract } from './world';

describeStatements(communicationContract(), { config, events: events.communication, file: join(__dirname, 'generated', 'statements.sql') });
