import { events } from '@muster/contracts/catalogue';
import { describeAuthorization, describeBadInput, describeColumns, describeLimits, describeRepeats, describeSecrecy, describeSnapshots } from '@muster/platform/testing/generated/describe-contract';
import { userContract } from './world';

const contract = userContract();
describeAuthorization(contract);
describeBadInput(contract);
describeSnapshots(contract, events.user);
describeColumns(contract, Object.values(events).flat());
describeLimits(contract);
describeRepeats(contract);
describeSecrecy(contract);
