import type { BadInput } from './case.ts';

/** A cache of its own, so that nothing is there already. */
const FRESH = { RUNNER_TOOL_CACHE: '<workspace>/tools' };

/** helm and kubectl: which version, from where, and whether it is what it says. */
export const TOOLS: readonly BadInput[] = [
  {
    name: 'versions that are none',
    inputs: { 'helm-version': '2.17.0', 'kubectl-version': 'stable' },
    told: [],
  },
  {
    name: 'minor that nobody knows',
    inputs: { 'helm-version': '4.99' },
    told: [],
  },
  {
    name: '.tool-versions that is not there',
    inputs: { 'helm-version': '.tool-versions' },
    told: [],
  },
  {
    name: '.tool-versions without helm, and with a kubectl that is no version',
    inputs: { 'helm-version': '.tool-versions', 'kubectl-version': '.tool-versions' },
    files: { '.tool-versions': 'nodejs 24.1.0\nkubectl latest\n' },
    told: [],
  },
  {
    name: 'mirror that is not there',
    inputs: { 'tool-mirror': 'tools' },
    told: [],
  },
  {
    name: 'mirror of an unknown kind',
    inputs: { 'tool-mirror': 's3://robot:hunter2@tools' },
    told: [],
  },
  {
    name: 'version that the mirror does not have',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/empty' },
    environment: FRESH,
    told: [],
  },
  {
    name: 'kubectl that the mirror does not have',
    inputs: { 'kubectl-version': '1.36', 'tool-mirror': '<wrong-tools>/empty' },
    environment: FRESH,
    told: [],
  },
  {
    name: 'archive that is not the one of its checksum file',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/damaged' },
    environment: FRESH,
    told: [],
  },
  {
    name: 'archive under the name of a version that is pinned',
    inputs: { 'helm-version': '<pinned>', 'tool-mirror': '<mirror>' },
    environment: FRESH,
    told: [],
  },
  {
    name: 'checksum file without a checksum',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/no-checksum' },
    environment: FRESH,
    told: [],
  },
  {
    name: 'archive in another layout',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/other-layout' },
    environment: FRESH,
    told: [],
  },
  {
    name: 'program of another machine',
    inputs: { 'helm-version': '4.2.99', 'tool-mirror': '<wrong-tools>/no-program' },
    environment: FRESH,
    told: [],
  },
];
