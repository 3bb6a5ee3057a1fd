import { describe, expect, test } from '@jest/globals';
import { runCommand } from '../../src/adapters/command.ts';

const environment = { PATH: process.env['PATH'] ?? '' };

/** Runs a small Node program. */
function run(program: string, request: Partial<Parameters<typeof runCommand>[0]> = {}) {
  return runCommand({
    path: process.execPath,
    args: ['--input-type=module', '--eval', program],
    environment,
    ...request,
  });
}

test('gives exit code and both streams', async () => {
  const result = await run('console.log("out"); console.error("err"); process.exit(3)');
  expect(result).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
});

test('passes arguments as they are, and standard input', async () => {
  const program =
    'let s = ""; for await (const c of process.stdin) s += c; console.log(s, process.argv.at(-1))';
  const args = ['--input-type=module', '--eval', program, '$HOME; `x` "y"'];
  const { stdout } = await runCommand({
    path: process.execPath,
    args,
    environment,
    stdin: 'from stdin',
  });
  expect(stdout).toBe('from stdin $HOME; `x` "y"\n');
});

test('a program that does not read its input is no error', async () => {
  expect((await run('process.exit(0)', { stdin: 'x'.repeat(1_000_000) })).code).toBe(0);
});

test('gives the program the environment it is given, and nothing of ours', async () => {
  process.env['SLIPWAY_TEST_SECRET'] = 'ours';
  const { stdout } = await run('console.log(JSON.stringify(process.env))', {
    environment: { GREETING: 'hello' },
  });
  delete process.env['SLIPWAY_TEST_SECRET'];
  expect(JSON.parse(stdout)).toEqual({ GREETING: 'hello' });
});

test('calls back for every line of either stream, also an unfinished last one', async () => {
  const lines: string[] = [];
  const program = `
    process.stdout.write('one\\r\\ntw'); await new Promise((r) => setTimeout(r, 20));
    process.stdout.write('o\\n\\nthr\\u00e9e'); process.stderr.write('err\\n');`;
  await run(program, { onLine: (line) => lines.push(line) });
  expect(lines.filter((line) => line !== 'err')).toEqual(['one', 'two', '', 'thrée']);
  expect(lines).toContain('err');
});

test('captures more than a pipe holds', async () => {
  const { stdout } = await run('process.stdout.write("x".repeat(5_000_000))');
  expect(stdout.length).toBe(5_000_000);
});

describe('an abort', () => {
  test('sends SIGINT once, and the program ends as it likes', async () => {
    const cancel = new AbortController();
    const program = `
      let count = 0;
      process.on('SIGINT', () => { count++; setTimeout(() => { console.log('signals', count); process.exit(7); }, 50); });
      setInterval(() => {}, 1000);
      console.log('up');`;
    const result = await run(program, {
      signal: cancel.signal,
      onLine: (line) => line === 'up' && cancel.abort(),
    });
    expect(result).toMatchObject({ code: 7, stdout: 'up\nsignals 1\n' });
  });

  test('of a program without a handler gives 128 + the signal', async () => {
    const cancel = new AbortController();
    const result = await run('console.log("up"); setInterval(() => {}, 1000)', {
      signal: cancel.signal,
      onLine: () => cancel.abort(),
    });
    expect(result.code).toBe(130);
  });

  test('kills the whole group after the time given', async () => {
    const cancel = new AbortController();
    // The grandchild would hold our streams open.
    const program = `
      import { spawn } from 'node:child_process';
      process.on('SIGINT', () => {});
      spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      setInterval(() => {}, 1000);
      console.log('up');`;
    const result = await run(program, {
      signal: cancel.signal,
      killAfter: 50,
      onLine: () => cancel.abort(),
    });
    expect(result.code).toBe(137);
  });

  test('before the start means that nothing is started', async () => {
    const result = await run('console.log("started")', { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ code: 130, stdout: '' });
  });
});

test('runs in a process group of its own, which signals for ours do not reach', async () => {
  const { stdout } = await run(
    `import { readFileSync } from 'node:fs';
     // Field 5 of proc_pid_stat(5); the name in field 2 may hold spaces.
     console.log(readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')[2] === String(process.pid));`,
  );
  expect(stdout).toBe('true\n');
});

test('a program that is not there is an error with a sentence', async () => {
  const missing = runCommand({ path: '/nowhere/helm', args: [], environment });
  await expect(missing).rejects.toMatchObject({
    name: 'DeployError',
    code: 'program-missing',
    message: 'Starting /nowhere/helm failed: there is no such program.',
  });
});

test('a program that prints without end is an error', async () => {
  const endless = run(`const text = 'x'.repeat(2 ** 24);
    for (let i = 0; i < 17; i++) process.stdout.write(text);`);
  await expect(endless).rejects.toMatchObject({ code: 'output-too-long' });
});
