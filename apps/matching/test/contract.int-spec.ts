import { events } from '@muster/contracts/catalogue';
import { describeAuthorization, describeBadInput, describeColumns, describeLimits, describeRepeats, describeSecrecy, describeSnapshots } from '@muster/platform/testing/generated/describe-contract';
import { matchingContract } from './world';

const contract = matchingContract();
describeAuthorization(contract);
describeBadInput(contract);
describeSnapshots(contract, events.matching);
describeColumns(contract, Object.values(events).flat());
describeLimits(contract);
describeRepeats(contract);
describeSecrecy(contract);
