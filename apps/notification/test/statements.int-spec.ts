import { join } from 'node:path';
import { events } from '@muster/contracts/catalogue';
import { describeStatements } from '@muster/platform/testing/generated/describe-statements';
import { config } from '../src/config';
import { notificationContract } from './world';

describeStatements(notificationContract(), { config, events: events.notification, file: join(__dirname, 'generated', 'statements.sql') });
