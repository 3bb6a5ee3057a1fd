import type { BadInput } from './case.ts';

/** A cache of its own, so that nothing is there already. */
const FRESH = { RUNNER_TOOL_CACHE: '<workspace>/tools' };

/** helm and kubectl: which version, from where, and whether it is what it says. */
export const TOOLS: readonly BadInput[] = [
  {
    name: 'versions and a mirror that are none',
    inputs: {
      'helm-version': '2.17.0',
      'kubectl-version': '.tool-versions',
      'tool-mirror': 's3://robot:hunter2@tools',
    },
    files: { '.tool-versions': 'nodejs 24.1.0\nkubectl latest\n' },
    told: [
      '`helm-version` is `2.17.0`, which is no version of Helm 3 or 4. [input-invalid]',
      '→ Write an exact version such as `<pinned>`, or a minor such as `4.3`.',
      '.tool-versions:2: kubectl in `.tool-versions` is `latest`, which is no version of kubectl. [input-invalid]',
      '→ Write an exact version such as `1.36.3`, or a minor such as `1.36`.',
      '`tool-mirror` is an address of an unknown kind. [input-invalid]',
      '→ Give a URL that starts with `https://`, or a folder.',
    ],
  },
  {
    name: 'minor that nobody knows',
    inputs: { 'helm-version': '4.99' },
    told: [
      '`helm-version` is `4.99`, a minor that this release of the action does not know. [input-invalid]',
      '→ Write a known minor (4.3, 4.2, 4.1, 4.0, 3.22, 3.21, 3.20, 3.19, 3.18, 3.17), an exact version such as <pinned>, or leave it empty for <pinned>.',
    ],
  },
  {
    name: '.tool-versions without helm',
    inputs: { 'helm-version': 'tools/.tool-versions' },
    files: { 'tools/.tool-versions': 'nodejs 24.1.0\n' },
    told: [
      '`tools/.tool-versions` has no line for helm. [tool-versions-missing]',
      '→ Add a line such as `helm <pinned>`, or write the version itself.',
    ],
  },
  {
    name: '.tool-versions that is not there',
    inputs: { 'helm-version': '.tool-versions' },
    told: [
      '`helm-version` names `.tool-versions`, but there is no file <workspace>/.tool-versions. [tool-versions-missing]',
      '→ Add the file with a line such as `helm <pinned>`, or write the version itself.',
    ],
  },
  {
    name: 'mirror that is not there',
    inputs: { 'tool-mirror': 'tools' },
    told: [
      '`tool-mirror` names `tools`, but there is no folder <workspace>/tools. [tool-mirror-missing]',
      '→ Give an existing folder, or a URL that starts with `https://`.',
    ],
  },
  {
    name: 'version that the mirror does not have',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/empty' },
    environment: FRESH,
    told: [
      'Installing helm 4.2.99: there is no <wrong-tools>/empty/helm-v4.2.99-linux-amd64.tar.gz. [tool-not-found]',
      '→ Check `helm-version`, or add the file and its .sha256sum to the `tool-mirror` folder. This release of the action knows helm <pinned>, 4.2.4, 4.1.4, 4.0.5, 3.22.0, 3.21.4, 3.20.2, 3.19.4, 3.18.6, 3.17.4.',
    ],
  },
  {
    name: 'kubectl that the mirror does not have',
    inputs: { 'kubectl-version': '1.36', 'tool-mirror': '<wrong-tools>/empty' },
    environment: FRESH,
    told: [
      'Looking for the newest patch of kubectl 1.36: there is no <wrong-tools>/empty/release/stable-1.36.txt. [tool-not-found]',
      '→ Check `kubectl-version`, or add the file and its .sha256 to the `tool-mirror` folder. The versions of kubectl are listed on https://kubernetes.io/releases.',
    ],
  },
  {
    name: 'archive that is not the one of its checksum file',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/damaged' },
    environment: FRESH,
    told: [
      'Installing helm 4.2.99: <wrong-tools>/damaged/helm-v4.2.99-linux-amd64.tar.gz has the sha256 <sha256>, but <wrong-tools>/damaged/helm-v4.2.99-linux-amd64.tar.gz.sha256sum says <sha256>. [tool-checksum-mismatch]',
      '→ Nothing was unpacked, cached or executed. Run the job again in case the download was damaged; if it stays, do not use this file: compare it with https://github.com/helm/helm/releases/tag/v4.2.99 and repair `tool-mirror`.',
    ],
  },
  {
    name: 'archive under the name of a version that is pinned',
    inputs: { 'helm-version': '<pinned>', 'tool-mirror': '<mirror>' },
    environment: FRESH,
    told: [
      'Installing helm <pinned>: <mirror>/helm-v<pinned>-linux-amd64.tar.gz has the sha256 <sha256>, but this release of the action says <sha256>. [tool-checksum-mismatch]',
      '→ Nothing was unpacked, cached or executed. Run the job again in case the download was damaged; if it stays, do not use this file: compare it with https://github.com/helm/helm/releases/tag/v<pinned> and repair `tool-mirror`.',
    ],
  },
  {
    name: 'checksum file without a checksum',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/no-checksum' },
    environment: FRESH,
    told: [
      'Installing helm 4.2.99: <wrong-tools>/no-checksum/helm-v4.2.99-linux-amd64.tar.gz.sha256sum names no sha256 of helm-v4.2.99-linux-amd64.tar.gz. [tool-download-failed]',
      "→ It must hold the line `<sha256> helm-v4.2.99-linux-amd64.tar.gz`, or a sha256 alone, as the publisher's file does.",
    ],
  },
  {
    name: 'archive in another layout',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/other-layout' },
    environment: FRESH,
    told: [
      'Installing helm 4.2.99: helm-v4.2.99-linux-amd64.tar.gz holds no linux-amd64/helm. [tool-download-failed]',
      "→ Use an archive in the publisher's layout.",
    ],
  },
  {
    name: 'program that says what no helm says',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/stranger' },
    environment: FRESH,
    told: [
      'Rendering chart charts/picky failed: no moon in this night. [helm-failed]',
      '→ Read all that helm said in the log of this run.',
    ],
  },
];
