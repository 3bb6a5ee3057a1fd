import { expect, test } from '@jest/globals';
import type { CommandResult } from '../../src/ports.ts';
import type { FileLayer, ValuesLayer } from '../../src/release/spec.ts';
import { decryptLayers } from '../../src/state/decrypt-layers.ts';
import { fakeFiles } from '../fakes/files.ts';
import { makeSpec } from '../fakes/plan.ts';

const { target } = makeSpec();

const encrypted = (written: string): FileLayer => ({
  type: 'file',
  path: `/repo/${written}`,
  written,
  text: 'a: ENC[x]',
  decrypt: 'sops',
});
const plain: ValuesLayer = { type: 'file', path: '/repo/a.yaml', written: 'a.yaml', text: 'a: 1' };
const set: ValuesLayer = { type: 'set', values: { a: '1' } };

/** Answers by path. */
function world(answers: Readonly<Record<string, Partial<CommandResult>>>) {
  const files = fakeFiles({});
  const learned: unknown[] = [];
  const decrypt = async (path: string) => ({ code: 0, stdout: '', stderr: '', ...answers[path] });
  const learn = (values: unknown) => learned.push(values);
  return { files, learned, ports: { files, learn, decryptor: { decrypt } } };
}

test('encrypted layers become plain ones at their place; the others stay', async () => {
  const { files, learned, ports } = world({
    '/repo/one.yaml': { stdout: 'db: { password: hunter2 }\n' },
    '/repo/two.json': { stdout: '{"pin": 1234}' },
  });
  const layers = [plain, encrypted('one.yaml'), encrypted('two.json'), set];
  const found = await decryptLayers({ target, layers }, ports);
  expect(found).toEqual([
    plain,
    {
      type: 'file',
      path: '/private/decrypted.shop.app-1.yaml',
      written: 'one.yaml',
      text: 'db: { password: hunter2 }\n',
      secret: true,
    },
    expect.objectContaining({ written: 'two.json', text: '{"pin": 1234}', secret: true }),
    set,
  ]);
  expect(learned).toEqual([{ db: { password: 'hunter2' } }, { pin: 1234 }]);
  expect(files.written.get('decrypted.shop.app-1.yaml')).toBe('db: { password: hunter2 }\n');
});

test.each([
  ['several documents', 'a: one\n---\nb: two\n', [{ a: 'one' }, 'a: one\n---\nb: two\n']],
  ['what only helm can read', 'x: &b k\n*b: v\n', [undefined, 'x: &b k\n*b: v\n']],
])('of %s the text is learned', async (_, stdout, expected) => {
  const { learned, ports } = world({ '/repo/one.yaml': { stdout } });
  await decryptLayers({ target, layers: [encrypted('one.yaml')] }, ports);
  expect(learned).toEqual([expected]);
});

const NO_KEY = `Failed to get the data key required to decrypt the SOPS file.

Group 0: FAILED
  age1abc: FAILED
    - | failed to load age identities. Did not find keys in
      | locations 'SOPS_AGE_KEY', and
      | '/home/x/.config/sops/age/keys.txt'.

Recovery failed because no master key was able to decrypt the file. In
order for SOPS to recover the file, at least one key has to be successful,
but none were.
`;

test.each<[string, Partial<CommandResult>, string, RegExp]>([
  [
    'no key',
    { code: 128, stderr: NO_KEY },
    'Decrypting `one.yaml` with sops failed: failed to load age identities.',
    /^Give this step the key .*SOPS_AGE_KEY/,
  ],
  [
    'plain',
    { code: 1, stderr: 'sops metadata not found\n' },
    'Decrypting `one.yaml` with sops failed: sops metadata not found.',
    /remove its `decrypt: sops`/,
  ],
  [
    'changed by hand',
    {
      code: 25,
      stderr: `[PGP]\t WARN[0000] x\nError decrypting tree: ${'long '.repeat(100)}`,
    },
    `Decrypting \`one.yaml\` with sops failed: ${`Error decrypting tree: ${'long '.repeat(100)}`.slice(0, 200)}….`,
    /^Run `sops --decrypt`/,
  ],
  [
    'killed',
    { code: 137 },
    'Decrypting `one.yaml` with sops failed: it ended with code 137 and said nothing.',
    /^Run `sops --decrypt`/,
  ],
])('sops fails: %s', async (_, answer, message, hint) => {
  const { files, ports } = world({ '/repo/one.yaml': { ...answer, stdout: 'half: secret' } });
  const failing = decryptLayers({ target, layers: [encrypted('one.yaml')] }, ports);
  await expect(failing).rejects.toMatchObject({
    problems: [
      {
        code: 'decrypt-failed',
        message,
        hint: expect.stringMatching(hint),
        said: answer.stderr ?? '',
      },
    ],
  });
  expect(files.written.size).toBe(0);
});

test('all that cannot be decrypted is reported together', async () => {
  const { ports } = world({ '/repo/one.yaml': { code: 1 }, '/repo/two.yaml': { code: 1 } });
  const layers = [encrypted('one.yaml'), encrypted('two.yaml')];
  const failing = decryptLayers({ target, layers }, ports);
  await expect(failing).rejects.toMatchObject({ problems: [{}, {}] });
});

test('a plaintext that is no map is refused without a word of it', async () => {
  const { files, ports } = world({ '/repo/one.yaml': { stdout: 'PASSWORD=hunter2\n' } });
  const failing = decryptLayers({ target, layers: [encrypted('one.yaml')] }, ports);
  await expect(failing).rejects.toMatchObject({
    code: 'yaml-not-a-map',
    message: '`one.yaml`, decrypted, holds a single value, not a map of keys.',
  });
  expect(files.written.size).toBe(0);
});
