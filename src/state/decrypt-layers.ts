import { DeployErrors, type Problem } from '../errors.ts';
import type { Decryptor, Files } from '../ports.ts';
import type { FileLayer, ReleaseSpec, ValuesLayer } from '../release/spec.ts';
import { parseYamlMap } from '../release/yaml-map.ts';
import { toPrivateName } from './private-name.ts';

export interface DecryptPorts {
  readonly decryptor: Decryptor;
  readonly files: Files;
  /** Every value below what is given is a secret from now on. */
  readonly learn: (values: unknown) => void;
}

/**
 * The layers of a release as helm can read them: the encrypted ones are decrypted into files of this run's
 * private folder, and marked as secret. Throws DeployError `sops-missing`, and DeployErrors with
 * `decrypt-failed` for each file that cannot be decrypted.
 */
export async function decryptLayers(
  { target, layers }: Pick<ReleaseSpec, 'target' | 'layers'>,
  ports: DecryptPorts,
): Promise<readonly ValuesLayer[]> {
  const name = toPrivateName('decrypted', target.namespace.name, target.release);
  const problems: Problem[] = [];
  const plain: ValuesLayer[] = [];
  for (const [index, layer] of layers.entries()) {
    if (layer.type !== 'file' || layer.decrypt === undefined) {
      plain.push(layer);
      continue;
    }
    const found = await decryptLayer(layer, `${name}-${index}`, ports);
    if ('code' in found) problems.push(found);
    else plain.push(found);
  }
  if (problems.length > 0) throw new DeployErrors(problems);
  return plain;
}

async function decryptLayer(
  layer: FileLayer,
  name: string,
  { decryptor, files, learn }: DecryptPorts,
): Promise<FileLayer | Problem> {
  const { written } = layer;
  const { code, stdout: text, stderr } = await decryptor.decrypt(layer.path);
  if (code !== 0) return toProblem(written, code, stderr);
  const values = parseYamlMap({ name: `\`${written}\`, decrypted,`, text });
  // What only helm can read, and more than one document, is a secret line by line.
  learn(values === undefined || /^---/m.test(text) ? [values, text] : values);
  const path = files.writePrivate(`${name}.yaml`, text);
  return { type: 'file', path, written, text, secret: true };
}

function toProblem(written: string, code: number, stderr: string): Problem {
  const reason = findReason(stderr) || `it ended with code ${code} and said nothing`;
  return {
    code: 'decrypt-failed',
    message: `Decrypting \`${written}\` with sops failed: ${reason}.`,
    hint: hintFor(stderr),
    said: stderr,
  };
}

/**
 * sops tells its reasons key by key, each behind `- |` and folded into lines that begin with `|`; the
 * first sentence of the first is the one that helps. Everything else it says in one line, the last.
 */
function findReason(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith('- |'));
  if (start < 0) return clip(lines.findLast((line) => line !== '') ?? '');
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  const folded = lines.slice(start, end < 0 ? undefined : end);
  const reason = folded.map((line) => line.replace(/^-? ?\|/, '').trim()).join(' ');
  return clip(reason.split('. ')[0] ?? '');
}

function clip(text: string): string {
  const line = text.replace(/\.$/, '');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

function hintFor(stderr: string): string {
  if (/metadata not found/.test(stderr)) {
    return 'Encrypt the file with `sops`, or remove its `decrypt: sops`.';
  }
  if (/data key/.test(stderr)) {
    return 'Give this step the key that the file is encrypted for, such as `SOPS_AGE_KEY` under `env:`, or a login for its key service.';
  }
  return 'Run `sops --decrypt` on it where you have the key; what sops said is in the log.';
}
