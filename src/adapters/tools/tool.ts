import type { Platform } from './platforms.ts';

/** What the installer has to know of a program; everything else is the same for all of them. */
export interface Tool {
  readonly name: 'helm' | 'kubectl';
  /** The input by which users choose its version. */
  readonly input: `${Tool['name']}-version`;
  readonly publisher: string;
  /** Path of what is downloaded, below the publisher's address or a mirror's. */
  file(version: string, platform: Platform): string;
  /** What is added to that path for the file that holds its sha256. */
  readonly checksum: '.sha256' | '.sha256sum';
  /** The sha256 of what is downloaded, when this release of the action knows it. */
  pin(version: string, platform: Platform): string | undefined;
  /** Path of the program inside the archive; undefined: the download is the program. */
  member(platform: Platform): string | undefined;
  /** Where a person finds this version's hashes. */
  page(version: string): string;
  /** A sentence for who asked for a version that is not there. */
  readonly versions: string;
}

/** One version of a tool for one platform. */
export interface Release {
  readonly tool: Tool;
  /** Such as `4.3.0`. */
  readonly version: string;
  readonly platform: Platform;
}

/** Begins every message about it. */
export function doing({ tool, version }: Release): string {
  return `Installing ${tool.name} ${version}`;
}
