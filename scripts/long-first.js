// The order of test files: those that wait for minutes begin first, or the others would have to wait for them.
import Sequencer from '@jest/test-sequencer';

const LONG = [
  'login/freshness',
  'cluster/interrupted',
  'cluster/lock',
  'cluster/deploy',
  'cluster/skipping',
  'login/expired',
];

export default class LongFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = LONG.findIndex((name) => path.endsWith(`${name}.test.ts`));
      return index < 0 ? LONG.length : index;
    };
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
}
