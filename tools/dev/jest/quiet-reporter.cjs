// What a run of the tests tells a person: how far it is, and each failure as it comes. Tests that make services fail on
// purpose fill the usual streams with stacks; those go to a file (tools/dev/test.mjs), so this writes to a descriptor of its own.
const { writeSync } = require('node:fs');
const { relative } = require('node:path');

const descriptor = 3;

module.exports = class QuietReporter {
  constructor({ rootDir }) {
    this.rootDir = rootDir;
    this.shownAt = 0;
  }

  onTestFileResult({ path }, result, { numPassedTests, numTotalTestSuites, numPassedTestSuites, numFailedTestSuites, numPendingTestSuites }) {
    const name = relative(this.rootDir, path);
    if (result.failureMessage) this.say(`FAIL ${name}\n${result.failureMessage.trimEnd()}\n`);
    const done = numPassedTestSuites + numFailedTestSuites + numPendingTestSuites;
    const tenth = Math.floor((10 * done) / numTotalTestSuites);
    if (tenth > this.shownAt) this.say(`  ${done} of ${numTotalTestSuites} files, ${numPassedTests} tests passed`);
    this.shownAt = tenth;
  }

  getLastError() {
    return undefined;
  }

  /** A pipe whose reader is slow says EAGAIN: written again until it takes the line. */
  say(line) {
    let rest = Buffer.from(`${line}\n`);
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(descriptor, rest));
      } catch (error) {
        if (error.code !== 'EAGAIN') return;
      }
    }
  }
};
