import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isMap, isSeq, parseDocument, YAMLSeq } from 'yaml';
import { DeployError } from '../errors.ts';

/** The names that kustomize looks for. */
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;
/** What the manifest is called in helm's documentation of kustomize as a post-renderer. */
const MANIFEST = 'all.yaml';

/**
 * Copies a kustomization into `tree`, with `all.yaml` among its resources, and returns where it is in
 * there. What lies around it in the repository is linked, so that `../base` is still found.
 * @throws DeployError `post-renderer-missing` for a folder without a kustomization
 */
export function copyKustomization(folder: string, tree: string): string {
  const name = NAMES.find((one) => existsSync(path.join(folder, one)));
  if (name === undefined) {
    throw new DeployError(
      'post-renderer-missing',
      `\`post-renderer.kustomization\` names ${folder}, which has no ${NAMES[0]}.`,
      { hint: `Add one, with \`${MANIFEST}\` as its resource, or correct the path.` },
    );
  }
  const root = findRoot(folder);
  const inner = path.relative(root, folder);
  rmSync(tree, { recursive: true, force: true });
  linkSurroundings(root, inner, tree);
  const copy = path.join(tree, inner);
  cpSync(folder, copy, { recursive: true, dereference: true });
  const file = path.join(copy, name);
  writeFileSync(file, withManifest(readFileSync(file, 'utf8')));
  return inner;
}

/** The repository; outside of one, the folder above. */
function findRoot(folder: string): string {
  for (let above = folder; path.dirname(above) !== above; above = path.dirname(above)) {
    if (existsSync(path.join(above, '.git'))) return above;
  }
  return path.dirname(folder);
}

/** Folders on the way are made, everything beside them is linked. */
function linkSurroundings(root: string, inner: string, tree: string): void {
  const [next = '', ...rest] = inner.split(path.sep);
  mkdirSync(tree, { recursive: true, mode: 0o700 });
  if (next === '') return;
  for (const name of readdirSync(root).filter((one) => one !== next && one !== '.git')) {
    const target = path.join(root, name);
    // Windows wants to know what a link leads to; a broken one leads nowhere.
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats)
      symlinkSync(target, path.join(tree, name), stats.isDirectory() ? 'junction' : 'file');
  }
  linkSurroundings(path.join(root, next), rest.join(path.sep), path.join(tree, next));
}

/** kustomize itself says what is wrong with a text that is no kustomization. */
function withManifest(text: string): string {
  const document = parseDocument(text);
  const { contents, errors } = document;
  if (errors.length > 0 || (contents !== null && !isMap(contents))) return text;
  const resources = document.get('resources');
  if (!isSeq(resources)) {
    const list = new YAMLSeq();
    list.add(MANIFEST);
    document.set('resources', list);
  } else if (
    !resources.toJSON().some((one: unknown) => one === MANIFEST || one === `./${MANIFEST}`)
  ) {
    resources.add(MANIFEST);
  }
  return document.toString();
}
