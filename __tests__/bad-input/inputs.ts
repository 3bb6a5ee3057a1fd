import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

/** Inputs of the step: which there are, what they say, and what of it fits together. */
export const INPUTS: readonly BadInput[] = [
  {
    name: 'misspelt input',
    inputs: { 'value-inline': 'replicas: 2' },
    told: [
      '`value-inline` is not an input of Slipway. [input-unknown]',
      '→ Did you mean `values-inline`?',
    ],
  },
  {
    name: 'input that nothing here is like',
    inputs: { 'kubernetes-dashboard': 'true' },
    told: [
      '`kubernetes-dashboard` is not an input of Slipway. [input-unknown]',
      '→ Remove it from the `with:` of the step, or rename the environment variable INPUT_KUBERNETES-DASHBOARD if you set that.',
    ],
  },
  {
    name: 'input that is not there yet',
    inputs: { 'plan-digest': 'sha256:0' },
    told: [
      '`plan-digest` is not available yet in this version of Slipway. [input-unavailable]',
      '→ Remove it.',
    ],
  },
  {
    name: 'input that the command does not use',
    inputs: { command: 'plan', 'wait-for-lock': '5m' },
    told: [
      '`command: plan` does not use `wait-for-lock`. [input-unused]',
      '→ Remove `wait-for-lock`; only `deploy` uses it.',
    ],
  },
  {
    name: 'inputs of a release for setup',
    inputs: { command: 'setup', chart: '', timeout: '', comment: '', namespace: 'apps' },
    told: [
      '`command: setup` does not use `release`. [input-unused]',
      '→ Remove `release`; only `plan` and `deploy` use it.',
      '`command: setup` does not use `namespace`. [input-unused]',
      '→ Remove `namespace`; only `plan` and `deploy` use it.',
    ],
  },
  {
    name: 'releases without slipway.yaml',
    inputs: { releases: 'api' },
    told: [
      '`releases` chooses from slipway.yaml, and there is none. [input-unused]',
      '→ Name the one release of this step with `release`, or add slipway.yaml.',
    ],
  },
  {
    name: 'no release and no namespace, as from variables that are empty',
    inputs: { release: '', namespace: '' },
    told: [
      '`release` is missing or empty. [input-missing]',
      '→ Name the Helm release, such as `release: airbyte`.',
      '`namespace` is missing or empty. [input-missing]',
      '→ Name the namespace of the release, such as `namespace: airbyte`.',
    ],
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
    told: [
      '`release: Web` is not a valid name. [input-invalid]',
      '→ Use lower-case letters, digits, `-` and `.`, with a letter or digit at both ends, such as `web`.',
      'values/list.yaml:1: `values/list.yaml` holds a list, not a map of keys. [yaml-not-a-map]',
      '→ Write lines such as `key: value`.',
      'values/broken.yaml:2:9: `values/broken.yaml` is not valid YAML: line 2, column 9: the closing " is missing. [yaml-broken]',
      '→ Correct it there, or just before.',
      '`timeout` is `10`, without a unit. [duration-without-unit]',
      '→ Write `10s` for seconds or `10m` for minutes.',
      '`on-failure` is `rolback`, which Slipway does not know. [input-invalid]',
      '→ Did you mean `rollback`?',
    ],
  },
  {
    name: 'texts that are no command, no number, no switch, no time and no name',
    inputs: {
      command: 'deply',
      'pull-request': '#12',
      comment: 'yes',
      timeout: '10 minutes',
      environment: '../production',
    },
    told: [
      '`command` is `deply`, which Slipway does not know. [input-invalid]',
      '→ Did you mean `deploy`?',
      '`comment` is `yes`, neither true nor false. [input-invalid]',
      '→ Write `comment: true` or `comment: false`.',
      '`pull-request` is `#12`, which is not a number. [input-invalid]',
      '→ Write the number of the pull request, such as `123`.',
      '`environment: ../production` is not a valid name. [input-invalid]',
      '→ Use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, such as `production`.',
      '`timeout` is `10 minutes`, which is not a duration. [input-invalid]',
      '→ Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
  },
  {
    name: 'release name too long',
    inputs: { release: 'shop-frontend-of-the-data-platform-in-europe-west-number-1' },
    told: [
      '`release: shop-frontend-of-the-data-platform-in-europe-west-number-1` has 58 characters; helm allows 53. [release-name-too-long]',
      '→ Shorten it by 5.',
    ],
  },
  {
    name: 'timeout without a unit',
    inputs: { timeout: '10' },
    told: [
      '`timeout` is `10`, without a unit. [duration-without-unit]',
      '→ Write `10s` for seconds or `10m` for minutes.',
    ],
  },
  {
    name: 'command that is not there yet',
    inputs: { command: 'rollback' },
    told: [
      '`command: rollback` is not available yet in this version of Slipway. [command-unavailable]',
      '→ Use `auto`, `plan`, `deploy` or `setup`.',
    ],
  },
  {
    name: 'event without a meaning for auto',
    inputs: { command: 'auto' },
    event: 'schedule',
    told: [
      '`command: auto` has no meaning for the event schedule. [command-missing]',
      '→ Set `command: plan` or `command: deploy`.',
    ],
  },
  {
    name: 'event that gives strangers our rights',
    inputs: { command: 'auto' },
    event: 'pull_request_target',
    told: [
      '`command: auto` does not act on pull_request_target yet: this version of Slipway cannot plan without the cluster. [command-unavailable]',
      '→ Run on pull_request instead; set `command` only where nobody else can change what is checked out.',
    ],
  },
  {
    name: 'release and releases',
    config: inRelease(),
    inputs: { release: 'web', releases: 'web' },
    told: [
      '`release` and `releases` are both given. [input-ambiguous]',
      '→ Keep `releases`: both choose from slipway.yaml.',
    ],
  },
  {
    name: 'working-directory that is not there',
    inputs: { 'working-directory': 'deploy' },
    told: [
      '`working-directory` names `deploy`, but there is no folder <workspace>/deploy. [working-directory-missing]',
      '→ Correct it, or check out the repository in an earlier step with actions/checkout.',
    ],
  },
  {
    name: 'placeholder that has no meaning',
    inputs: { values: 'values/{region}.yaml' },
    told: [
      '`values` has `{region}` in `values/{region}.yaml`, which has no meaning. [placeholder-unknown]',
      '→ Use `{environment}`, `{release}`, `{namespace}`.',
    ],
  },
  {
    name: 'placeholder of what is not given',
    inputs: { values: 'values/{environment}.yaml' },
    told: [
      '`values` has `{environment}` in `values/{environment}.yaml`, but `environment` is not given. [placeholder-empty]',
      '→ Set `environment`.',
    ],
  },
  {
    name: 'user without a password',
    inputs: { 'registry-username': 'robot' },
    told: [
      '`registry-username` is given, but `registry-password` is missing or empty. [credentials-incomplete]',
      '→ Give both; a secret that this run cannot read is empty.',
    ],
  },
  {
    name: 'lines of set without a value, without a name, with an index',
    inputs: { set: 'image.tag\nimage..tag=1\nhosts[0]=shop.example.com\nimage.tag=1\nimage.tag=2' },
    told: [
      'Line 1 of `set` has no `=`. [set-invalid]',
      '→ Write `dotted.path=value`, one a line; a value of several lines goes into `values-inline`.',
      'Line 2 of `set` has an empty name in its path `image..tag`. [set-invalid]',
      '→ Write names with single dots between them, such as `image.tag=1.2.3`.',
      'Line 3 of `set` has an index in its path `hosts[0]`, and helm cannot change one item of a list. [set-invalid]',
      '→ Write the whole list in `values-inline`.',
    ],
  },
  {
    name: 'helm-args that Slipway owns',
    inputs: {
      'helm-args': '--atomic\n--timeout 5m\n--set=password=hunter2\n--labels=slipway-attempt=7',
    },
    told: [
      '`helm-args` may not have --atomic: Slipway rolls back itself, after it has found the cause. [helm-args-refused]',
      '→ Use `on-failure: rollback`, which is the default.',
      '`helm-args` may not have --timeout: it has a field of its own. [helm-args-refused]',
      '→ Use `timeout`.',
      '`helm-args` may not have --set: values are put together in one place, so that the plan can tell where each came from. [helm-args-refused]',
      '→ Use `set`, or `values-inline` for anything but texts.',
      '`helm-args` may not have --labels: labels that begin with `slipway-` are how Slipway knows its own revisions. [helm-args-refused]',
      '→ Give the label another name.',
    ],
  },
  {
    name: 'helm-args that are no long flags',
    inputs: { 'helm-args': '-f values.yaml\nvalues.yaml' },
    told: [
      '`helm-args` has the short flag -f. [helm-args-invalid]',
      '→ Write the long form of it, such as `--description=text`.',
      '`helm-args` has an entry that is no flag of helm: it does not begin with two dashes and a name. [helm-args-invalid]',
      '→ Write one flag an entry, such as `--enable-dns` or `--description=text`; the chart, the release and values have fields of their own.',
    ],
  },
];
