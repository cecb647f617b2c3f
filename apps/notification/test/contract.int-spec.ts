import { events } from '@muster/contracts/catalogue';
import { describeAuthorization, describeBadInput, describeColumns, describeRepeats, describeSecrecy, describeSnapshots } from '@muster/platform/testing/generated/describe-contract';
import { notificationContract } from './world';

const contract = notificationContract();
describeAuthorization(contract);
describeBadInput(contract);
describeSnapshots(contract, events.notification);
describeColumns(contract, Object.values(events).flat());
describeRepeats(contract);
describeSecrecy(contract);
