/** A reporter of Node's test runner: a line of JSON a test that ended, with the file that it stands in. */
export default async function* outcomes(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A group ends too, and is counted nowhere: its tests are.
    if (data.details?.type === 'suite') continue;
    const skipped = data.skip !== undefined || data.todo !== undefined;
    const outcome = skipped ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed';
    yield `${JSON.stringify({ file: data.file, name: data.name, outcome })}\n`;
  }
}
