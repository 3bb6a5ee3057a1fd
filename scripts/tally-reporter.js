// A jest reporter that leaves counts and times for scripts/test.ts, which runs jest several times.
import { writeFileSync } from 'node:fs';

export default class TallyReporter {
  onRunComplete(_contexts, results) {
    const tests = results.testResults.flatMap(({ testResults }) =>
      testResults.map(({ fullName, duration }) => ({
        name: fullName,
        seconds: (duration ?? 0) / 1000,
      })),
    );
    const { numPassedTests: passed, numFailedTests, numFailedTestSuites } = results;
    const failed = Math.max(numFailedTests, numFailedTestSuites);
    writeFileSync(process.env.SLIPWAY_TALLY, JSON.stringify({ passed, failed, tests }));
  }
}
