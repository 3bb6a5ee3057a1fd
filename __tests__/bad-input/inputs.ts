import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

/** Inputs of the step: which there are, what they say, and what of it fits together. */
export const INPUTS: readonly BadInput[] = [
  {
    name: 'misspelt input',
    inputs: { 'value-inline': 'replicas: 2' },
    told: [],
  },
  {
    name: 'input that nothing here is like',
    inputs: { 'kubernetes-dashboard': 'true' },
    told: [],
  },
  {
    name: 'input that is not there yet',
    inputs: { 'aws-role-to-assume': 'arn:aws:iam::111122223333:role/slipway' },
    told: [],
  },
  {
    name: 'cluster-provider that is not there yet',
    inputs: { 'cluster-provider': 'eks' },
    told: [],
  },
  {
    name: 'input that the command does not use',
    inputs: { command: 'plan', 'wait-for-lock': '5m' },
    told: [],
  },
  {
    name: 'releases without slipway.yaml',
    inputs: { releases: 'api' },
    told: [],
  },
  {
    name: 'no release and no namespace, as from variables that are empty',
    inputs: { release: '', namespace: '' },
    told: [],
  },
  {
    name: 'several at once',
    inputs: {
      release: 'Web',
      timeout: '10',
      values: 'values/list.yaml\nvalues/broken.yaml',
      'on-failure': 'rolback',
    },
    files: {
      'values/list.yaml': '- replicas\n- 3\n',
      'values/broken.yaml': 'replicas: 2\ndomain: "shop.example.com\nlegacy: false\n',
    },
    told: [],
  },
  {
    name: 'environment that would lead out of the folder',
    inputs: { environment: '../production', values: 'values/{environment}.yaml' },
    told: [],
  },
  {
    name: 'texts that are no number, no switch and no time',
    inputs: { 'pull-request': '#12', comment: 'yes', timeout: '10 minutes' },
    told: [],
  },
  {
    name: 'release name too long',
    inputs: { release: 'shop-frontend-of-the-data-platform-in-europe-west-number-1' },
    told: [],
  },
  {
    name: 'timeout without a unit',
    inputs: { timeout: '10' },
    told: [],
  },
  {
    name: 'misspelt command',
    inputs: { command: 'deply' },
    told: [],
  },
  {
    name: 'command that is not there yet',
    inputs: { command: 'rollback' },
    told: [],
  },
  {
    name: 'event without a meaning for auto',
    inputs: { command: 'auto' },
    event: 'schedule',
    told: [],
  },
  {
    name: 'event that gives strangers our rights',
    inputs: { command: 'auto' },
    event: 'pull_request_target',
    told: [],
  },
  {
    name: 'release and releases',
    config: inRelease(),
    inputs: { release: 'web', releases: 'web' },
    told: [],
  },
  {
    name: 'working-directory that is not there',
    inputs: { 'working-directory': 'deploy' },
    told: [],
  },
  {
    name: 'placeholder that has no meaning',
    inputs: { values: 'values/{region}.yaml' },
    told: [],
  },
  {
    name: 'placeholder of what is not given',
    inputs: { values: 'values/{environment}.yaml' },
    told: [],
  },
  {
    name: 'user without a password',
    inputs: { 'registry-username': 'robot' },
    told: [],
  },
  {
    name: 'lines of set without a value, without a name, with an index',
    inputs: { set: 'image.tag\nimage..tag=1\nhosts[0]=shop.example.com\nimage.tag=1\nimage.tag=2' },
    told: [],
  },
  {
    name: 'helm-args that Slipway owns',
    inputs: { 'helm-args': '--atomic\n--timeout 5m\n--set=password=hunter2\n--labels=slipway-attempt=7' },
    told: [],
  },
  {
    name: 'helm-args that are no long flags',
    inputs: { 'helm-args': '-f values.yaml\nvalues.yaml' },
    told: [],
  },
];
