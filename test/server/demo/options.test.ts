import { describe, expect, it } from 'vitest';
import { DemoProblem } from '#server/demo/demo-problem.ts';
import { readOptions } from '#server/demo/options.ts';

describe('the words of the command line', () => {
  it.each([
    ['nothing on a terminal', [], true, { server: 'own', keep: true }],
    ['nothing in a pipe', [], false, { server: 'own', keep: false }],
    ['--keep in a pipe', ['--keep'], false, { server: 'own', keep: true }],
    ['--exit on a terminal', ['--exit'], true, { server: 'own', keep: false }],
    [
      '--url and --account',
      ['--url', 'http://localhost:8080/', '--account', 'somsri'],
      true,
      { server: 'running', url: 'http://localhost:8080', account: 'somsri' },
    ],
  ])('say what to do: %s', (_, words, isTerminal, expected) => {
    expect(readOptions(words, isTerminal)).toEqual(expected);
  });

  it.each([
    ['an unknown one', ['--bogus']],
    ['one without its value', ['--url']],
    ['one too many', ['quickly']],
    ['--keep with --exit', ['--keep', '--exit']],
    ['--url without --account', ['--url', 'http://localhost:8080']],
    ['--account without --url', ['--account', 'somsri']],
    ['--keep with --url', ['--url', 'http://localhost', '--account', 'somsri', '--keep']],
    ['an address that is none', ['--url', 'localhost', '--account', 'somsri']],
    ['an address with a path', ['--url', 'http://localhost/admin', '--account', 'somsri']],
  ])('end in one sentence where they cannot be used: %s', (_, words) => {
    const read = () => readOptions(words, true);
    expect(read).toThrow(DemoProblem);
    expect(read).toThrow(/^[^\n]+\.$/);
  });
});
