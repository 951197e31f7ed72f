// Prints what the tests of foreign toolkits came to as one table: a row for each thing asked, a column for each toolkit.

/** For jest --reporters. Test names are read as toolkit > group > row. */
class TableReporter {
  onRunComplete(_contexts, { testResults }) {
    const failures = [];
    const groups = new Map();
    const toolkits = [];
    // The file with most of the tests sets the order of rows and columns.
    testResults.sort((a, b) => b.testResults.length - a.testResults.length);
    for (const { testExecError, testFilePath, testResults: tests } of testResults) {
      if (testExecError) failures.push(`${testFilePath}\n${testExecError.message}`);
      for (const { ancestorTitles, title, status, failureMessages } of tests) {
        const [toolkit, group] = ancestorTitles;
        if (group === undefined) continue;
        if (!toolkits.includes(toolkit)) toolkits.push(toolkit);
        if (!groups.has(group)) groups.set(group, new Map());
        const rows = groups.get(group);
        if (!rows.has(title)) rows.set(title, new Map());
        rows.get(title).set(toolkit, WORDS[status] ?? status);
        failures.push(...failureMessages.map((message) => `${toolkit}, ${title}\n${message}`));
      }
    }
    process.stdout.write(`${tableOf(groups, toolkits)}\n`);
    for (const failure of failures) process.stdout.write(`\n${failure}\n`);
  }
}

const WORDS = { passed: 'ok', failed: 'FAILED', pending: 'skipped' };

function tableOf(groups, toolkits) {
  const titles = [...groups].flatMap(([group, rows]) => [group, ...[...rows.keys()].map(indented)]);
  const width = Math.max(0, ...titles.map(({ length }) => length));
  const line = (title, cells) =>
    [title.padEnd(width), ...cells.map((cell, index) => cell.padEnd(toolkits[index].length))]
      .join('  ')
      .trimEnd();
  return [
    line('', toolkits),
    ...[...groups].flatMap(([group, rows]) => [
      '',
      group,
      ...[...rows].map(([title, cells]) =>
        line(
          indented(title),
          toolkits.map((toolkit) => cells.get(toolkit) ?? '-'),
        ),
      ),
    ]),
  ].join('\n');
}

function indented(title) {
  return `  ${title}`;
}

module.exports = TableReporter;
