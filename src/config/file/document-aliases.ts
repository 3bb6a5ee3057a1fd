import { type Alias, isAlias, isMap, isSeq, visit } from 'yaml';
import { brokenAt, offsetOf, type YamlSource } from './document-place.ts';
import { shorten } from './problems/path.ts';

export interface Aliases {
  readonly targets: ReadonlyMap<Alias, unknown>;
  /** What is being read: an alias to it would have no end. */
  readonly open: ReadonlySet<unknown>;
}

/** What each alias stands for: the last anchor of its name before it. */
export function findTargets(contents: unknown): ReadonlyMap<Alias, unknown> {
  const anchors = new Map<string, unknown>();
  const targets = new Map<Alias, unknown>();
  if (!isMap(contents) && !isSeq(contents)) return targets;
  visit(contents, {
    Node: (_, node) => {
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** The node that an alias stands for. Throws when there is none, or no end of it. */
export function followAlias(alias: Alias, walk: Aliases & YamlSource): unknown {
  const target = walk.targets.get(alias);
  const name = shorten(alias.source);
  if (target === undefined) {
    throw brokenAt(offsetOf(alias), walk, {
      what: `there is no \`&${name}\` before \`*${name}\``,
      hint: 'A text that starts with `*` needs quotes.',
    });
  }
  if (!walk.open.has(target)) return target;
  throw brokenAt(offsetOf(alias), walk, {
    what: `\`*${name}\` stands inside of what it stands for`,
    hint: 'Write it out.',
  });
}
