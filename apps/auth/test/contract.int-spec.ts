import { events } from '@muster/contracts/catalogue';
import { describeAuthorization, describeBadInput, describeColumns, describeRepeats, describeSecrecy, describeSnapshots } from '@muster/platform/testing/generated/describe-contract';
import { authContract } from './world';

const contract = authContract();
describeAuthorization(contract);
describeBadInput(contract);
describeSnapshots(contract, events.auth);
describeColumns(contract, Object.values(events).flat());
describeRepeats(contract);
describeSecrecy(contract);
