import { events } from '@muster/contracts/catalogue';
import { describeAuthorization, describeBadInput, describeColumns, describeRepeats, describeSecrecy, describeSnapshots } from '@muster/platform/testing/generated/describe-contract';
import { communicationContract } from './world';

const contract = communicationContract();
describeAuthorization(contract);
describeBadInput(contract);
describeSnapshots(contract, events.communication);
describeColumns(contract, Object.values(events).flat());
describeRepeats(contract);
describeSecrecy(contract);
